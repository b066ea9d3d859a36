"""Sentiment: real feedback from very positive (1) to very negative (5), copies taken out, a third held back."""

import csv
from pathlib import Path
from statistics import fmean

import numpy as np
from numpy.typing import NDArray
from sklearn.model_selection import train_test_split

from engage.analysis.method.features import Place
from engage.analysis.method.meaning import PACKAGED, Meaning, NoModel
from engage.analysis.method.sentiment import Sentiment
from tests.bench.table import Row, evaluation_data

SEEDS = (0, 1, 2)
HELD_BACK = 0.33
THREE = ("positive", "neutral", "negative")
POINTS = {1: 0, 2: 0, 3: 1, 4: 2, 5: 2}
Feedback = tuple[list[str], list[tuple[str, str]], NDArray[np.int64]]


def _read(folder: Path) -> Feedback:
    with (folder / "nhs_feedback.csv").open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row["Comment sentiment"]]
    kept = list(reversed({row["FFT answer"]: row for row in reversed(rows)}.values()))
    context = [(row["FFT question"].strip(), row["Service type 1"].strip()) for row in kept]
    return [row["FFT answer"] for row in kept], context, np.array([int(row["Comment sentiment"]) for row in kept])


def _accuracy(whole: Feedback, truth: NDArray[np.int64], meaning: Place | None = None) -> float:
    return fmean(_right(whole, truth, seed, meaning) for seed in SEEDS)


def _right(whole: Feedback, truth: NDArray[np.int64], seed: int, meaning: Place | None) -> float:
    """As in the product, the words of all answers are there from the start, and labels of some only."""
    texts, context, _ = whole
    learnt, held = train_test_split(np.arange(len(texts)), test_size=HELD_BACK, random_state=seed)
    moods = Sentiment(meaning=meaning)
    moods.fit([texts[at] for at in learnt], truth[learnt].tolist(), [context[at] for at in learnt], others=texts)
    chances = moods.score([texts[at] for at in held], [context[at] for at in held])
    best = np.where(np.isnan(chances[:, 0]), 0, np.nan_to_num(chances).argmax(axis=1))  # "nothing" is a compliment here
    return float((np.array(moods.classes_)[best] == truth[held]).mean())


def rows() -> list[Row]:
    """Accuracy on five and on three points with labels, on three before any; skipped where the set is not there."""
    folder = evaluation_data()
    if folder is None:
        return [Row("sentiment", "skipped: no data", "", "", "", "", None)]
    whole = _read(folder)
    three = np.array([POINTS[point] for point in whole[2].tolist()])
    five_points, three_points = _accuracy(whole, whole[2]), _accuracy(whole, three)
    found = ["neutral" if mood == "mixed" else mood for mood in Sentiment().predict(whole[0])]
    lexicon = fmean(mood == THREE[truth] for mood, truth in zip(found, three.tolist(), strict=True))
    return [
        _row("sentiment: five points, with labels", five_points, 0.67, "plain .652, DistilBERT .70"),
        _row("sentiment: three points, with labels", three_points, 0.85, "plain .839"),
        _row("sentiment: three points, before any label", lexicon, 0.61, "VADER .61"),
        *_model_rows(whole, three),
    ]


def _model_rows(whole: Feedback, three: NDArray[np.int64]) -> list[Row]:
    """The same with a sentence model beside the words, where somebody installed the extra."""
    try:
        meaning = Meaning.load(PACKAGED).place
    except NoModel:
        return [Row("sentiment: with a sentence model", "skipped: the extra is not installed", "", "", "", "", None)]
    return [
        _row("sentiment: five points, with a sentence model", _accuracy(whole, whole[2], meaning), None, ""),
        _row("sentiment: three points, with a sentence model", _accuracy(whole, three, meaning), None, ""),
    ]


def _row(name: str, value: float, bar: float | None, peer: str) -> Row:
    return Row(name, value, "accuracy", f">= {bar}" if bar else "", peer, "", None if bar is None else value >= bar)
