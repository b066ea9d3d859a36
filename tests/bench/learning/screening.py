"""Learns how disclosures read, from the lists and invented lines: `python -m tests.bench.learning.screening`."""

import csv
import random
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain, pairwise
from math import sqrt
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from engage.analysis.method.screening.lists import slots
from engage.analysis.method.screening.wording import ending_free, plain_words
from tests.bench.table import PROJECT, evaluation_data

PACKAGE = PROJECT / "engage/analysis/method/screening"
ENDINGS = ("", "s", "ed", "ing", "e")
AROUND_ORDINARY, RARE, LIGHT, SHORTEST = 16, 6, 0.25, 6
ANSWERS, FOLDS = 12, 5


class Inventor:
    """Makes invented lines from phrases; the same ones for the same seed."""

    def __init__(self, seed: int = 3, held: int | None = None) -> None:
        self._random = random.Random(seed)
        self.lines = yaml.safe_load(Path(__file__).with_name("screening_learning.yaml").read_text("utf-8"))
        self.held = held
        self._gaps = str(self.lines["gaps"]).split()

    def realise(self, written: str) -> str:
        """One line of a phrase: a choice for each place, a few words for each gap."""
        said = []
        for part in written.split():
            if part == "..":
                said += self._random.choices(self._gaps, k=self._random.choice([0, 0, 1, 2]))
                continue
            choice = self._random.choice(part.split("|"))
            if choice.startswith("<"):
                choice = self._random.choice(slots()[choice.strip("<>")])
            said.append(choice.replace("*", self._random.choice(ENDINGS)).replace("_", " "))
        return " ".join(said)

    def surrounded(self, line: str) -> str:
        """A line, often with a few more words before or after."""
        after = f"{line} {self._random.choice(self.lines['around'])}" if self._random.random() < 0.4 else line
        return f"{self._random.choice(self.lines['around'])} {after}" if self._random.random() < 0.35 else after

    def disclosures(self, leave_out: str | None) -> Iterator[str]:
        """Lines of every kind of harm but one: of the lists, then of the invented lines."""
        for weight, phrase in _list_phrases(leave_out):
            yield from (self.surrounded(self.realise(phrase)) for _ in range(8 if weight == "3" else 4))
        for line in self.half_said(leave_out) + self.told(leave_out):
            yield from (self.surrounded(self.realise(line)) for _ in range(14))

    def told(self, leave_out: str | None = None) -> list[str]:
        """The plain invented disclosures."""
        written = (lines for kind, lines in self.lines["disclosures"].items() if kind != leave_out)
        return self._kept(list(chain.from_iterable(written)))

    def half_said(self, leave_out: str | None = None) -> list[str]:
        """The subtler invented disclosures."""
        written = (lines for kind, lines in self.lines["subtle"].items() if kind != leave_out)
        return self._kept(list(chain.from_iterable(written)))

    def answers(self) -> Iterator[str]:
        """Ordinary answers to a young people's survey: alone, cut short, and two or three thoughts in one."""
        said = [self.realise(line) for line in self._kept(self.lines["answers"]) for _ in range(ANSWERS)]
        yield from said
        yield from (" ".join(line.split()[: self._random.choice([2, 3, 4, 5])]) for line in said[::2])
        for size in (2, 3):
            yield from (" ".join(self._random.sample(said, size)) for _ in said[::size])

    def _kept(self, lines: list[str]) -> list[str]:
        """Leave out every fifth line, counting from the one that is held: the threshold is tried on those."""
        return [str(line) for at, line in enumerate(lines) if self.held is None or at % FOLDS != self.held]

    def ordinary(self) -> Iterator[str]:
        """Ordinary lines, short ones more often, some joined, and everyday sayings."""
        invented = [self.realise(str(line)) for line in self.lines["ordinary"] for _ in range(28)]
        around = self.lines["around"][:AROUND_ORDINARY]
        yield from [""] * 300
        yield from [line for line in invented if len(line.split()) < 4] * 3
        yield from invented
        yield from map(" ".join, zip(invented, self._random.sample(invented, len(invented)), strict=True))
        yield from (f"{line} {self._random.choice(around)}" for line in invented[::3])
        yield from (f"{self._random.choice(around)} {line}" for line in invented[::3])
        yield from self.answers()
        sayings = _as_words(PACKAGE / "lists/ordinary.yaml")["phrases"]
        yield from (self.realise(saying) for saying in sayings for _ in range(6))


def _as_words(file: Path) -> dict[str, Any]:
    """Read a list with every word a word: "no" and "off" stay themselves."""
    return dict(yaml.load(file.read_text("utf-8"), Loader=yaml.CBaseLoader))  # noqa: S506 - our own file, strings only


def _list_phrases(leave_out: str | None) -> Iterator[tuple[str, str]]:
    for a_list in map(_as_words, sorted(PACKAGE.glob("lists/*.yaml"))):
        if a_list.get("kind", leave_out) != leave_out:
            yield from ((weight, phrase) for weight, said in a_list["phrases"]["en"].items() for phrase in said)


def learn(folder: Path, leave_out: str | None = None, held: int | None = None) -> dict[str, float]:
    """Weights of words and pairs of words; "*" is where every answer starts."""
    inventor = Inventor(held=held)
    harm = list(inventor.disclosures(leave_out))
    ordinary = [*inventor.ordinary(), *_comments(folder)]
    read = [_features(text) for text in [*harm, *ordinary]]
    counted = Counter(feature for features in read for feature in features)
    names = sorted(feature for feature, count in counted.items() if count >= RARE)
    model = LogisticRegression(C=4, max_iter=300, class_weight="balanced")
    model.fit(_matrix(read, names), np.array([1] * len(harm) + [0] * len(ordinary)))
    weights = {name: round(float(weight), 2) for name, weight in zip(names, model.coef_[0], strict=True)}
    heavy = {name: weight for name, weight in weights.items() if abs(weight) >= LIGHT}
    return {"*": round(float(model.intercept_[0]), 3), **heavy}


def _comments(folder: Path) -> Iterator[str]:
    """The half of the everyday comments that may be learnt from; the other half measures."""
    with (folder / "screening/banter.csv").open(encoding="utf-8", newline="") as lines:
        yield from (row["text"] for row in csv.DictReader(lines) if zlib.crc32(row["text"].encode()) % 2 == 0)


def _features(text: str) -> set[str]:
    stems = [ending_free(word) for word in plain_words(text)]
    return set(stems) | {f"{one} {other}" for one, other in pairwise(stems)}


def _matrix(read: list[set[str]], names: Iterable[str]) -> csr_matrix:
    columns = {name: at for at, name in enumerate(names)}
    places, ends, values = [], [0], []
    for features in read:
        known = [columns[feature] for feature in features if feature in columns]
        places += known
        values += [1 / sqrt(max(len(features), SHORTEST))] * len(known)
        ends.append(len(places))
    shape = (len(read), len(columns))
    return csr_matrix((values, np.array(places, np.int32), np.array(ends, np.int32)), shape=shape)


if __name__ == "__main__":
    data = evaluation_data()
    if data is None:
        raise SystemExit("The everyday comments are not there; set ENGAGE_EVAL_DATA")
    lines = [f"{weight:g} {feature}" for feature, weight in learn(data).items()]
    (PACKAGE / "likeness.txt").write_text("\n".join(lines) + "\n", "utf-8")
