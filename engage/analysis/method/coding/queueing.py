"""Which answers to read next: those the model learns most from, none a copy of another."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from sklearn.preprocessing import normalize

from engage.analysis.method.themes.words import key_of

ALIKE = 0.5
POOL = 20  # times as many candidates as are asked for


def in_order(texts: Sequence[str], numbers: csr_array, worth: NDArray[np.float64], n_answers: int) -> NDArray[np.int64]:
    """Positions of answers to read, the most worth first, passing over what is much like one already chosen.

    What was passed over follows, then copies and what says nothing, so that all are read in the end.
    """
    keys = [key_of(text) for text in texts]
    first = {key: place for place, key in reversed(list(enumerate(keys))) if key is not None}
    new = np.array(sorted(first.values()), dtype=np.int64)
    order = new[np.argsort(-worth[new], kind="stable")]
    pool = order[: POOL * n_answers]
    chosen = _different(normalize(numbers[pool]), n_answers)
    ahead = [*pool[chosen].tolist(), *order.tolist(), *range(len(texts))]
    return np.array(list(dict.fromkeys(ahead))[:n_answers], dtype=np.int64)


def _different(points: csr_array, n_answers: int) -> list[int]:
    chosen: list[int] = []
    nearest = np.zeros(points.shape[0])
    for place in range(points.shape[0]):
        if nearest[place] < ALIKE:
            chosen.append(place)
            nearest = np.maximum(nearest, (points @ points[[place]].T).toarray().ravel())
        if len(chosen) == n_answers:
            break
    return chosen
