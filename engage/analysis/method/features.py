"""What a model that learns from labels looks at: words, their parts, what was asked, and what lies near in meaning."""

import re
from collections.abc import Callable, Hashable, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, hstack
from sklearn.feature_extraction import FeatureHasher
from sklearn.feature_extraction.text import TfidfVectorizer

from engage.analysis.method.neighbours import Neighbours
from engage.analysis.method.themes.words import LONGEST, Stems, same_words

Context = Sequence[Hashable | Sequence[Hashable]]
Place = Callable[[Sequence[str]], Any]
WORD = re.compile(r"[^\W_]+|[^\w\s]")
MANY = 400  # answers from which a part of a word must be seen more than once
EACH_FOLD = 3
PLACES = 1024  # for what was asked
ASKED = 0.7  # weight of what was asked beside the words
MEANT = 1.5  # weight of a sentence model's directions; tried 1 to 2.5


class Features:
    """Turns answers into numbers: stems and their sequences, parts of words, and what was asked.

    Parameters
    ----------
    language : str
        Code of the main language.
    meaning : callable, sequence of n str -> array of shape (n, n_directions), optional
        Places answers by what they mean (`meaning.Meaning(...).place`), beside their words and never instead of them.

    Examples
    --------
    >>> numbers = Features().fit(["late bus", "late again", "dark park"])
    >>> numbers.place(["late"]).shape[0]
    1
    """

    def __init__(self, language: str = "en", meaning: Place | None = None) -> None:
        self._stems, self.meaning = Stems(language), meaning

    def _read(self, text: str) -> list[str]:
        words = [self._stems.stem(word) for word in WORD.findall(text[:LONGEST].casefold())]
        pairs = [" ".join(pair) for pair in pairwise(words)]
        return words + pairs + [" ".join(three) for three in zip(words, words[1:], words[2:], strict=False)]

    def fit(self, texts: Sequence[str], others: Sequence[str] = ()) -> "Features":
        """Learn which words and parts of words there are, and which words stand near each other.

        Parameters
        ----------
        texts : sequence of str, length n_answers
        others : sequence of str
            More answers, without labels: which words are used alike is learnt from them too. Without any, words stand
            for themselves only.

        Returns
        -------
        self : Features

        Raises
        ------
        ValueError
            If no answer has a word or a sign.

        Examples
        --------
        >>> Features().fit(["late bus"]).place(["bus", "late bus"]).shape[0]
        2
        """
        self._near = Neighbours(self._stems).fit([*texts, *others]) if len(others) else None
        fewest = 2 if len(texts) >= MANY else 1
        self._words = TfidfVectorizer(analyzer=self._read, sublinear_tf=True, min_df=fewest)
        self._parts = TfidfVectorizer(
            analyzer="char_wb", preprocessor=_plain, ngram_range=(3, 5), sublinear_tf=True, min_df=fewest + 1
        )
        try:
            self._words.fit(texts)
        except ValueError as error:
            raise ValueError("Learning needs answers with words in them, and there are none") from error
        try:
            self._parts.fit(texts)
        except ValueError:  # no part of a word is shared: the words alone must do
            self._parts.set_params(min_df=1).fit([*texts, "no part"])
        return self

    def place(
        self, texts: Sequence[str], context: Context | None = None, *, meant: Sequence[str] | None = None
    ) -> csr_array:
        """Numbers of answers.

        Parameters
        ----------
        texts : sequence of str, length n_answers
        context : sequence of hashable or sequence of hashable, length n_answers, optional
            What was asked, and whatever else is known of each answer (such as the kind of place), in a fixed order.
        meant : sequence of str, length n_answers, optional
            What the sentence model is asked about instead, so that it is not asked for every word left out.

        Returns
        -------
        numbers : sparse array of shape (n_answers, n_features), float

        Raises
        ------
        ValueError
            If context is not given for every answer.

        Examples
        --------
        >>> numbers = Features().fit(["late bus", "dark park"])
        >>> numbers.place(["late"], ["What could be better?"]).nnz > numbers.place(["late"]).nnz
        True
        """
        if not len(texts):
            return csr_array((0, self.place([""]).shape[1]))
        parts: list[Any] = [self.written(texts, context)]
        if self._near is not None:
            parts.append(self._near.place(texts))
        if self.meaning is not None:
            parts.append(MEANT * np.asarray(self.meaning([same_words(text) for text in meant or texts])))
        return _light(hstack(parts, format="csr"))

    def written(self, texts: Sequence[str], context: Context | None = None) -> csr_array:
        """Numbers of answers by what stands there and what was asked, without what lies near in meaning.

        Parameters
        ----------
        texts : sequence of str, length n_answers, at least 1
        context : as in `place`

        Returns
        -------
        numbers : sparse array of shape (n_answers, n_features), float

        Raises
        ------
        ValueError
            As `place`.

        Examples
        --------
        >>> Features().fit(["late bus", "dark park"]).written(["late bus"]).shape[0]
        1
        """
        parts: list[Any] = [self._words.transform(texts), self._parts.transform(texts), self._asked(texts, context)]
        return _light(hstack(parts, format="csr"))

    def _asked(self, texts: Sequence[str], context: Context | None) -> Any:
        if context is None:
            return csr_array((len(texts), PLACES))
        if len(context) != len(texts):
            raise ValueError(f"Context must be given for every answer: {len(texts)} answers, {len(context)} contexts")
        hasher = FeatureHasher(PLACES, input_type="string", alternate_sign=False)
        return ASKED * hasher.transform([list(_known(one)) for one in context])


def _light(numbers: Any) -> csr_array:
    placed = csr_array(numbers)
    placed.indices, placed.indptr = placed.indices.astype(np.int32), placed.indptr.astype(np.int32)
    return placed


def _plain(text: str) -> str:
    return text[:LONGEST].casefold()


def _known(one: Hashable | Sequence[Hashable]) -> list[str]:
    each = [one] if isinstance(one, str) or not isinstance(one, Sequence) else one
    return [f"{place} {value}" for place, value in enumerate(each) if value is not None]


def folds_of(texts: Sequence[str], n_folds: int, *, seed: int) -> NDArray[np.int64]:
    """Give each answer a fold, the same for copies, so that nothing is tried on what it was learnt from.

    Parameters
    ----------
    texts : sequence of str, length n_answers
    n_folds : int >= 2
    seed : int

    Returns
    -------
    folds : array of int, shape (n_answers,), 0 to n_folds - 1
        With fewer than three different answers a fold, copies are spread over folds after all.

    Examples
    --------
    >>> first, second, *_ = folds_of(["Late bus", "late bus!", *"abcdefgh"], 2, seed=0).tolist()
    >>> first == second
    True
    """
    keys = [same_words(text) for text in texts]
    different = {key: place for place, key in enumerate(dict.fromkeys(keys))}
    if len(different) < EACH_FOLD * n_folds:  # so few that folds of different ones would hold nearly everything back
        return np.arange(len(keys)) % n_folds
    order = np.random.default_rng(seed).permutation(len(different)) % n_folds
    return np.array([order[different[key]] for key in keys], dtype=np.int64)
