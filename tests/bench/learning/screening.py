"""Learns how disclosures read, from the lists and invented lines: `python -m tests.bench.learning.screening`."""

import csv
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from random import Random

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from engage.analysis.method.screening.likeness import DAMPING, LISTED, SHORTEST, START, features
from engage.analysis.method.screening.lists import word_lists
from engage.analysis.method.screening.screen import Screen, listed
from tests.bench.learning.inventing import FOLDS, Inventor
from tests.bench.table import PROJECT, evaluation_data

WEIGHTS = PROJECT / "engage/analysis/method/screening/likeness.txt"
RARE, LIGHT, UNLISTED, STRENGTH, REAL = 6, 0.04, 0.3, 0.5, 3.0

Example = tuple[set[str], list[str]]  # features of the words, and what the lists found


def learn(
    folder: Path, leave_out: str | None = None, held: int | None = None, *, keep_list: bool = False
) -> dict[str, float]:
    """Weights of features and findings; "*" is where every answer starts."""
    inventor, random = Inventor(held=held), Random(5)
    reader = Screen([a_list for a_list in word_lists() if keep_list or a_list.kind != leave_out], {})
    harm = [_example(reader, text) for text in inventor.disclosures(leave_out)]
    # Many of the invented disclosures were made from the lists: some are shown as if no list had found them.
    harm = [(seen, [] if random.random() < UNLISTED else found) for seen, found in harm]
    invented, real = list(inventor.ordinary()), list(comments(folder, held))
    ordinary = [_example(reader, text) for text in [*invented, *real]]
    counted = Counter(name for seen, _ in [*harm, *ordinary] for name in seen)
    found = sorted({name for _, names in [*harm, *ordinary] for name in names})
    names = [*sorted(name for name, count in counted.items() if count >= RARE), *found]
    model = LogisticRegression(C=STRENGTH, max_iter=2000, tol=1e-5, class_weight="balanced")
    # Comments that somebody really wrote are few among the invented lines, and what is flagged is counted on such.
    counts = [1.0] * (len(harm) + len(invented)) + [REAL] * len(real)
    told = np.array([1] * len(harm) + [0] * len(ordinary))
    model.fit(_matrix([*harm, *ordinary], names), told, sample_weight=np.array(counts))
    weights = {name: round(float(weight), 2) for name, weight in zip(names, model.coef_[0], strict=True)}
    heavy = {name: weight for name, weight in weights.items() if abs(weight) >= LIGHT}
    return {START: round(float(model.intercept_[0]), 3), **heavy}


def comments(folder: Path, held: int | None = None, *, only_held: bool = False) -> Iterator[str]:
    """The half of the everyday comments that may be learnt from, without the held fold; the other half measures."""
    with (folder / "screening/banter.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            mark = zlib.crc32(row["text"].encode())
            if mark % 2 == 0 and (held is None or (mark // 2 % FOLDS == held) == only_held):
                yield row["text"]


def _example(reader: Screen, text: str) -> Example:
    words, reasons = reader.read(text)
    return features(words), listed(reasons)


def _matrix(examples: Sequence[Example], names: Iterable[str]) -> csr_matrix:
    columns = {name: at for at, name in enumerate(names)}
    places, ends, values = [], [0], []
    for seen, found in examples:
        known = [columns[name] for name in seen if name in columns]
        told = [columns[name] for name in found]
        places += known + told
        values += [1 / max(len(seen), SHORTEST) ** DAMPING] * len(known) + [LISTED] * len(told)
        ends.append(len(places))
    shape = (len(examples), len(columns))
    return csr_matrix((values, np.array(places, np.int32), np.array(ends, np.int32)), shape=shape)


if __name__ == "__main__":
    data = evaluation_data()
    if data is None:
        raise SystemExit("The everyday comments are not there; set ENGAGE_EVAL_DATA")
    WEIGHTS.write_text("".join(f"{weight:g} {name}\n" for name, weight in learn(data).items()), "utf-8")
