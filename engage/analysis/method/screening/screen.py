"""Scores an answer by what it may tell of harm, and says why."""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from engage.analysis.method.screening.lists import everyday, word_lists
from engage.analysis.method.screening.phrases import Finder, Found
from engage.analysis.method.screening.wording import plain_line, plain_words

_CHANCE = {3.0: 0.85, 2.0: 0.4, 1.0: 0.15}
_NEGATORS = frozenset("never not dont doesnt didnt hasnt havent isnt wasnt arent wouldnt nobody noone without".split())
_JOKES = frozenset("lol lmao lmfao haha hahaha hahahaha jk joking jokes rofl \U0001f602 \U0001f923 \U0001f480".split())
_NEGATED, _JOKED = 0.3, 0.6


class Screen:
    """Puts answers in the order in which they should be read.

    Word lists for each kind of harm are read with spelling slips allowed, everyday sayings set aside, and
    negation and jokes weighed down. It only orders: whatever the score, a person reads every answer.

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

    threshold_ = 0.5

    def __init__(self) -> None:
        lists = word_lists()
        self.reviewed_by_ = {a_list.kind: a_list.reviewed_by for a_list in lists}
        self._harm = Finder(phrase for a_list in lists for phrase in a_list.phrases)
        self._everyday = Finder(everyday(), fuzzy=False)
        self._lines = [(line, a_list.kind, phrase, weight) for a_list in lists for line, phrase, weight in a_list.lines]

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
        return np.array([self._score(text) for text in texts], dtype=np.float64)

    def explain(self, text: str) -> list[tuple[str, str, float]]:
        """Say what in an answer led to its score.

        Parameters
        ----------
        text : str
            One answer.

        Returns
        -------
        reasons : list of (kind, phrase, weight)
            Kind of harm, the words as written, and a weight from 0 to 1; the heaviest first.

        Examples
        --------
        >>> Screen.load().explain("i want to kill myself")[0][:2]
        ('self-harm and suicide', 'kill myself')
        """
        words = plain_words(text)
        best: dict[tuple[str, str], float] = {}
        for kind, phrase, chance in self._reasons(words, text):
            best[kind, phrase] = max(chance, best.get((kind, phrase), 0.0))
        return sorted(((kind, phrase, chance) for (kind, phrase), chance in best.items()), key=lambda reason: (-reason[2], reason))

    def _score(self, text: str) -> float:
        calm = 1.0
        for chance in self._by_place(text):
            calm *= 1 - chance
        return 1 - calm

    def _by_place(self, text: str) -> Iterable[float]:
        strongest: dict[str, float] = {}
        for kind, phrase, chance in self._reasons(plain_words(text), text):
            key = kind if chance > _CHANCE[2.0] else f"{kind} {phrase}"
            strongest[key] = max(chance, strongest.get(key, 0.0))
        return strongest.values()

    def _reasons(self, words: Sequence[str], text: str) -> Iterable[tuple[str, str, float]]:
        aside = {at for found in self._everyday.find(words) for at in found.at}
        left = [None if at in aside else word for at, word in enumerate(words)]
        joked = _JOKED if not _JOKES.isdisjoint(words) else 1.0
        for found in self._harm.find(left):
            said = " ".join(words[at] for at in found.at)
            yield found.phrase.kind, said, _CHANCE[found.phrase.weight] * joked * _denied(found, words)
        line = plain_line(text)
        for wanted, kind, phrase, weight in self._lines:
            if wanted in line:
                yield kind, phrase, _CHANCE[weight]


def _denied(found: Found, words: Sequence[str]) -> float:
    """Weigh down what is said not to happen: "my dad never hits me"; "I don't feel safe" is no denial."""
    around = set(range(max(0, found.at[0] - 2), found.at[-1])) - set(found.at)
    return _NEGATED if any(words[at] in _NEGATORS for at in around) else 1.0
