"""From chances to codes: how sure is sure enough."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Chances = NDArray[np.float64]
Codes = NDArray[np.bool_]
ENOUGH = 40  # positives from which a code has a threshold of its own
HALFWAY = 400  # positives at which it lies halfway between that of all codes and its own best
TRIED = np.arange(0.05, 0.951, 0.01)


@dataclass(frozen=True)
class Thresholds:
    """The least chance for each code, and whether every answer is given at least its likeliest code."""

    least: Chances  # shape (n_codes,)
    always: bool

    def apply(self, chances: Chances) -> Codes:
        """Codes of each answer, shape (n_answers, n_codes); a code that was never seen is never given."""
        given: Codes = chances >= self.least
        if self.always and chances.size:
            best = (chances / self.least).argmax(axis=1)
            given[np.arange(len(chances)), best] |= chances[np.arange(len(chances)), best] > 0
        return given


def choose(chances: Chances, truth: Codes) -> Thresholds:
    """Choose thresholds on answers that the chances were not learnt from.

    One threshold for all codes, the best for F1 over all of them; a code with at least 40 positives goes some way to
    the one best for itself, the further the more it has. A threshold of its own for a rarer code is chosen on luck.
    """
    seen = truth.any(axis=0)
    overall = _best(chances[:, seen].ravel(), truth[:, seen].ravel())
    least = np.full(truth.shape[1], overall)
    for code in np.flatnonzero(truth.sum(axis=0) >= ENOUGH):
        trust = truth[:, code].sum() / (truth[:, code].sum() + HALFWAY)
        least[code] += trust * (_best(chances[:, code], truth[:, code]) - overall)
    return Thresholds(least, always=bool(truth.any(axis=1).all()))


def _best(chances: Chances, truth: Codes) -> float:
    """The threshold with the best F1; the middle one where several are as good."""
    order = np.argsort(-chances, kind="stable")
    hits = np.concatenate([[0], np.cumsum(truth[order])])
    given = np.searchsorted(-chances[order], -TRIED, side="right")
    f1 = 2 * hits[given] / np.maximum(given + truth.sum(), 1)
    good = np.flatnonzero(f1 >= f1.max() - 1e-12)
    return float(TRIED[good[len(good) // 2]])
