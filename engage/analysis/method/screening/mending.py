"""Reads a misspelt word as the nearest of the words that matter to screening."""

from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from engage.analysis.method.redaction.lexicon import known
from engage.analysis.method.screening.senses import senses
from engage.analysis.method.screening.wording import ending_free, squeezed

_SHORTEST, _LONG, _MOST = 5, 8, 24
_CHOSEN = 2


class Mender:
    """Mends misspelt words.

    Parameters
    ----------
    targets : iterable of str
        The words that matter; what is no plain English word among them is passed over.

    Examples
    --------
    >>> Mender(["stepdad", "knife"]).mended("knief")
    'knife'
    """

    def __init__(self, targets: Iterable[str]) -> None:
        self._targets = sorted(word for word in targets if word.isascii() and word.isalpha() and len(word) >= _SHORTEST)
        self._among = frozenset(self._targets)
        self.mended = lru_cache(maxsize=65536)(self._mended)

    def _mended(self, word: str) -> str:
        """Give the nearest word: one slip away, or two in a long word; a word that is known stays."""
        if not _SHORTEST <= len(word) <= _MOST or not word.isascii() or self._stands(word):
            return word
        slips = 1 if len(word) < _LONG else 2
        near = process.extractOne(word, self._targets, scorer=OSA.distance, score_cutoff=slips)
        return near[0] if near and near[0][0] == word[0] else squeezed(word)

    def _stands(self, word: str) -> bool:
        """Say whether a word means what it is: it matters itself, it is an everyday word, or a name common here."""
        about = known(word)
        common = about.ordinary or _CHOSEN in {about.first, about.last}
        return bool(common or word in self._among or ending_free(word) in self._among or senses(word))
