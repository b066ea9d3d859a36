"""Contrast: what the few write, planted among real texts, and nothing where nothing is planted."""

import csv
from statistics import fmean

import numpy as np

from engage.analysis.method.contrast import contrast
from tests.bench.table import Row, evaluation_data

RUNS = 100
FEW, REST = 40, 500
PLANTED = 0.3  # of the few write of one topic that the rest do not


def _run(texts: list[str], labels: list[str], share: float, seed: int) -> tuple[bool, bool]:
    """Whether anything is told, and whether the first thing told is mostly said in planted texts."""
    chance = np.random.default_rng(seed)
    names, counts = np.unique(labels, return_counts=True)
    topic = chance.choice(names[counts >= FEW])
    inside = np.flatnonzero(np.array(labels) == topic)
    outside = chance.permutation(np.flatnonzero(np.array(labels) != topic))
    planted = chance.choice(inside, round(FEW * share), replace=False).tolist()
    few = planted + outside[: FEW - len(planted)].tolist()
    rest = outside[FEW : FEW + REST].tolist()
    found = contrast([texts[at] for at in few], [texts[at] for at in rest])
    right = bool(found) and fmean(place < len(planted) for place in found[0].places) >= 0.5
    return bool(found), right


def rows() -> list[Row]:
    """Skipped where the labelled set is not there."""
    folder = evaluation_data()
    if folder is None:
        return [Row("contrast", "skipped: no data", "", "", "", "", None)]
    with (folder / "themes/tweet.csv").open(encoding="utf-8", newline="") as lines:
        both = [(row["text"], row["label"]) for row in csv.DictReader(lines)]
    texts, labels = [text for text, _ in both], [label for _, label in both]
    nothing = fmean(_run(texts, labels, 0.0, seed)[0] for seed in range(RUNS))
    found = fmean(_run(texts, labels, PLANTED, seed)[1] for seed in range(RUNS))
    words = f"contrast: {PLANTED:.0%} of {FEW} write of one topic, told first"
    return [
        Row("contrast: nothing planted, something told", nothing, "share of runs", "<= .05", "", "", nothing <= 0.05),
        Row(words, found, "share of runs", ">= .90", "", "", found >= 0.90),
    ]
