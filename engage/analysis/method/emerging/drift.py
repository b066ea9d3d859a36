"""How much shares wander from wave to wave by themselves, and how unlikely a rise then is."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import nnls
from scipy.special import betaincinv, betaln, gammaln

Numbers = NDArray[np.float64]
ROUNDS = 4
FEWEST_ITEMS = 10
SEEN = 4  # answers of an item before its wandering is looked at
HALF = 0.5
CAREFUL = 2.8  # the line is a mean, and some things wander more: chosen so that 5 % of waves or fewer flag in error
ASSUMED = (0.002, 0.05)  # with a single earlier wave nothing can be measured


@dataclass(frozen=True)
class Drift:
    """Wandering beyond chance: the correlation within a wave is `still + moving * share`."""

    still: float
    moving: float

    def at(self, shares: Numbers) -> Numbers:
        """Correlation within a wave of items with these shares, shape as given, 0 to 1."""
        return np.asarray(self.still + self.moving * np.minimum(shares, HALF))


def drift_of(counts: Numbers, sizes: Numbers) -> Drift:
    """Measure wandering from earlier waves, counts of shape (n_items, n_waves), sizes of shape (n_waves,).

    The variance seen beyond that of chance, as a straight line over the share, fitted to all items at once: one item's
    few waves say little, hundreds of items say much.
    """
    total = counts.sum(axis=1)
    shares = total / max(sizes.sum(), 1.0)
    used = (total >= SEEN) & (shares < HALF)
    if len(sizes) < 2 or used.sum() < FEWEST_ITEMS:  # noqa: PLR2004 (one wave has no spread)
        return Drift(*ASSUMED)
    share = shares[used, None]
    expected = sizes[None] * share
    seen = ((counts[used] - expected) ** 2 / (expected * (1 - share))).sum(axis=1) / (len(sizes) - 1)
    line = np.column_stack([np.ones(used.sum()), shares[used]]) * sizes.mean()
    spread, found = np.ones(used.sum()), np.zeros(2)
    for _ in range(ROUNDS):
        found, _ = nnls(line / spread[:, None], (seen - 1) / spread)
        spread = 1 + line @ found
    return Drift(float(CAREFUL * found[0]), float(CAREFUL * found[1]))


def chance_of(counts: Numbers, sizes: Numbers, drift: Drift) -> Numbers:
    """Chance of more answers in the last wave if nothing but wandering went on, shape (n_items,); of as many, half.

    Beta-binomial around the earlier share, whose own uncertainty is added; mid-p, since counts are small. Sources:
    Skellam (1948), Journal of the Royal Statistical Society B 10, 257-261; Lancaster (1961), Journal of the American
    Statistical Association 56, 223-234.
    """
    before, now = counts[:, :-1].sum(axis=1), counts[:, -1]
    n_before = max(sizes[:-1].sum(), 1.0)
    share = (before + HALF) / (n_before + 1)
    within = drift.at(share)
    unsure = 1 / n_before + within * ((sizes[:-1] / n_before) ** 2).sum()
    firm = np.maximum(1 / (within + unsure) - 1, 1.0)
    size = int(sizes[-1])
    return np.array(
        [
            (_tail(int(x), size, p * s, (1 - p) * s) + _tail(int(x) + 1, size, p * s, (1 - p) * s)) / 2
            for x, p, s in zip(now, share, firm, strict=True)
        ],
        dtype=np.float64,
    )


def _tail(least: int, size: int, yes: float, no: float) -> float:
    """Chance of `least` or more of `size` under a beta-binomial."""
    if least <= 0:
        return 1.0
    few = np.arange(least)
    below = min(1.0, np.exp(_log_chance(few, size, yes, no)).sum())
    if below < 1 - 1e-6:
        return float(1 - below)
    many = np.arange(least, min(size, 3 * least + 60) + 1)
    return float(min(1.0, np.exp(_log_chance(many, size, yes, no)).sum()))


def _log_chance(at: NDArray[np.int64], size: int, yes: float, no: float) -> Numbers:
    ways = gammaln(size + 1) - gammaln(at + 1) - gammaln(size - at + 1)
    return np.asarray(ways + betaln(at + yes, size - at + no) - betaln(yes, no))


def least_share(before: float, sizes: Numbers, drift: Drift, *, chance: float, floor: int) -> float:
    """The share of this wave that would have been called four times in five, for an item with this share before."""
    size, earlier = int(sizes[-1]), sizes[:-1]
    low, high = floor - 1, size
    while high - low > 1:
        middle = (low + high) // 2
        counts = np.array([[*(before * earlier), middle]], dtype=np.float64)
        low, high = (low, middle) if chance_of(counts, sizes, drift)[0] <= chance else (middle, high)
    return float(betaincinv(high, size - high + 1, 0.8))
