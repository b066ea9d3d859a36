"""Reads a misspelt word as the nearest of the words that matter to screening."""

from collections.abc import Iterable, Iterator
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from engage.analysis.method.redaction.lexicon import known, ordinary
from engage.analysis.method.screening.senses import senses
from engage.analysis.method.screening.wording import ending_free, squeezed

_SHORTEST, _LONG, _MOST = 5, 8, 24
_CHOSEN = 2
_OFTEN, _SELDOM, _OFTENER = 12000, 3000, 8
_ENDINGS = ("s", "ed", "ing")


class Mender:
    """Mends misspelt words.

    Parameters
    ----------
    targets : iterable of str
        The words that matter; what is no plain English word among them is passed over.

    Examples
    --------
    >>> Mender(["stepdad", "knife", "batter"]).mended("knief")
    'knife'
    >>> Mender(["batter"]).mended("battres")
    'batters'
    """

    def __init__(self, targets: Iterable[str]) -> None:
        plain = {word for word in targets if word.isascii() and word.isalpha() and len(word) >= _SHORTEST - 1}
        self._among = frozenset(word for word in plain if len(word) >= _SHORTEST)
        self._targets = sorted(word for word in {*plain, *_ended(plain)} if len(word) >= _SHORTEST)
        self.mended = lru_cache(maxsize=65536)(self._mended)

    def _mended(self, word: str) -> str:
        """Give the nearest word: one slip away, or two in a long word; a word that is known mostly stays."""
        if not _SHORTEST <= len(word) <= _MOST or not word.isascii():
            return word
        if self._stands(word):
            return self._oftener(word)
        return _swapped(word, _OFTEN) or nearest(word, self._targets) or squeezed(word)

    def _stands(self, word: str) -> bool:
        """Say whether a word means what it is: it matters itself, it is an everyday word, or a name common here."""
        about = known(word)
        common = about.ordinary or _CHOSEN in {about.first, about.last}
        return bool(common or word in self._among or ending_free(word) in self._among or senses(word))

    def _oftener(self, word: str) -> str:
        """Read a seldom word as one that matters and is used oftener, with two letters swapped: "betas", "beats"."""
        rank = ordinary().get(word, 0)
        if rank < _SELDOM or word in self._among or senses(word):
            return word
        swapped = _swapped(word, rank // _OFTENER)
        return swapped if swapped and (ending_free(swapped) in self._among or senses(swapped)) else word


def _swapped(word: str, rank: int) -> str | None:
    """Swap two letters back, where that gives a word among the `rank` most used: "bsues", "buses"."""
    swaps = {word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(len(word) - 1)}
    return min(((ordinary()[swap], swap) for swap in swaps if ordinary().get(swap, rank) < rank), default=(0, None))[1]


def _ended(words: Iterable[str]) -> Iterator[str]:
    """Give the other endings of words."""
    for word in words:
        yield from (word + ending for ending in _ENDINGS)


def nearest(word: str, targets: Iterable[str]) -> str | None:
    """Find the nearest of some words that begins with the same letter.

    Parameters
    ----------
    word : str
        A misspelt word.
    targets : iterable of str
        The words that it may stand for.

    Returns
    -------
    nearest : str or None
        One slip away, or two where the word has eight letters or more. Of several equally near the one with the same
        letters, then the first of the alphabet: never what happens to stand first.

    Examples
    --------
    >>> nearest("knief", ["knife", "knee"]), nearest("table", ["knife"])
    ('knife', None)
    >>> nearest("queiro", ["quero", "quiero"])
    'quiero'
    """
    slips = 1 if len(word) < _LONG else 2
    near = process.extract_iter(word, targets, scorer=OSA.distance, score_cutoff=slips)
    first = min(near, key=lambda one: (one[1], sorted(one[0]) != sorted(word), one[0]), default=None)
    return first[0] if first and first[0][0] == word[0] else None
