"""Turns phone typing into plain words: spelling, short forms, stretched letters, letters typed as digits."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+(?:['’`][^\W_]+)*|[\U0001F602\U0001F923\U0001F480]|@(?=\w)|\$(?=\w)")
_MASKED = re.compile(r"(?<!\w)(?=[\w@$!*]{0,30}[a-zA-Z])(?=[\w@$!*]{0,30}[013@$!*])[\w@$!*]{3,30}(?!\w)")
_DIGITS = str.maketrans("013@$!", "oieasi")
_FILLERS = frozenset(
    "really just always sometimes literally actually even still also often usually kinda kind sort very so the a an then basically "
    "honestly proper like constantly keep keeps kept gonna-be bare well ever quite only almost nearly would been has had will".split(),
)
_STEM = 3
_WHOLE = frozenset(
    "missing wedding something nothing anything everything building boarding morning evening during being this his was is us isis its "
    "has yes nos miss pass less always perhaps news alcohol needed speed feed bleed weed indeed instead red bed led ring king thing "
    "string bring sing spring shooting cutting trapping grooming blackmailing pills balloons drugs drug rated naked wicked hundred "
    "sacred scared hatred".split(),
)
_SHORT = {
    "u": "you", "ur": "your", "r": "are", "ppl": "people", "cuz": "because", "coz": "because", "cos": "because", "bc": "because",
    "bcs": "because", "becuz": "because", "wana": "wanna", "abt": "about", "dnt": "dont", "didn": "didnt", "don": "dont", "sed": "said",
    "gna": "gonna", "tho": "though", "thru": "through", "wiv": "with", "w": "with", "n": "and", "da": "the", "dat": "that", "dis": "this",
    "wen": "when", "wud": "would", "cud": "could", "shud": "should", "hav": "have", "ther": "there", "thier": "their", "meh": "me",
    "im": "im", "ive": "ive", "cant": "cant", "cannot": "cant", "wont": "wont", "isnt": "isnt", "aint": "isnt", "gurl": "girl",
    "gurls": "girls", "boiz": "boys", "bois": "boys", "frend": "friend", "frends": "friends", "skool": "school", "hte": "the",
    "bro": "brother", "sis": "sister", "ma": "mum", "mums": "mum", "dads": "dad", "mam": "mum", "papa": "dad", "baba": "dad",
}  # fmt: skip


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
    stem = word
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        stem = word[:-3] + "y" if word.endswith("ies") and len(word) > 4 else word[:-1]
    for ending in ("ing", "ed"):
        if stem.endswith(ending) and len(stem) - len(ending) >= _STEM:
            stem = stem[: -len(ending)]
            break
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


_SCRIPTS = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ې": "ي", "ک": "ك", "ة": "ه", "ۀ": "ه", "\u200c": " "})


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
