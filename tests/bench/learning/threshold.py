"""Tries thresholds on learning lines that were held back in turn: `python -m tests.bench.learning.threshold`."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engage.analysis.method.screening import Screen
from tests.bench.learning.screening import FOLDS, Inventor, learn
from tests.bench.table import evaluation_data

TRIED = np.arange(0.30, 0.60, 0.01)
VARIANTS = 3


def held_scores(folder: Path) -> dict[str, NDArray[np.float64]]:
    """Scores of each kind of line by a screen that has not learnt from that line."""
    scores: dict[str, list[float]] = {"answers": [], "told": [], "half said": []}
    for held in range(FOLDS):
        screen, inventor = Screen(weights=learn(folder, held=held)), Inventor(seed=11)
        for name, lines in _lines(inventor).items():
            said = [inventor.realise(line) for line in lines[held::FOLDS] for _ in range(VARIANTS)]
            scores[name] += screen.score(said).tolist()
    return {name: np.array(values) for name, values in scores.items()}


def _lines(inventor: Inventor) -> dict[str, list[str]]:
    answers = [str(line) for line in inventor.lines["answers"]]
    return {"answers": answers, "told": inventor.told(), "half said": inventor.half_said()}


if __name__ == "__main__":
    data = evaluation_data()
    if data is None:
        raise SystemExit("The everyday comments are not there; set ENGAGE_EVAL_DATA")
    found = held_scores(data)
    for least in TRIED:
        shares = "  ".join(f"{name} {(scores >= least).mean():.3f}" for name, scores in found.items())
        print(f"{least:.2f}  {shares}")
