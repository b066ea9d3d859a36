"""Learns which words lean to which label, and weighs each word by how much it leans."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csr_array, hstack
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.svm import LinearSVC


class Leaning(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """Linear support vectors, one for each label, over words that are weighed by their log-odds for that label.

    Words that all labels share are quiet, so the little that was labelled is not spent on them.

    Parameters
    ----------
    counted : int >= 0
        How many of the first columns are counts of words or weights like them, never below 0; the others are left as
        they are.
    hardness : float > 0
        How much a mistake costs.
    random_state : int

    Attributes
    ----------
    classes_ : array of shape (n_classes,)

    Notes
    -----
    Source: Wang & Manning (2012), Baselines and bigrams: simple, good sentiment and topic classification, ACL, 90-94.

    Examples
    --------
    >>> late, good = [1, 1, 0], [1, 0, 1]
    >>> Leaning(3).fit(csr_array([late, good] * 3), ["bad", "fine"] * 3).predict(csr_array([[0, 0, 1]])).tolist()
    ['fine']
    """

    def __init__(self, counted: int = 0, hardness: float = 0.3, random_state: int = 0) -> None:
        self.counted = counted
        self.hardness = hardness
        self.random_state = random_state

    def fit(self, numbers: csr_array, y: ArrayLike) -> "Leaning":
        """Learn from labelled answers.

        Parameters
        ----------
        numbers : sparse array of shape (n_answers, n_features)
        y : array of labels, shape (n_answers,), at least two different ones

        Returns
        -------
        self : Leaning

        Raises
        ------
        ValueError
            If there are fewer than two different labels.

        Examples
        --------
        >>> Leaning(1).fit(csr_array([[1], [0]]), [1, 5]).classes_.tolist()
        [1, 5]
        """
        labels = np.asarray(y)
        self.classes_ = np.unique(labels)
        if len(self.classes_) < 2:  # noqa: PLR2004 (one label tells nothing apart)
            raise ValueError("Learning needs at least two different labels")
        told = self.classes_[1:] if len(self.classes_) == 2 else self.classes_  # noqa: PLR2004 (one side says both)
        self._sides = [self._learn(numbers, labels == label) for label in told]
        return self

    def decision_function(self, numbers: csr_array) -> NDArray[np.float64]:
        """Say how clearly answers lean to each label.

        Parameters
        ----------
        numbers : sparse array of shape (n_answers, n_features)

        Returns
        -------
        margins : array of shape (n_answers, n_classes), or (n_answers,) where there are two: towards the second

        Examples
        --------
        >>> Leaning(1).fit(csr_array([[1], [0]]), [1, 5]).decision_function(csr_array([[0]])).shape
        (1,)
        """
        margins = [model.decision_function(self._weigh(numbers, weights)) for weights, model in self._sides]
        return np.asarray(margins[0] if len(margins) == 1 else np.column_stack(margins))

    def predict(self, numbers: csr_array) -> NDArray[Any]:
        """Give the label that each answer leans to most.

        Parameters
        ----------
        numbers : sparse array of shape (n_answers, n_features)

        Returns
        -------
        labels : array of shape (n_answers,)

        Examples
        --------
        >>> words = csr_array([[1, 0], [0, 1]] * 3)
        >>> Leaning(2).fit(words, [1, 5] * 3).predict(csr_array([[0, 1]])).tolist()
        [5]
        """
        margins = self.decision_function(numbers)
        best = (margins > 0).astype(int) if margins.ndim == 1 else margins.argmax(axis=1)
        return np.asarray(self.classes_[best])

    def _learn(self, numbers: csr_array, ours: NDArray[np.bool_]) -> tuple[NDArray[np.float64], LinearSVC]:
        counts = numbers[:, : self.counted]
        with_it, without = (np.asarray(counts[rows].sum(axis=0)).ravel() + 1 for rows in (ours, ~ours))
        weights = np.abs(np.log((with_it / with_it.sum()) / (without / without.sum()))) if self.counted else with_it
        model = LinearSVC(C=self.hardness, random_state=self.random_state)
        return weights, model.fit(self._weigh(numbers, weights), ours)

    def _weigh(self, numbers: csr_array, weights: NDArray[np.float64]) -> csr_array:
        counts = csr_array(numbers[:, : self.counted].multiply(weights))
        weighed = csr_array(hstack([counts, numbers[:, self.counted :]], format="csr"))
        weighed.indices, weighed.indptr = weighed.indices.astype(np.int32), weighed.indptr.astype(np.int32)
        return weighed
