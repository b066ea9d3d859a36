"""Place answers in a space where near means alike: words and parts of words, at three grains."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.preprocessing import normalize

from engage.analysis.method.themes.words import Stems

Points = NDArray[np.float64]
Place = Callable[[Sequence[str]], Any]
GRAINS = (100, 50, 25)
MOST_PARTS = 60_000
CHUNK = 5_000  # answers placed at once, to keep memory small
MEANT = 1.5  # weight of a model's directions beside each of the six views of words


class _View:
    """One way of reading: weighs terms and keeps the strongest directions."""

    def __init__(self, terms: TfidfVectorizer, seed: int) -> None:
        self.terms, self.seed = terms, seed
        self.reduce: TruncatedSVD | None = None

    def fit(self, texts: Sequence[Any]) -> "_View":
        try:
            weights = self._light(self.terms.fit_transform(texts))
        except ValueError:  # no term is shared by two answers: this view says nothing
            return self
        size = min(GRAINS[0], min(weights.shape) - 1)
        if size >= 1:
            with np.errstate(invalid="ignore"):  # where all answers are alike nothing varies, and shares of it are 0/0
                self.reduce = TruncatedSVD(size, random_state=self.seed).fit(weights)
        return self

    @staticmethod
    def _light(weights: Any) -> Any:
        kept = weights.astype(np.float32)
        kept.indices, kept.indptr = kept.indices.astype(np.int32), kept.indptr.astype(np.int32)
        return kept

    def place(self, texts: Sequence[Any]) -> list[Points]:
        if self.reduce is None:
            return [np.zeros((len(texts), 1))]
        found = self.reduce.transform(self._light(self.terms.transform(texts)))
        return [normalize(found[:, :grain]) for grain in GRAINS]


class Space:
    """Words and parts of words, each seen at three grains, and a model's directions where there is one."""

    def __init__(self, stems: Stems, seed: int, meaning: Place | None = None) -> None:
        self.stems, self.seed, self.meaning = stems, seed, meaning

    def fit(self, keys: Sequence[str]) -> "Space":
        fewest = 2 if len(keys) > GRAINS[1] else 1
        words = TfidfVectorizer(analyzer=self.stems.read, sublinear_tf=True, min_df=fewest)
        parts = TfidfVectorizer(
            analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True, min_df=fewest, max_features=MOST_PARTS
        )
        self.views = [_View(words, self.seed).fit(keys), _View(parts, self.seed).fit(keys)]
        return self

    def place(self, keys: Sequence[str]) -> Points:
        """Unit rows, shape (n_keys, n_directions); a row of zeros shares nothing with what was learnt."""
        parts = [part for view in self.views for part in view.place(keys)]
        if self.meaning is not None and len(keys):
            parts.append(MEANT * np.asarray(self.meaning(keys), dtype=np.float64))
        placed: Points = normalize(np.hstack(parts))
        return placed


def count_words(stems: Sequence[Sequence[str]], vocabulary: dict[str, int]) -> csr_array:
    """Which word is in which answer: ones, shape (n_answers, n_words)."""
    pairs = {(row, vocabulary[stem]) for row, found in enumerate(stems) for stem in found if stem in vocabulary}
    at = np.array(sorted(pairs), dtype=np.int32).reshape(-1, 2)
    return csr_array((np.ones(len(at)), (at[:, 0], at[:, 1])), shape=(len(stems), len(vocabulary)))
