"""Scores an answer by what it may tell of harm, and says why."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from engage.analysis.method.answers import as_answers
from engage.analysis.method.phrases import small_words
from engage.analysis.method.redaction.groups import group
from engage.analysis.method.redaction.lexicon import known
from engage.analysis.method.screening.cries import CRY, TOLD, Cries, drawn
from engage.analysis.method.screening.likeness import likeness, shipped_weights, telling_words
from engage.analysis.method.screening.lists import WordList, everyday, word_lists
from engage.analysis.method.screening.mending import Mender, nearest
from engage.analysis.method.screening.phrases import Finder, Found
from engage.analysis.method.screening.senses import sense_words
from engage.analysis.method.screening.wording import TYPING, plain_line, plain_words

_CHANCE = {3.0: 0.85, 2.0: 0.4, 1.0: 0.15}
_NEGATORS = group("negators", TYPING)
_JOKES = group("jokes", TYPING)
_NEGATED, _JOKED = 0.3, 0.6
_SECOND = 0.8
_GRADES = (("sure", 0.5, 1.0), ("likely", 0.3, 0.5), ("faint", 0.0, 0.3))
_BEGINNING = 3
_SLIPPED = 5
_CRY_MOST = 100  # letters
_Line = tuple[str, str, str, float]  # as searched for, its kind of harm, as written, its weight
ALIKE = "reads like a disclosure"
_TOLD, _SMALL = "the way it is told", small_words("en")


class Screen:
    """Puts answers in the order in which they should be read.

    Word lists for each kind of harm are read with spelling slips allowed, everyday sayings set aside, and
    negation and jokes weighed down; what they find, the words and the senses that meet are weighed together by
    a logistic regression. It only orders: whatever the score, a person reads every answer.

    Parameters
    ----------
    lists : sequence of WordList, optional
        The word lists; those of the library by default.
    weights : mapping of str to float, optional
        What the second opinion has learnt; the library's by default.

    Attributes
    ----------
    threshold_ : float, 0 to 1
        From this score on an answer is flagged.
    reviewed_by_ : dict of str to str
        Who has reviewed each kind's list.

    Examples
    --------
    >>> screen = Screen.load()
    >>> scores = screen.score(["my stepdad hits me", "my mum kills me with her cooking"])
    >>> [bool(flag) for flag in scores >= screen.threshold_]
    [True, False]
    """

    threshold_ = 0.45

    def __init__(self, lists: Sequence[WordList] | None = None, weights: Mapping[str, float] | None = None) -> None:
        lists = word_lists() if lists is None else lists
        self._weights = shipped_weights() if weights is None else weights
        self.reviewed_by_ = {a_list.kind: a_list.reviewed_by for a_list in lists}
        self._harm = Finder(phrase for a_list in lists for phrase in a_list.phrases)
        self._mended = Mender({*self._weights, *sense_words(), *self._harm.words()}).mended
        self._everyday = Finder(everyday(), fuzzy=False)
        alone = [phrase for a_list in lists for phrase in a_list.alone]
        self._cries = Cries(alone, (line for a_list in lists for line in a_list.whole))
        self._drawn = bool(alone)
        abroad = [(line, a_list.kind, phrase, weight) for a_list in lists for line, phrase, weight in a_list.lines]
        self._lines = _by_beginning(abroad)
        self._abroad = frozenset(word for line, *_ in abroad for word in line.split())
        self._mended_abroad = lru_cache(maxsize=16384)(self._near_abroad)

    @classmethod
    def load(cls) -> "Screen":
        """Read the lists that come with the library.

        Returns
        -------
        screen : Screen
            Ready to score.

        Examples
        --------
        >>> 0 < Screen.load().threshold_ < 1
        True
        """
        return cls()

    def score(self, texts: Sequence[str]) -> NDArray[np.float64]:
        """Score answers.

        Parameters
        ----------
        texts : sequence of str, n of them
            What people wrote.

        Returns
        -------
        scores : array of shape (n,), 0 to 1
            Higher is read sooner.

        Examples
        --------
        >>> Screen.load().score([]).shape
        (0,)
        """
        return np.array([self._score(text) for text in as_answers(texts)], dtype=np.float64)

    def explain(self, text: str) -> list[tuple[str, str, float]]:
        """Say what in an answer led to its score.

        Parameters
        ----------
        text : str
            One answer.

        Returns
        -------
        reasons : list of (kind, phrase, weight)
            Kind of harm, the words as written, and a weight from 0 to 1; the heaviest first. Where nothing but small
            words ("i", "and") tells, the way it is told.

        Examples
        --------
        >>> Screen.load().explain("i want to kill myself")[0][:2]
        ('self-harm and suicide', 'kill myself')
        """
        (text,) = as_answers([text])
        words, reasons = self.read(text)
        best: dict[tuple[str, str], float] = {}
        for kind, phrase, chance in [*reasons, *self._said_abroad(text), *self._cried(text)]:
            best[kind, phrase] = max(chance, best.get((kind, phrase), 0.0))
        alike = _SECOND * likeness(words, listed(reasons), self._weights)
        if alike >= _SECOND * self.threshold_ and (told := telling_words(words, self._weights)):
            best[ALIKE, ", ".join(word for word in told if word not in _SMALL) or _TOLD] = alike
        return sorted(((*said, chance) for said, chance in best.items()), key=_heaviest_first)

    def _score(self, text: str) -> float:
        """Weigh the English words as a whole; phrases of other languages, and cries, add to it as separate chances."""
        words, reasons = self.read(text)
        calm = 1 - likeness(words, listed(reasons), self._weights) if words else 1.0
        for _kind, _phrase, chance in [*self._said_abroad(text), *self._cried(text)]:
            calm *= 1 - chance
        return 1 - calm

    def read(self, text: str) -> tuple[list[str], list[tuple[str, str, float]]]:
        """Read an answer by the word lists.

        Parameters
        ----------
        text : str
            One answer.

        Returns
        -------
        words : list of str
            Its plain words.
        reasons : list of (kind, phrase, chance)
            What the English lists found, everyday sayings set aside.

        Examples
        --------
        >>> Screen.load().read("i want to kill myself")[1][0][:2]
        ('self-harm and suicide', 'kill myself')
        """
        words = [self._mended(word) for word in plain_words(text)]
        left = self._left(words)
        joked = _JOKED if not _JOKES.isdisjoint(words) else 1.0
        reasons = []
        for found in self._harm.find(left):
            said = " ".join(words[at] for at in found.at)
            reasons.append((found.phrase.kind, said, _CHANCE[found.phrase.weight] * joked * _denied(found, words)))
        return words, reasons

    def _left(self, words: Sequence[str]) -> list[str | None]:
        """Set everyday sayings aside."""
        aside = {at for found in self._everyday.find(words) for at in found.at}
        return [None if at in aside else word for at, word in enumerate(words)]

    def _cried(self, text: str) -> list[tuple[str, str, float]]:
        """Say whether an answer is nothing but a cry, in words or in pictures."""
        if len(text) > _CRY_MOST:
            return []
        left = self._left([self._mended(word) for word in plain_words(text)])
        told = [at for found in self._harm.find(left) if found.phrase.weight >= TOLD for at in found.at]
        cried = self._cries.whole(left, told) or self._cries.abroad(text) or (self._drawn and drawn(text))
        return [(CRY, text.strip(), _CHANCE[TOLD])] if cried else []

    def _said_abroad(self, text: str) -> Iterable[tuple[str, str, float]]:
        """Find the phrases of other languages, looking only for those that begin as some word of the text does."""
        line = f" {' '.join(map(self._mended_abroad, plain_line(text).split()))} "
        begun = {word[:_BEGINNING] for word in line.split()} & self._lines.keys()
        wanted = chain.from_iterable(self._lines[beginning] for beginning in begun)
        return [(kind, phrase, _CHANCE[weight]) for said, kind, phrase, weight in wanted if said in line]

    def _near_abroad(self, word: str) -> str:
        """Mend a slip in a word of another language; English words and names stay."""
        about = known(word)
        if len(word) < _SLIPPED or word in self._abroad or about.ordinary or about.name:
            return word
        return nearest(word, self._abroad) or word


def _heaviest_first(reason: tuple[str, str, float]) -> tuple[float, bool, tuple[str, str, float]]:
    """Order reasons; a kind of harm stands before the plain cry that it is part of."""
    return -reason[2], reason[0] == CRY, reason


def _by_beginning(lines: Iterable[_Line]) -> dict[str, list[_Line]]:
    found: dict[str, list[_Line]] = defaultdict(list)
    for line in lines:
        found[line[0].split()[0][:_BEGINNING]].append(line)
    return found


def listed(reasons: Iterable[tuple[str, str, float]]) -> list[str]:
    """Say in a few names what the lists found, for the second opinion to weigh.

    Parameters
    ----------
    reasons : iterable of (kind, phrase, chance)
        As `Screen.read` gives them.

    Returns
    -------
    listed : list of str
        For sure, likely and faint findings: whether there is one, and whether there are several kinds.

    Examples
    --------
    >>> listed([("neglect", "no food", 0.85), ("hate", "stare", 0.15)])
    ['!sure', '!faint']
    """
    best: dict[str, float] = {}
    for kind, _phrase, chance in reasons:
        best[kind] = max(chance, best.get(kind, 0.0))
    found = []
    for name, low, high in _GRADES:
        kinds = sum(low < chance <= high for chance in best.values())
        found += [f"!{name}"][:kinds] + [f"!{name} several"][: kinds - 1 if kinds else 0]
    return found


def _denied(found: Found, words: Sequence[str]) -> float:
    """Weigh down what is said not to happen: "my dad never hits me"; "I don't feel safe" is no denial."""
    around = set(range(max(0, found.at[0] - 2), found.at[-1])) - set(found.at)
    return _NEGATED if any(words[at] in _NEGATORS for at in around) else 1.0
