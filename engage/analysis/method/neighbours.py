"""What a word means by the words it stands near, learnt from every answer there is, coded or not."""

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array
from sklearn.decomposition import TruncatedSVD
from sklearn.preprocessing import normalize

from engage.analysis.method.themes.words import Stems, same_words

Points = NDArray[np.float64]
NEAR = 6  # words apart; a word that stands n apart counts 1/n
FEWEST = 3  # answers that a word must stand in
DIRECTIONS = 150
SMOOTHED = 0.75  # power of how frequent a neighbour is, so that rare ones do not outweigh all others
MOST = 20_000  # different answers read, to keep time and memory small


class Neighbours:
    """Give words a direction by their neighbours, and an answer the mean of its words, rare ones weighing most.

    "Rude" and "abrupt" stand among the same words, so an answer with one lies near an answer with the other, though
    nobody coded the second. It needs no labels and no model from elsewhere.

    Parameters
    ----------
    stems : Stems
        Joins forms of a word.
    seed : int
        Seed of the directions.

    Notes
    -----
    Source: Levy, Goldberg & Dagan (2015), Transactions of the Association for Computational Linguistics 3, 211-225
    (positive pointwise mutual information, smoothed, and its strongest directions).

    Examples
    --------
    >>> said = ["the driver was rude", "the driver was abrupt", "a driver was rude", "a driver was abrupt"] * 3
    >>> said = [f"{text} {place}" for place, text in enumerate(said)]
    >>> near = Neighbours(Stems("en")).fit([*said, "lights in the park", "the park has lights", "park lights"])
    >>> rude, abrupt, lights = near.place(["rude", "abrupt", "lights"])
    >>> bool(rude @ abrupt > rude @ lights)
    True
    """

    def __init__(self, stems: Stems, seed: int = 0) -> None:
        self._stems, self.seed = stems, seed

    def fit(self, texts: Sequence[str]) -> "Neighbours":
        """Learn which words stand near which.

        Parameters
        ----------
        texts : sequence of str, length n_answers
            Copies count once; beyond 20,000 different ones the rest is not read.

        Returns
        -------
        self : Neighbours

        Examples
        --------
        >>> Neighbours(Stems("en")).fit([]).place(["late"]).tolist()
        [[0.0]]
        """
        keys = list(dict.fromkeys(same_words(text) for text in texts))[:MOST]
        said = [self._read(key) for key in keys]
        used = Counter(word for words in said for word in set(words))
        known = sorted(word for word, count in used.items() if count >= FEWEST)  # sorted, so that a run repeats itself
        self._places = {word: place for place, word in enumerate(known)}
        self._weights = np.array([np.log(len(keys) / used[word]) for word in known])
        self._directions = np.zeros((len(known), 1))
        shared = _informative(_near(said, self._places)) if known else csr_array((0, 0))
        size = min(DIRECTIONS, len(known) - 1)
        if size >= 1 and shared.nnz:
            reduce = TruncatedSVD(size, random_state=self.seed)
            found = reduce.fit_transform(shared)
            self._directions = normalize(found / np.sqrt(np.maximum(reduce.singular_values_, 1e-9)))
        return self

    def place(self, texts: Sequence[str]) -> Points:
        """Give answers a direction.

        Parameters
        ----------
        texts : sequence of str, length n_answers

        Returns
        -------
        rows : array of shape (n_answers, n_directions), each of length 1, or 0 where no word is known

        Examples
        --------
        >>> Neighbours(Stems("en")).fit(["late bus", "bus late", "a late bus"]).place(["bus", "dark"]).shape
        (2, 1)
        """
        at = [[self._places[word] for word in self._read(same_words(text)) if word in self._places] for text in texts]
        rows = np.repeat(np.arange(len(at)), [len(each) for each in at])
        columns = np.array([place for each in at for place in each], dtype=np.int64)
        counts = coo_array((self._weights[columns], (rows, columns)), shape=(len(at), len(self._places))).tocsr()
        placed: Points = normalize(counts @ self._directions)
        return placed

    def _read(self, key: str) -> list[str]:
        return [self._stems.stem(word) for word in key.split()]


def _near(said: Sequence[Sequence[str]], places: dict[str, int]) -> csr_array:
    """How often each word stands near each other, shape (n_words, n_words)."""
    words = np.array([places.get(word, -1) for each in said for word in each], dtype=np.int64)
    answer = np.repeat(np.arange(len(said)), [len(each) for each in said])
    found = csr_array((len(places), len(places)))
    for apart in range(1, NEAR + 1):
        one, other = words[:-apart], words[apart:]
        both = (one >= 0) & (other >= 0) & (answer[:-apart] == answer[apart:])
        weights = np.full(both.sum(), 1 / apart)
        found = found + coo_array((weights, (one[both], other[both])), shape=found.shape).tocsr()
    return csr_array(found + found.T)


def _informative(near: csr_array) -> csr_array:
    """Keep how much more often than by chance words stand near each other, on the log scale."""
    each = near.sum(axis=1)
    smooth = each**SMOOTHED
    pairs = near.tocoo()
    chance = each[pairs.row] * smooth[pairs.col] / smooth.sum()
    more = np.log(pairs.data / chance)
    kept = more > 0
    return csr_array(coo_array((more[kept], (pairs.row[kept], pairs.col[kept])), shape=near.shape))
