"""Turns phone typing into plain words: spelling, short forms, stretched letters, letters typed as digits."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from engage.analysis.method.redaction.groups import group

TYPING = "screening/lists/typing.yaml"
_WORD = re.compile(r"[^\W_]+(?:['’`][^\W_]+)*|[\U0001F602\U0001F923\U0001F480]|@(?=\w)|\$(?=\w)")
_MASKED = re.compile(r"(?<!\w)(?=[\w@$!*]{0,30}[a-zA-Z])(?=[\w@$!*]{0,30}[013@$!*])[\w@$!*]{3,30}(?!\w)")
_DIGITS = str.maketrans("013@$!", "oieasi")
_FILLERS = group("fillers", TYPING)
_STEM = 3
_PLURAL = re.compile(r"(?<=..)ies$|(?<=..[^sui])s$")
_PAST = re.compile(r"(?<=...)(?:ing|ed)$")
_WHOLE = group("whole", TYPING)
_SHORT = {
    typed: plain for plain, forms in (line.split("=") for line in group("short", TYPING)) for typed in forms.split(",")
}


@lru_cache(maxsize=8192)
def _folded(word: str) -> str:
    plain = unicodedata.normalize("NFKD", word.lower().replace("ł", "l").replace("ı", "i"))
    return "".join(c for c in plain if not unicodedata.combining(c) and c not in "'’`ـ")


def plain_words(text: str) -> list[str]:
    """Cut a text into plain lower-case words, without fillers.

    Parameters
    ----------
    text : str
        What somebody wrote.

    Returns
    -------
    words : list of str
        The words that matter, in order.

    Examples
    --------
    >>> plain_words("He just REALLY doesn't like u")
    ['he', 'doesnt', 'you']
    """
    if not text.isascii() or any(mark in text for mark in "013@$!*"):
        text = _MASKED.sub(lambda match: _unmasked(match.group()), text)
    folded = (_folded(word[:60]) for word in _WORD.findall(text))
    return [_SHORT.get(word, word) for word in folded if word and word not in _FILLERS]


def as_typed(words: Iterable[str]) -> frozenset[str]:
    """Bring the words of a list into the form that `plain_words` gives a text; fillers fall away.

    Parameters
    ----------
    words : iterable of str
        Words of a phrase, some ending in "*".

    Returns
    -------
    words : frozenset of str
        The words to look for.

    Examples
    --------
    >>> sorted(as_typed(["cannot", "the"]))
    ['cant']
    """
    return frozenset(_SHORT.get(word, word) for word in words if word not in _FILLERS)


def _unmasked(word: str) -> str:
    """Read "k1ll" and "r@pe" as words; numbers and dates stay."""
    letters = sum(c.isalpha() for c in word)
    return word.translate(_DIGITS) if letters * 2 >= len(word) and not word.endswith("!") else word


@lru_cache(maxsize=65536)
def ending_free(word: str) -> str:
    """Take the ending off a word, so that "hit", "hits" and "hitting" meet.

    Parameters
    ----------
    word : str
        A plain word.

    Returns
    -------
    stem : str
        The word without its ending; words that only look as if they had one stay whole.

    Examples
    --------
    >>> ending_free("hitting") == ending_free("hits") == "hit"
    True
    """
    if word in _WHOLE or not word.isascii():
        return word
    stem = _PLURAL.sub(lambda match: "y" if match.group() == "ies" else "", word)
    stem = _PAST.sub("", stem)
    if len(stem) > _STEM and stem[-1] == stem[-2] and stem[-1] not in "lse":
        stem = stem[:-1]
    return stem[:-1] if stem.endswith("e") and len(stem) > _STEM else stem


def squeezed(word: str) -> str:
    """Take stretched letters out: "noooo" to "no".

    Parameters
    ----------
    word : str
        A plain word.

    Returns
    -------
    squeezed : str
        The word with no letter more than twice in a row.

    Examples
    --------
    >>> squeezed("heeelp")
    'heelp'
    """
    return re.sub(r"(.)\1{2,}", r"\1\1", word)


_SCRIPTS = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ې": "ي", "ک": "ك", "ة": "ه", "ۀ": "ه", "\u200c": " "}
)


def plain_line(text: str) -> str:
    """Write a text as one line of folded words, for phrases of other languages.

    Parameters
    ----------
    text : str
        What somebody wrote, in any script.

    Returns
    -------
    line : str
        Words between single spaces, one space at each end.

    Examples
    --------
    >>> plain_line("Boję się!")
    ' boje sie '
    """
    folded = unicodedata.normalize("NFKD", text.translate(_SCRIPTS).lower().replace("ł", "l").replace("ı", "i"))
    kept = "".join(c for c in folded if not ("\u0300" <= c <= "\u036f" or "\u064b" <= c <= "\u0655" or c == "ـ"))
    return " " + " ".join(re.findall(r"[^\s!-,./:-@\[-`{-~،؟。]+", kept)) + " "
