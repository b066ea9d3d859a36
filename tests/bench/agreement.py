"""Agreement: against the reference, and how often the interval holds what it should."""

import random
from statistics import fmean

from nltk.metrics.agreement import AnnotationTask
from nltk.metrics.distance import masi_distance

from engage.analysis.method.agreement import alpha
from tests.bench.table import Row

CODES = ("buses", "parks", "safety", "cost", "school", "home")
RUNS = 200
ANSWERS = 100
MANY = 20_000
Coding = tuple[str, int, frozenset[str]]


def _two_readers(answers: int, slips: float, seed: int) -> list[Coding]:
    chance = random.Random(seed)
    found = []
    for answer in range(answers):
        first, other = (frozenset(chance.sample(CODES, chance.choice((1, 1, 2)))) for _ in range(2))
        found += [("Ada", answer, first), ("Ben", answer, other if chance.random() < slips else first)]
    return found


def _gap(seed: int) -> float:
    codings = _two_readers(60, 0.3, seed)
    return abs((alpha(codings).alpha or 0.0) - AnnotationTask(codings, distance=masi_distance).alpha())


def _holds(truth: float, slips: float, seed: int) -> bool:
    interval = alpha(_two_readers(ANSWERS, slips, seed), random_state=seed).interval
    return interval is not None and interval.high is not None and interval.low <= truth <= interval.high


def rows() -> list[Row]:
    """Needs no labelled data: two readers who slip with a known chance."""
    gap = max(_gap(seed) for seed in range(20))
    held = []
    for slips in (0.2, 0.5):
        truth = alpha(_two_readers(MANY, slips, 999)).alpha or 0.0
        held.append(fmean(_holds(truth, slips, seed) for seed in range(RUNS)))
    return [
        Row("agreement: furthest from the reference, 20 runs", gap, "alpha", "<= 1e-9", "NLTK", "", gap <= 1e-9),
        Row(
            f"agreement: 95 % interval of {ANSWERS} answers holds the truth, {RUNS} runs, worse of two",
            min(held),
            "share",
            ">= .90",
            "",
            "",
            min(held) >= 0.90,
        ),
    ]
