"""Emerging concerns: five waves of real texts whose topics wander, with and without a class that rises in the fifth."""

import csv
from dataclasses import dataclass, field
from pathlib import Path
from statistics import fmean

import numpy as np
from joblib import Parallel, delayed
from numpy.typing import NDArray

from engage.analysis.method.emerging import emerging
from tests.bench.table import Row, evaluation_data

RUNS = 200
WAVES = 5
STEADINESS = 300  # of the Dirichlet that topics wander by
FEWEST = 40  # texts of a class that may be the one that rises
NOTHING = "nothing planted, waves with a rise"
PLANTED = ((500, (0.01, 0.05), 0.65), (500, (0.0, 0.03), 0.75), (1500, (0.0, 0.02), 0.90))
TOPICS = ("tweet", "stackoverflow")
SETS = {"tweet": "themes/tweet.csv", "stackoverflow": "themes/stackoverflow.csv", "banter": "screening/banter.csv"}


@dataclass(frozen=True)
class Told:
    """Labelled texts, from which waves are drawn."""

    texts: list[str]
    labels: NDArray[np.str_]

    @classmethod
    def read(cls, path: Path) -> "Told":
        with path.open(encoding="utf-8", newline="") as lines:
            rows = list(csv.DictReader(lines))
        column = "label" if "label" in rows[0] else "kind"
        return cls([row["text"] for row in rows], np.array([row[column] for row in rows]))


@dataclass
class Stack:
    """Texts of each class in random order; taken once each until they run out, then again."""

    told: Told
    chance: np.random.Generator
    taken: dict[str, int] = field(default_factory=dict)
    piles: dict[str, NDArray[np.int64]] = field(default_factory=dict)

    def take(self, label: str, size: int) -> list[int]:
        if label not in self.piles:
            self.piles[label] = self.chance.permutation(np.flatnonzero(self.told.labels == label))
        pile, start = self.piles[label], self.taken.get(label, 0)
        self.taken[label] = start + size
        return pile[np.arange(start, start + size) % len(pile)].tolist()


def waves_of(told: Told, size: int, shares: tuple[float, float], seed: int) -> tuple[list[list[int]], str]:
    """Positions of texts in five waves, and the class that goes from the first share to the second."""
    chance = np.random.default_rng(seed)
    labels, counts = np.unique(told.labels, return_counts=True)
    new = str(chance.choice(labels[counts >= FEWEST]))
    others, weights = labels[labels != new], counts[labels != new] / counts[labels != new].sum()
    stack, waves = Stack(told, chance), []
    for wave in range(WAVES):
        planted = int(chance.binomial(size, shares[wave == WAVES - 1]))
        found = stack.take(new, planted)
        numbers = chance.multinomial(size - planted, chance.dirichlet(STEADINESS * weights))
        for label, number in zip(others, numbers, strict=True):
            found += stack.take(str(label), int(number))
        chance.shuffle(found)
        waves.append(found)
    return waves, new


def run(told: Told, size: int, shares: tuple[float, float], seed: int) -> tuple[bool, bool, float]:
    """Whether anything was called a rise, whether the planted class was, and the least new share it could have seen."""
    waves, new = waves_of(told, size, shares, seed)
    texts = [[told.texts[place] for place in wave] for wave in waves]
    found = emerging(texts[:-1], texts[-1], random_state=seed)
    rises = [rise for rise in found.rises if rise.tier == "rise"]
    shown = [[told.labels[waves[-1][place]] == new for place in rise.places] for rise in rises]
    return bool(rises), any(2 * sum(each) >= len(each) for each in shown), found.could_have_seen[0].now


def _share(told: Told, size: int, shares: tuple[float, float]) -> tuple[float, float, float]:
    runs = Parallel(n_jobs=-1)(delayed(run)(told, size, shares, seed) for seed in range(RUNS))
    each = np.array(runs, dtype=np.float64)
    any_rise, planted, least = each.mean(axis=0).tolist()
    return any_rise, planted, least


def _figures(told: Told) -> dict[str, float]:
    flagged, _, least = _share(told, 500, (0.0, 0.0))
    found = {NOTHING: flagged, "least new share it could have seen in 500": least}
    for size, shares, _ in PLANTED:
        found[_planted(size, shares)] = _share(told, size, shares)[1]
    return found


def _planted(size: int, shares: tuple[float, float]) -> str:
    return f"{shares[0]:.0%} to {shares[1]:.0%} of {size:,}, found"


def rows() -> list[Row]:
    """Called in error, and found; on everyday comments what rises is an emotion said in many different words.

    The bar of what is found is for the mean of the two sets of topics; calls in error have it on each.
    """
    folder = evaluation_data()
    if folder is None:
        return [Row("emerging", "skipped: no data", "", "", "", "", None)]
    each = {name: _figures(Told.read(folder / path)) for name, path in SETS.items()}
    lines = []
    for name, figures in each.items():
        for what, value in figures.items():
            null = what == NOTHING
            peer = "z-test 1.00, z + BH .56-.90" if null else ""
            lines.append(
                _row(
                    f"emerging: {name}, {what}",
                    value,
                    "<= .05" if null else "",
                    peer,
                    ok=value <= 0.05 if null else None,
                )
            )
    for size, shares, bar in PLANTED:
        what = _planted(size, shares)
        mean = fmean(each[name][what] for name in TOPICS)
        lines.append(
            _row(f"emerging: topics, {what}", mean, f">= {bar}", ".38 by phrases" if shares[0] else "", ok=mean >= bar)
        )
    return lines


def _row(name: str, value: float, bar: str, peer: str, *, ok: bool | None) -> Row:
    return Row(name, value, "share", bar, peer, "", ok)
