"""A million answers read as a stream: `python -m tests.bench million`; minutes long, so only by its name."""

import csv
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from engage.analysis.method.coding import ThemeCoder
from engage.analysis.method.sentiment import Sentiment
from engage.analysis.method.themes import ThemeFinder
from tests.bench.table import PROJECT, Row, evaluation_data

ANSWERS, AT_ONCE, LEARNT, CODED = 1_000_000, 20_000, 100_000, 1_000


def rows() -> list[Row]:
    """CPU minutes and memory of one process; skipped where the labelled set is not there."""
    folder = evaluation_data()
    if folder is None:
        return [Row("a million answers", "skipped: no data", "", "", "", "", None)]
    command = [sys.executable, "-m", "tests.bench.million", str(folder)]
    said = subprocess.run(command, cwd=PROJECT, capture_output=True, check=True, text=True).stdout.split()
    minutes, memory = map(float, said)
    return [
        Row("a million answers streamed: themes, codes, moods", minutes, "CPU min", "<= 12", "", "", minutes <= 12),
        Row("a million answers streamed, peak memory", memory, "MiB", "<= 2560", "", "", memory <= 2560),
    ]


def _answers(both: list[tuple[str, str]], size: int, seed: int) -> list[str]:
    """Answers made by joining halves of real ones."""
    pairs = np.random.default_rng(seed).integers(0, len(both), (size, 2)).tolist()
    return [f"{both[one][0]} {both[other][0]}" for one, other in pairs]


def _stream(both: list[tuple[str, str]]) -> Iterator[list[str]]:
    for seed in range(1, 1 + ANSWERS // AT_ONCE):
        yield _answers(both, AT_ONCE, seed)


def read_a_million(folder: Path) -> None:
    """Learn from the first answers, read all of them piece by piece; print CPU minutes and peak MiB."""
    with (folder / "themes/stackoverflow.csv").open(encoding="utf-8", newline="") as lines:
        both = [(row["text"], row["label"]) for row in csv.DictReader(lines)]
    begun = time.process_time()
    finder, moods = ThemeFinder().fit(_answers(both, LEARNT, 0)), Sentiment()
    names = sorted({label for _, label in both})
    codes = [[label == name for name in names] for _, label in both[:CODED]]
    coder = ThemeCoder().fit([text for text, _ in both[:CODED]], codes)
    themes, given = np.zeros(len(finder.themes_), dtype=np.int64), np.zeros(len(names), dtype=np.int64)
    for answers in _stream(both):
        labels = finder.transform(answers)
        themes += np.bincount(labels[labels >= 0], minlength=len(themes))
        given += coder.predict(answers).sum(axis=0)
        moods.mood(answers)
    print((time.process_time() - begun) / 60, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


if __name__ == "__main__":
    read_a_million(Path(sys.argv[1]))
