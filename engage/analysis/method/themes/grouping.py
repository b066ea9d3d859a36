"""Cut a cloud of answers into groups: how many, which, and how sure."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.cluster.hierarchy import cut_tree, linkage
from sklearn.cluster import KMeans
from sklearn.metrics import adjusted_rand_score
from sklearn.preprocessing import normalize

Points = NDArray[np.float64]
Labels = NDArray[np.int64]
LADDER = (2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 14, 16, 18, 20, 22, 25, 28, 32, 36, 40, 45, 50, 57, 64, 72, 80, 90, 100)
WORTH = 0.4  # doubling the themes must take at least a quarter (1 - 2 ** -0.4) off the spread inside them
LOOKS = 3
FEWEST = 12
EACH_AT_LEAST = 25
SAMPLE = 2_500
CROWD = 100  # with so many answers a group, starts by chance miss none and fit closer than Ward's
STARTS = 4
GRAIN = 1_200
FEWEST_KNOTS = 300


class Tree:
    """Small knots of near answers, joined step by step; cut anywhere, it gives a start for k-means."""

    def __init__(self, points: Points, n_groups: int, *, seed: int) -> None:
        self.points, self.seed = points, seed
        knots = max(2, min(max(4 * n_groups, FEWEST_KNOTS), GRAIN, len(points) // 2))
        found = KMeans(knots, n_init=1, random_state=seed, max_iter=20).fit(points)
        self.middles, self.weights = found.cluster_centers_, np.bincount(found.labels_, minlength=knots)
        self.joins = linkage(self.middles, "ward")

    def cut(self, n_groups: int, *, rounds: int = 100) -> KMeans:
        branch = cut_tree(self.joins, n_groups).ravel()
        sums = np.zeros((n_groups, self.middles.shape[1]))
        np.add.at(sums, branch, self.middles * self.weights[:, None])
        start = normalize(sums)
        return KMeans(n_groups, init=start, n_init=1, max_iter=rounds, random_state=self.seed).fit(self.points)


def group(points: Points, n_groups: int, *, seed: int, starts: int = STARTS) -> Points:
    """Find the middles of groups, shape (n_groups, n_directions), unit rows: the tightest of a few Ward starts."""
    if n_groups == 1:
        return np.asarray(normalize(points.mean(axis=0, keepdims=True)))
    crowded = len(points) >= CROWD * n_groups
    if crowded or len(points) < 4 * n_groups:
        found = KMeans(n_groups, n_init=2 * starts, random_state=seed).fit(points)
    else:
        cuts = (Tree(points, n_groups, seed=seed + start).cut(n_groups) for start in range(starts))
        found = min(cuts, key=lambda cut: cut.inertia_)
    return np.asarray(normalize(found.cluster_centers_))


def nearest(points: Points, middles: Points) -> Labels:
    """The group of each answer: the middle at the smallest angle."""
    return np.asarray((points @ middles.T).argmax(axis=1))


def how_many(points: Points, *, seed: int) -> int:
    """Choose the number of groups beyond which splitting further stops paying."""
    fewest = max(1, min(FEWEST, len(points) // EACH_AT_LEAST))
    most = int(2 * np.sqrt(len(points)))
    steps = [step for step in LADDER if fewest <= step <= min(most, len(points) // 4, SAMPLE // 4)]
    if fewest == 1 or not steps:
        return fewest
    spread = np.mean(
        [_spread(_sample(points, SAMPLE, seed + look), steps, seed + look) for look in range(LOOKS)], axis=0
    )
    gain = -np.log(np.maximum(spread, 1e-9)) - WORTH * np.log(steps)
    return steps[int(gain.argmax())]


def _spread(sample: Points, steps: list[int], seed: int) -> Points:
    tree = Tree(sample, steps[-1], seed=seed)
    return np.array([tree.cut(step, rounds=10).inertia_ for step in steps])


def _sample(points: Points, size: int, seed: int) -> Points:
    if len(points) <= size:
        return points
    return points[np.sort(np.random.default_rng(seed).choice(len(points), size, replace=False))]


def stability(points: Points, labels: Labels, n_groups: int, *, seed: int, rounds: int = 4) -> tuple[Points, float]:
    """Group random halves again, and see how much of each group comes back.

    Returns
    -------
    each : array of shape (n_groups,), 0 to 1
        Mean overlap (Jaccard) with the most alike group of each round. Source: Hennig (2007), Computational Statistics
        & Data Analysis 52, 258-271.
    whole : float
        Mean adjusted Rand index.
    """
    chance = np.random.default_rng(seed)
    overlaps, indices = np.ones((rounds, n_groups)), np.ones(rounds)
    for number in range(rounds if n_groups > 1 else 0):
        half = chance.choice(len(points), min(SAMPLE, max(n_groups, len(points) // 2)), replace=False)
        again = nearest(points[half], group(points[half], n_groups, seed=seed + number, starts=1))
        overlaps[number] = _overlaps(labels[half], again, n_groups)
        indices[number] = adjusted_rand_score(labels[half], again)
    return overlaps.mean(axis=0), float(indices.mean())


def _overlaps(first: Labels, second: Labels, n_groups: int) -> Points:
    both = np.zeros((n_groups, n_groups))
    np.add.at(both, (first, second), 1)
    either = both.sum(axis=1, keepdims=True) + both.sum(axis=0, keepdims=True) - both
    return np.asarray((both / np.maximum(either, 1)).max(axis=1))


def by_size(labels: Sequence[int] | Labels, n_groups: int) -> Labels:
    """New numbers for groups, the largest first, shape (n_groups,)."""
    sizes = np.bincount(np.asarray(labels), minlength=n_groups)
    new = np.empty(n_groups, dtype=np.int64)
    new[np.argsort(-sizes, kind="stable")] = np.arange(n_groups)
    return new
