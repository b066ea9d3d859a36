"""The estimator: answers in, moods out."""

from collections.abc import Hashable, Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, hstack
from sklearn.base import BaseEstimator
from sklearn.calibration import CalibratedClassifierCV

from engage.analysis.method.features import Context, Features, Place
from engage.analysis.method.records import Mood
from engage.analysis.method.sentiment.leaning import Leaning
from engage.analysis.method.sentiment.lexicon import MOODS, can_read, figures_of, moods_of
from engage.analysis.method.themes.words import same_words

Shares = NDArray[np.float64]
FEWEST = 20
EACH = 3  # answers with each label, one for every fold
HARDNESS = 0.3
BESIDE = 0.5  # weight of the word list beside the words themselves
CHUNK = 5_000


class Sentiment(BaseEstimator):  # type: ignore[misc]
    """Say how answers feel.

    Before `fit`, a list of English words says it (VADER with words of feedback added); after, a linear model learnt
    from the team's own labels, which sees the words, parts of words, what was asked, and the word list's figures.

    Parameters
    ----------
    random_state : int
        Seed of the learning.
    meaning : callable, sequence of n str -> array of shape (n, n_directions), optional
        Places answers by what they mean (`meaning.Meaning(...).place`), beside their words; asked only after `fit`.

    Attributes
    ----------
    classes_ : tuple
        What the columns of `score` stand for: "positive", "mixed", "neutral", "negative" before labels, and the labels
        learnt, in order, after.
    source_ : "lexicon" or "labels"

    Notes
    -----
    Sources: Hutto & Gilbert (2014), ICWSM, 216-225 (word list); Fan et al. (2008), Journal of Machine Learning Research
    9, 1871-1874 (linear model); Wang & Manning (2012), ACL, 90-94 (words weighed by how they lean); Platt (1999),
    Advances in Large Margin Classifiers, 61-74 (from margins to chances).

    Examples
    --------
    >>> moods = Sentiment()
    >>> moods.predict(["I love the new park", "I hate the bus", "The park is lovely but the bus is awful", "Tuesday"])
    ['positive', 'negative', 'mixed', 'neutral']
    """

    def __init__(self, random_state: int = 0, *, meaning: Place | None = None) -> None:
        self.random_state = random_state
        self.meaning = meaning

    @property
    def classes_(self) -> tuple[Hashable, ...]:
        """What the columns of `score` stand for."""
        return tuple(self._model.classes_.tolist()) if hasattr(self, "_model") else MOODS

    @property
    def source_(self) -> Literal["lexicon", "labels"]:
        """What the moods rest on: "lexicon" before labels, "labels" after."""
        return "labels" if hasattr(self, "_model") else "lexicon"

    def fit(
        self,
        texts: Sequence[str],
        y: Sequence[Hashable],
        context: Context | None = None,
        *,
        others: Sequence[str] = (),
    ) -> "Sentiment":
        """Learn from the team's labels.

        Parameters
        ----------
        texts : sequence of str, length n_answers, at least 20
        y : sequence of labels, length n_answers
            Any labels: the four moods, or points from 1 to 5. Each at least three times, and at least two of them.
        context : sequence of hashable or sequence of hashable, length n_answers, optional
            What was asked, and whatever else is known of each answer. If given here, it must be given later too.
        others : sequence of str
            Answers without a label: which words are used alike is learnt from them too.

        Returns
        -------
        self : Sentiment

        Raises
        ------
        ValueError
            If there are too few answers, labels or answers of a label, or lengths differ.

        Examples
        --------
        >>> learnt = Sentiment().fit(["great bus"] * 10 + ["meh bus"] * 10, ["positive"] * 10 + ["negative"] * 10)
        >>> learnt.source_, learnt.predict(["meh park"])
        ('labels', ['negative'])
        """
        _check(texts, y)
        self.context_ = context is not None
        self._features = Features(meaning=self.meaning).fit(texts, others)
        written = self._features.written(texts[:1], context and context[:1]).shape[1]
        hardness = HARDNESS if self.meaning is None else HARDNESS / 3  # a model's directions say most by themselves
        linear = Leaning(written, hardness, self.random_state)
        model = CalibratedClassifierCV(linear, cv=EACH, ensemble=False)
        self._model = model.fit(self._place(texts, context), np.asarray(y))
        return self

    def score(self, texts: Sequence[str], context: Context | None = None) -> Shares:
        """Give the chance of each mood for each answer.

        Parameters
        ----------
        texts : sequence of str, length n_answers
        context : as in `fit`

        Returns
        -------
        chances : array of float, shape (n_answers, n_classes), rows sum to 1
            Columns as `classes_`. Not a number in every column for an answer without words or signs and, before labels,
            for one that says nothing ("n/a") or is in letters that the word list cannot read.

        Raises
        ------
        ValueError
            If context was learnt with and is missing.

        Examples
        --------
        >>> Sentiment().score(["I love it", "n/a"]).round(1).tolist()
        [[1.0, 0.0, 0.0, 0.0], [nan, nan, nan, nan]]
        """
        learnt = hasattr(self, "_model")
        read = np.array([bool(same_words(text)) if learnt else can_read(text) for text in texts], dtype=bool)
        chances = np.full((len(texts), len(self.classes_)), np.nan)
        places = np.flatnonzero(read)
        for start in range(0, len(places), CHUNK):
            at = places[start : start + CHUNK]
            asked = None if context is None else [context[place] for place in at.tolist()]
            chances[at] = self._chances([texts[place] for place in at.tolist()], asked)
        return chances

    def predict(self, texts: Sequence[str], context: Context | None = None) -> list[Hashable]:
        """Give the likeliest mood of each answer, None where there is nothing to read.

        Parameters
        ----------
        texts : sequence of str, length n_answers
        context : as in `fit`

        Returns
        -------
        moods : list, length n_answers

        Raises
        ------
        ValueError
            As `score`.

        Examples
        --------
        >>> Sentiment().predict(["lovely", "n/a"])
        ['positive', None]
        """
        chances = self.score(texts, context)
        return [None if np.isnan(row[0]) else self.classes_[int(row.argmax())] for row in chances]

    def mood(self, texts: Sequence[str], context: Context | None = None) -> Mood:
        """Say how many answers feel how: the mean of their chances, which is right more often than counting winners.

        Parameters
        ----------
        texts : sequence of str, length n_answers
        context : as in `fit`

        Returns
        -------
        mood : Mood
            Shares of the answers that could be read. Counts are true counts, to be protected before they are shown.

        Raises
        ------
        ValueError
            If no answer can be read, or other labels than the four moods were learnt.

        Examples
        --------
        >>> found = Sentiment().mood(["I love the park", "I hate the bus", "n/a"])
        >>> round(found.positive, 1), round(found.negative, 1), found.unread
        (0.5, 0.5, 1)
        """
        if not set(self.classes_) <= set(MOODS):
            raise ValueError(f"A distribution of moods needs the labels {', '.join(MOODS)}; these were learnt instead")
        chances = self.score(texts, context)
        read = chances[~np.isnan(chances[:, 0])]
        if not len(read):
            raise ValueError("There is no answer whose mood can be read: give at least one that says something")
        shares = dict.fromkeys(MOODS, 0.0) | dict(zip(map(str, self.classes_), read.mean(axis=0).tolist(), strict=True))
        return Mood(**shares, answers=len(read), unread=len(chances) - len(read), source=self.source_)

    def _chances(self, texts: Sequence[str], context: Context | None) -> Shares:
        if not hasattr(self, "_model"):
            return moods_of(figures_of(texts))
        if self.context_ and context is None:
            raise ValueError("These moods were learnt with context: give what was asked for every answer")
        return np.asarray(self._model.predict_proba(self._place(texts, context)))

    def _place(self, texts: Sequence[str], context: Context | None) -> csr_array:
        figures = figures_of(texts)
        both = ((figures[:, 1] > 0) & (figures[:, 2] > 0)).astype(float)
        beside = csr_array(BESIDE * np.column_stack([figures[:, :3], np.maximum(figures[:, 0], 0), both]))
        placed = csr_array(hstack([self._features.place(texts, context), beside], format="csr"))
        placed.indices, placed.indptr = placed.indices.astype(np.int32), placed.indptr.astype(np.int32)
        return placed


def _check(texts: Sequence[str], y: Sequence[Hashable]) -> None:
    if len(texts) != len(y):
        raise ValueError(f"Every answer needs a label: {len(texts)} answers, {len(y)} labels")
    if len(texts) < FEWEST:
        raise ValueError(f"Learning moods needs at least {FEWEST} labelled answers, and there are {len(texts)}")
    labels, counts = np.unique(np.asarray(y), return_counts=True)
    if len(labels) < 2:  # noqa: PLR2004 (one label tells nothing apart)
        raise ValueError(f"Learning moods needs at least two different labels, and there is only {labels[0]}")
    if counts.min() < EACH:
        raise ValueError(f"Each label needs at least {EACH} answers, and {labels[counts.argmin()]} has {counts.min()}")
