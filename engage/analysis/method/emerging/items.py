"""What may rise: words and phrases, the team's codes, and groups of answers that say much the same."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
from numpy.typing import NDArray
from sklearn.cluster import KMeans
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import TfidfTransformer
from sklearn.preprocessing import normalize

from engage.analysis.method.phrases import Phrases
from engage.analysis.method.records.reading import Kind

Places = NDArray[np.int64]
EACH = 8  # an item stands in at least so many answers of all waves together, or no rise of it could be sure
ONE_IN = 2_000  # and in one of so many, or there are too many to look at
GROUPS = 60
DIRECTIONS = 100
MOST_LEARNT = 8_000
LARGEST = 0.3  # share of all answers; what nearly everybody says is no small new concern
WORDS = 4


@dataclass(frozen=True)
class Item:
    """Something said, and the positions of the answers that say it."""

    kind: Kind
    what: str
    places: Places


def fewest(n_answers: int) -> int:
    """How many answers an item needs before it is looked at."""
    return max(EACH, n_answers // ONE_IN)


def said_items(found: Phrases) -> list[Item]:
    """Words and phrases, those in exactly the same answers given once, by the longest."""
    items: dict[bytes, Item] = {}
    for number, name in enumerate(found.names):
        places = found.answers(number)
        items[places.tobytes()] = Item("phrase", name, places)
    return _fit(items.values(), len(found.says))


def coded_items(codes: Sequence[Iterable[Hashable]]) -> list[Item]:
    """The team's codes, given for each answer."""
    where: dict[Hashable, list[int]] = {}
    for answer, given in enumerate(codes):
        for code in set(given):
            where.setdefault(code, []).append(answer)
    items = [Item("code", str(code), np.array(found, dtype=np.int64)) for code, found in where.items()]
    return _fit(items, len(codes))


def grouped_items(found: Phrases, *, seed: int) -> list[Item]:
    """Answers that say much the same in different words, grouped without looking at the wave they are of."""
    if found.stands_in.shape[1] < 2:  # noqa: PLR2004 (one word groups nothing)
        return []
    weights = TfidfTransformer(sublinear_tf=True).fit_transform(found.stands_in.tocsr())
    spoken = np.flatnonzero(np.diff(weights.indptr) > 0)
    if len(spoken) < 2 * EACH:
        return []
    chance = np.random.default_rng(seed)
    learnt = spoken if len(spoken) <= MOST_LEARNT else np.sort(chance.choice(spoken, MOST_LEARNT, replace=False))
    with np.errstate(invalid="ignore", divide="ignore"):  # where all answers are alike nothing varies
        size = min(DIRECTIONS, len(learnt) - 1, weights.shape[1] - 1)
        reduce = TruncatedSVD(size, random_state=seed, n_iter=2).fit(weights[learnt])
    points = normalize(reduce.transform(weights[learnt]))
    n_groups = min(GROUPS, len(np.unique(points.round(6), axis=0)), len(points) // EACH)
    groups = KMeans(n_groups, n_init=1, random_state=seed).fit(points)
    labels = groups.predict(normalize(reduce.transform(weights[spoken])))
    members = [spoken[labels == one] for one in range(n_groups)]
    return [Item("theme", _named(found, places), places) for places in _large(members, len(found.says))]


def _large(members: Iterable[Places], n_answers: int) -> list[Places]:
    return [places for places in members if fewest(n_answers) <= len(places) <= max(EACH, LARGEST * n_answers)]


def _fit(items: Iterable[Item], n_answers: int) -> list[Item]:
    return [item for item in items if fewest(n_answers) <= len(item.places) <= max(EACH, LARGEST * n_answers)]


def _named(found: Phrases, places: Places) -> str:
    """The words that a group of answers uses most beyond what everybody uses."""
    chosen = np.zeros(len(found.says), dtype=np.float32)
    chosen[places] = 1
    inside = np.asarray(chosen @ found.stands_in, dtype=np.float64)
    overall = np.asarray(found.stands_in.sum(axis=0), dtype=np.float64)
    beyond = inside - overall * len(places) / max(len(found.says), 1)
    order = np.argsort(-beyond / np.sqrt(overall), kind="stable").tolist()
    return ", ".join(islice((found.names[at] for at in order if " " not in found.names[at]), WORDS))
