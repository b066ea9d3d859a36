"""Words of a text with their places, and the folding that lets "Łukasz", "lukasz" and "LUKASZ" meet."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

# Letters with the marks that other scripts and decomposed accents put after them.
_LETTER_RUN = r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0900-\u0dff])*"
_TOKEN = re.compile(rf"{_LETTER_RUN}(?:['’`]{_LETTER_RUN})*|\d+(?:st|nd|rd|th)?(?![^\W_])|\w+|[^\w\s]")
_POSSESSIVE = 3
_LETTERS = str.maketrans(
    {
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "ı": "i",
        "ə": "a",
        "’": "'",
        "`": "'",
    },
)


@dataclass(frozen=True, slots=True)
class Token:
    """One word or mark: its place in the text, its own spelling, and its folded form."""

    start: int
    end: int
    text: str
    word: str


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """Give the lower-case form of a word without accents.

    Parameters
    ----------
    word : str
        Any word, of any script.

    Returns
    -------
    folded : str
        The same word, comparable across spellings.

    Examples
    --------
    >>> fold("Łukasz")
    'lukasz'
    """
    lowered = word.lower().translate(_LETTERS)
    if lowered.isascii():
        return lowered
    return "".join(c for c in unicodedata.normalize("NFKD", lowered) if not unicodedata.combining(c)) or word


def tokens(text: str) -> list[Token]:
    """Cut a text into words, numbers and marks; a possessive ending is cut off the word.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    tokens : list of Token
        In order; ``text[token.start:token.end] == token.text``.

    Examples
    --------
    >>> [token.word for token in tokens("Maria’s mum!")]
    ['maria', 'mum', '!']
    """
    found = []
    for match in _TOKEN.finditer(text):
        start, end, spelt = match.start(), match.end(), match.group()
        if len(spelt) > _POSSESSIVE and spelt[-2] in "'’`" and spelt[-1] in "sS":
            spelt, end = spelt[:-2], end - 2
        found.append(Token(start, end, spelt, fold(spelt[:80])))
    return found
