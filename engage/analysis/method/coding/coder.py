"""The estimator: answers that people coded in, suggestions out."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csr_array
from sklearn.base import BaseEstimator

from engage.analysis.method.coding.learning import chances_of, checked, frame_of, learn_all, reasons, worth_of
from engage.analysis.method.coding.queueing import in_order
from engage.analysis.method.coding.thresholds import Thresholds, choose
from engage.analysis.method.features import Context, Features, Place, folds_of
from engage.analysis.method.records import Suggestion
from engage.analysis.method.themes.words import says_nothing

Chances = NDArray[np.float64]
Codes = NDArray[np.bool_]
FOLDS = 3
MOST_SUGGESTED = 3
CHUNK = 5_000  # answers read at once, to keep memory small
LEAST_CHANCE = 0.1


class ThemeCoder(BaseEstimator):  # type: ignore[misc]
    """Suggest the team's codes for new answers, learnt from answers that people coded.

    One logistic regression a code over words, parts of words and what was asked, rare codes weighed up. How sure is
    sure enough is chosen on answers held back: one threshold for all codes until a code has 40 examples.

    Parameters
    ----------
    random_state : int
        Seed of the folds.
    language : str
        Code of the main language ("en").
    meaning : callable, sequence of n str -> array of shape (n, n_directions), optional
        Places answers by what they mean (`meaning.Meaning(...).place`), beside their words and never instead of them.

    Attributes
    ----------
    thresholds_ : array of float, shape (n_codes,)
        Least chance at which each code is given.
    untaught_ : tuple of int
        Codes without an example; they are never given.
    chances_ : array of float, shape (n_answers, n_codes)
        Chances of the learnt answers, each from a model that had not seen it: the quality shown to people rests on it.

    Notes
    -----
    What a sentence model says of an answer is no word's doing, so reasons leave it as it is.

    Sources: Joachims (1998), ECML, 137-142 (linear models of text); Fan & Lin (2007), A study on threshold selection
    for multi-label classification, National Taiwan University (thresholds); Lewis & Gale (1994), SIGIR, 3-12 (reading
    next what is least sure).

    Examples
    --------
    >>> texts = ["late bus", "bus never comes", "bus fares", "no bus", "late again bus"]
    >>> texts += ["dark park", "park needs lights", "broken park swings", "litter in park", "the park"]
    >>> coder = ThemeCoder().fit(texts, [[True, False]] * 5 + [[False, True]] * 5)
    >>> coder.predict(["is the bus late", "a nicer park"]).tolist()
    [[True, False], [False, True]]
    >>> coder.suggest(["is the bus late"])[0][0].reasons[0][0]
    'bus'
    """

    def __init__(self, random_state: int = 0, *, language: str = "en", meaning: Place | None = None) -> None:
        self.random_state = random_state
        self.language = language
        self.meaning = meaning

    def fit(
        self,
        texts: Sequence[str],
        Y: ArrayLike,  # noqa: N803 (scikit-learn's name)
        context: Context | None = None,
        *,
        definitions: Sequence[str] | None = None,
        others: Sequence[str] = (),
    ) -> "ThemeCoder":
        """Learn from answers that people coded.

        Parameters
        ----------
        texts : sequence of str, length n_answers, at least 10
        Y : array of bool, shape (n_answers, n_codes)
            Which codes each answer was given; a row without any is an answer that no code fits.
        context : sequence of hashable or sequence of hashable, length n_answers, optional
            What was asked, and whatever else is known of each answer. If given here, it must be given later too.
        definitions : sequence of str, length n_codes, optional
            What the code frame says of each code: its name, its definition, its examples. Each is read like one more
            answer with that code, which helps rare codes most.
        others : sequence of str
            Answers that nobody coded yet: which words are used alike is learnt from them, which helps most while few
            are coded.

        Returns
        -------
        self : ThemeCoder

        Raises
        ------
        ValueError
            If there are fewer than 10 answers, no codes, no example of any, or lengths differ.

        Examples
        --------
        >>> ThemeCoder().fit(["late bus"] * 5 + ["dark park"] * 5, [[1, 0]] * 5 + [[0, 0]] * 5).untaught_
        (1,)
        """
        truth = checked(texts, Y)
        frame = frame_of(definitions, truth)
        self.context_ = context is not None
        self._features = Features(self.language, self.meaning).fit([*texts, *frame], others)
        numbers, told = self._features.place(texts, context), self._features.place(frame)
        folds = folds_of(texts, FOLDS, seed=self.random_state)
        self.chances_ = np.zeros(truth.shape)
        for fold in range(FOLDS):
            held = folds == fold
            self.chances_[held] = chances_of(learn_all(numbers[~held], truth[~held], told), numbers[held])
        self._choice: Thresholds = choose(self.chances_, truth)
        self.thresholds_ = self._choice.least
        self._models = learn_all(numbers, truth, told)
        self.untaught_ = tuple(np.flatnonzero(~truth.any(axis=0)).tolist())
        return self

    def predict_proba(self, texts: Sequence[str], context: Context | None = None) -> Chances:
        """Give the chance of every code for every answer.

        Parameters
        ----------
        texts : sequence of str, length n_answers
        context : as in `fit`

        Returns
        -------
        chances : array of float, shape (n_answers, n_codes), 0 to 1
            Nought for codes without an example. An answer that says nothing ("n/a") is read like any other: some code
            frames have a code for it.

        Raises
        ------
        ValueError
            If nothing was learnt yet, or context was learnt with and is missing.

        Examples
        --------
        >>> coder = ThemeCoder().fit(["late bus"] * 5 + ["dark park"] * 5, [[1]] * 5 + [[0]] * 5)
        >>> coder.predict_proba([]).shape
        (0, 1)
        """
        if not len(texts):
            self._check_learnt(context)
            return np.zeros((0, len(self._models)))
        self._check_learnt(context)
        parts = [slice(start, start + CHUNK) for start in range(0, len(texts), CHUNK)]
        return np.vstack(
            [chances_of(self._models, self._place(texts[part], context and context[part])) for part in parts]
        )

    def predict(self, texts: Sequence[str], context: Context | None = None) -> Codes:
        """Give the codes of every answer that are sure enough.

        Parameters
        ----------
        texts : sequence of str, length n_answers
        context : as in `fit`

        Returns
        -------
        codes : array of bool, shape (n_answers, n_codes)
            If every learnt answer had a code, every answer has at least its likeliest one.

        Raises
        ------
        ValueError
            As `predict_proba`.

        Examples
        --------
        >>> coder = ThemeCoder().fit(["late bus"] * 5 + ["dark park"] * 5, [[1, 0]] * 5 + [[0, 1]] * 5)
        >>> coder.predict(["bus"]).tolist()
        [[True, False]]
        """
        chances = self.predict_proba(texts, context)
        return self._choice.apply(chances)

    def suggest(self, texts: Sequence[str], context: Context | None = None) -> list[tuple[Suggestion, ...]]:
        """Suggest codes, and say which words speak for each.

        Parameters
        ----------
        texts : sequence of str, length n_answers
        context : as in `fit`

        Returns
        -------
        suggestions : list of tuple of Suggestion, length n_answers
            At most three an answer, the surest first; `reasons` are (word, weight): how much less the code would be
            likely without the word, on the log-odds scale.

        Raises
        ------
        ValueError
            As `predict_proba`.

        Examples
        --------
        >>> coder = ThemeCoder().fit(["late bus"] * 5 + ["dark park"] * 5, [[1, 0]] * 5 + [[0, 1]] * 5)
        >>> [one.code for one in coder.suggest(["park"])[0]]
        [1]
        """
        chances = self.predict_proba(texts, context)
        given = self._choice.apply(chances)
        found = []
        for answer, text in enumerate(texts):
            ranked = sorted(np.flatnonzero(chances[answer] >= LEAST_CHANCE), key=lambda code: -chances[answer, code])
            codes = [
                code for code in ranked if given[answer, code] or chances[answer, code] >= self.thresholds_[code] / 2
            ]
            asked = None if context is None else [context[answer]]
            found.append(
                tuple(
                    Suggestion(
                        answer=answer,
                        code=int(code),
                        chance=float(chances[answer, code]),
                        reasons=reasons(self._models[code], self._features, text, asked),
                        chosen=bool(given[answer, code]),
                    )
                    for code in codes[:MOST_SUGGESTED]
                )
            )
        return found

    def to_read_next(self, texts: Sequence[str], n: int, context: Context | None = None) -> NDArray[np.int64]:
        """Say which answers to code next, so that the model learns most from a person's time.

        Parameters
        ----------
        texts : sequence of str, length n_answers
            Answers that nobody coded yet.
        n : int >= 1
            How many to give.
        context : as in `fit`

        Returns
        -------
        positions : array of int, shape (min(n, n_answers),)
            What is least sure first, copies and answers that say nothing last. Before anything is learnt: answers
            unlike each other.

        Raises
        ------
        ValueError
            If `n` is below 1, or context was learnt with and is missing.

        Examples
        --------
        >>> ThemeCoder().to_read_next(["late bus", "Late bus!", "n/a", "dark park"], 2).tolist()
        [0, 3]
        """
        if n < 1:
            raise ValueError(f"n must be at least 1, got {n}")
        if not len(texts) or all(says_nothing(text) for text in texts):
            return np.arange(min(n, len(texts)), dtype=np.int64)
        if not hasattr(self, "_models"):
            numbers = Features(self.language).fit(texts).place(texts)
            return in_order(texts, numbers, np.zeros(len(texts)), n)
        worth = worth_of(chances_of(self._models, self._place(texts, context)), self.thresholds_)
        return in_order(texts, self._features.written(texts, context), worth, n)

    def _check_learnt(self, context: Context | None) -> None:
        if not hasattr(self, "_models"):
            raise ValueError("Nothing is learnt yet: call fit with at least 10 coded answers first")
        if self.context_ and context is None:
            raise ValueError("This coder learnt with context: give what was asked for every answer")

    def _place(self, texts: Sequence[str], context: Context | None) -> csr_array:
        self._check_learnt(context)
        return self._features.place(texts, context)
