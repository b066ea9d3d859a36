"""Themes against labelled sets: the same configuration for all, and every figure the mean of three seeds."""

import csv
import resource
import subprocess
import sys
import time
from collections import defaultdict
from pathlib import Path
from statistics import fmean

import numpy as np
from sklearn.metrics import adjusted_rand_score, normalized_mutual_info_score

from engage.analysis.method.themes import ThemeFinder, same_words, says_nothing
from tests.bench.table import PROJECT, Row, evaluation_data

SEEDS = (0, 1, 2)
BARS = {"tweet": (0.85, "SCCL .89"), "stackoverflow": (0.70, "SCCL .745")}
NEAR = 0.03


def _column(path: Path, name: str) -> list[str]:
    with path.open(encoding="utf-8", newline="") as file:
        return [row[name] for row in csv.DictReader(file)]


def _same_again(texts: list[str], n_themes: int, seed: int) -> float:
    """Adjusted Rand index of themes found in all answers and in a bootstrap sample of them."""
    whole = ThemeFinder(n_themes, seed).fit(texts).labels_
    drawn = np.unique(np.random.default_rng(seed).integers(0, len(texts), len(texts)))
    again = ThemeFinder(n_themes, seed + 10).fit([texts[place] for place in drawn]).labels_
    return float(adjusted_rand_score(whole[drawn], again))


def _set_rows(folder: Path, name: str) -> list[Row]:
    texts, truth = (_column(folder / "themes" / f"{name}.csv", column) for column in ("text", "label"))
    n_themes, (bar, peer) = len(set(truth)), BARS[name]
    auto = [ThemeFinder(random_state=seed).fit(texts) for seed in SEEDS]
    known = fmean(normalized_mutual_info_score(truth, ThemeFinder(n_themes, seed).fit(texts).labels_) for seed in SEEDS)
    chosen = fmean(normalized_mutual_info_score(truth, one.labels_) for one in auto)
    stable = fmean(_same_again(texts, n_themes, seed) for seed in SEEDS)
    counts = ", ".join(str(len(one.themes_)) for one in auto)
    gap = known - chosen
    return [
        Row(f"themes: {name}, NMI at {n_themes}", known, "NMI", f">= {bar}", peer, "", known >= bar),
        Row(f"themes: {name}, lost by choosing K ({counts})", gap, "NMI", f"<= {NEAR}", "", "", gap <= NEAR),
        Row(f"themes: {name}, bootstrap", stable, "ARI", ">= 0.8", "", "", stable >= 0.8),
    ]


def _comment_rows(folder: Path) -> list[Row]:
    texts = _column(folder / "nhs_feedback.csv", "FFT answer")
    found = ThemeFinder().fit(texts)
    themes = defaultdict(set)
    for text, label in zip(texts, found.labels_.tolist(), strict=True):
        themes[same_words(text)].add(label)
    split = sum(len(labels) > 1 for labels in themes.values())
    astray = int(sum(says_nothing(text) != (label == -1) for text, label in zip(texts, found.labels_, strict=True)))
    return [
        Row("themes: copies of an answer in two themes", split, "answers", "0", "31 % repeats", "", split == 0),
        Row("themes: stock answers outside their bucket, or others in it", astray, "answers", "0", "", "", astray == 0),
    ]


def _speed_rows(folder: Path) -> list[Row]:
    texts = _column(folder / "themes" / "stackoverflow.csv", "text")[:5000]
    begun = time.process_time()
    ThemeFinder().fit(texts)
    small = time.process_time() - begun
    command = [sys.executable, "-m", "tests.bench.themes", str(folder)]
    many, memory = map(float, subprocess.run(command, cwd=PROJECT, capture_output=True, check=True).stdout.split())
    return [
        Row("themes: 5,000 answers", small, "CPU s", "<= 15", "", "", small <= 15),
        Row("themes: 100,000 answers", many, "CPU s", "<= 60", "about 30", "", many <= 60),
        Row("themes: 100,000 answers, peak memory", memory, "MiB", "<= 1024", "", "", memory <= 1024),
    ]


def rows() -> list[Row]:
    """Quality, choice of K, sameness and speed; skipped where the labelled sets are not there."""
    folder = evaluation_data()
    if folder is None:
        return [Row("themes", "skipped: no data", "", "", "", "", None)]
    return [
        *_set_rows(folder, "tweet"),
        *_set_rows(folder, "stackoverflow"),
        *_comment_rows(folder),
        *_speed_rows(folder),
    ]


def measure_many(folder: Path) -> None:
    """Find themes in 100,000 answers made by joining halves of real ones; print CPU seconds and peak MiB."""
    texts = _column(folder / "themes" / "stackoverflow.csv", "text")
    chance = np.random.default_rng(0)
    pairs = chance.integers(0, len(texts), (100_000, 2)).tolist()
    many = [f"{texts[one]} {texts[other]}" for one, other in pairs]
    begun = time.process_time()
    ThemeFinder().fit(many)
    print(time.process_time() - begun, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


if __name__ == "__main__":
    measure_many(Path(sys.argv[1]))
