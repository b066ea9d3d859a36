"""Make what somebody typed plain: one spelling, whatever the case, accents, apostrophes and digits for letters."""

import re
import unicodedata
from collections.abc import Iterator

WORD = re.compile(r"[^\W_]+(?:[@$!|*]+[^\W_]+)*")
ACCENTS = {"Mn", "Mc"}
CODE = re.compile(r"[a-z0-9]+(?:[_-][a-z0-9]+)+\Z")  # a chosen option, "very_safe"; nobody wrote it
STRETCHED = re.compile(r"(.)\1{2,}")
LETTERS = str.maketrans({"ł": "l", "Ł": "l", "đ": "d", "ı": "i", "ى": "ي", "ة": "ه", "ک": "ك", "ی": "ي", "ـ": None})
MARKS = str.maketrans(dict.fromkeys("'’‘`´ʼ\u200b\u200c\u200d\u00ad\u2060"))
DIGITS = str.maketrans(
    {"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "@": "a", "$": "s", "!": "i", "|": "l"}
)


def plain(text: str) -> str:
    """Give `text` in lower case without accents, apostrophes and marks nobody sees; its words keep their order."""
    if text.isascii():
        return text.lower().replace("'", "").replace("`", "")
    apart = unicodedata.normalize("NFKD", text.translate(MARKS)).casefold().translate(LETTERS)
    return "".join(c for c in apart if c.isascii() or unicodedata.category(c) not in ACCENTS)


def words(text: str) -> Iterator[re.Match[str]]:
    """Give each word of a plain text with its place."""
    return WORD.finditer(text)


def spellings(word: str) -> Iterator[str]:
    """Give `word` as it may have been meant: "sooo", "k1ll", "r*pe" less the star."""
    yield word
    if not word.isalpha():
        word = word.translate(DIGITS).replace("*", "")
        yield word
    if STRETCHED.search(word):
        yield STRETCHED.sub(r"\1\1", word)
        yield STRETCHED.sub(r"\1", word)


def slips(word: str) -> Iterator[str]:
    """Give `word` with one letter lost or two letters swapped, never at its start, where slips are rare."""
    for at in range(1, len(word)):
        yield word[:at] + word[at + 1 :]
        yield word[:at] + word[at : at + 2][::-1] + word[at + 2 :]
