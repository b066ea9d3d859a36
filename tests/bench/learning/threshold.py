"""Tries thresholds on lines and comments that were held back in turn: `python -m tests.bench.learning.threshold`."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engage.analysis.method.screening import Screen
from tests.bench.learning.inventing import FOLDS, Inventor, templates, written
from tests.bench.learning.screening import comments, learn
from tests.bench.table import evaluation_data

TRIED = np.arange(0.30, 0.90, 0.02)
VARIANTS = 3


def held_scores(folder: Path) -> dict[str, NDArray[np.float64]]:
    """Scores of each kind of line by a screen that has not learnt from that line."""
    scores: dict[str, list[float]] = {"comments": [], "ordinary": [], "told": [], "half said": []}
    for held in range(FOLDS):
        screen, inventor = Screen(weights=learn(folder, held=held)), Inventor(seed=11)
        for name, lines in _lines().items():
            said = [inventor.realise(line) for line in lines[held::FOLDS] for _ in range(VARIANTS)]
            scores[name] += screen.score(said).tolist()
        scores["comments"] += screen.score(list(comments(folder, held, only_held=True))).tolist()
    return {name: np.array(values) for name, values in scores.items()}


def _lines() -> dict[str, list[str]]:
    ordinary = written()["ordinary"].splitlines()
    return {"ordinary": ordinary, "told": templates("disclosures"), "half said": templates("subtle")}


if __name__ == "__main__":
    data = evaluation_data()
    if data is None:
        raise SystemExit("The everyday comments are not there; set ENGAGE_EVAL_DATA")
    found = held_scores(data)
    for least in TRIED:
        shares = "  ".join(f"{name} {(scores >= least).mean():.3f}" for name, scores in found.items())
        print(f"{least:.2f}  {shares}")
