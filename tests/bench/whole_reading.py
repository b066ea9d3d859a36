"""Reading 100,000 answers from end to end: themes, codes, moods, what rises and what the few write."""

import csv
import resource
import subprocess
import sys
import time
from pathlib import Path

import numpy as np

from engage.analysis.method.coding import ThemeCoder
from engage.analysis.method.contrast import contrast
from engage.analysis.method.emerging import emerging
from engage.analysis.method.sentiment import Sentiment
from engage.analysis.method.themes import ThemeFinder
from tests.bench.table import PROJECT, Row, evaluation_data

MANY = 100_000
CODED = 1_000
WAVES = 5


def rows() -> list[Row]:
    """CPU seconds and memory of one process; skipped where the labelled set is not there."""
    folder = evaluation_data()
    if folder is None:
        return [Row("whole reading", "skipped: no data", "", "", "", "", None)]
    command = [sys.executable, "-m", "tests.bench.whole_reading", str(folder)]
    lines = subprocess.run(command, cwd=PROJECT, capture_output=True, check=True, text=True).stdout.split("\n")
    parts = dict(line.rsplit(" ", 1) for line in lines if line)
    memory = float(parts.pop("memory"))
    seconds = sum(map(float, parts.values()))
    each = ", ".join(f"{name} {float(value):.0f}" for name, value in parts.items())
    return [
        Row(f"whole reading: 100,000 answers ({each})", seconds, "CPU s", "<= 60", "about 30", "", seconds <= 60),
        Row("whole reading: 100,000 answers, peak memory", memory, "MiB", "<= 1024", "< 512", "", memory <= 1024),
    ]


def measure_many(folder: Path) -> None:
    """Read 100,000 answers made by joining halves of real ones; print CPU seconds of each part and peak MiB."""
    with (folder / "themes/stackoverflow.csv").open(encoding="utf-8", newline="") as lines:
        both = [(row["text"], row["label"]) for row in csv.DictReader(lines)]
    pairs = np.random.default_rng(0).integers(0, len(both), (MANY, 2)).tolist()
    texts = [f"{both[one][0]} {both[other][0]}" for one, other in pairs]
    labels = np.array([[both[one][1], both[other][1]] for one, other in pairs[:CODED]])
    codes = np.array([(labels == name).any(axis=1) for name in np.unique(labels)]).T
    waves = [texts[start::WAVES] for start in range(WAVES)]
    parts = {
        "themes": lambda: ThemeFinder().fit(texts),
        "coding": lambda: ThemeCoder().fit(texts[:CODED], codes).predict(texts),
        "moods": lambda: Sentiment().mood(texts),
        "emerging": lambda: emerging(waves[:-1], waves[-1]),
        "contrast": lambda: contrast(texts[:CODED], texts[CODED : 20 * CODED]),
    }
    for name, part in parts.items():
        begun = time.process_time()
        part()
        print(name, time.process_time() - begun, flush=True)
    print("memory", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


if __name__ == "__main__":
    measure_many(Path(sys.argv[1]))
