"""Words of a text with their places, and the folding that lets "Łukasz", "lukasz" and "LUKASZ" meet."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_TOKEN = re.compile(r"[^\W\d_]+(?:['’`][^\W\d_]+)*|\d+(?:st|nd|rd|th)?(?![^\W_])|\w+|[^\w\s]")
_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "ə": "a", "’": "'", "`": "'"},
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
    return "".join(c for c in unicodedata.normalize("NFKD", lowered) if not unicodedata.combining(c))


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
        if len(spelt) > 3 and spelt[-2] in "'’`" and spelt[-1] in "sS":
            spelt, end = spelt[:-2], end - 2
        found.append(Token(start, end, spelt, fold(spelt[:80])))
    return found
