"""Coding: real feedback with 38 codes; copies and answers that could not be labelled taken out, a third held back.

As in the product, the words of every answer are there from the start, and the codes of those that people read only.
"""

import csv
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import fmean

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import f1_score
from sklearn.model_selection import train_test_split

from engage.analysis.method.coding import ThemeCoder
from engage.analysis.method.features import Place
from engage.analysis.method.meaning import PACKAGED, Meaning, NoModel
from tests.bench.table import Row, evaluation_data

SEEDS = (0, 1, 2)
FEWEST_USES = 12
HELD_BACK = 0.33
TENS = 200
FIRST_CODE = 11  # column
UNLABELLED = "Labelling not possible"
NO_CODE = "Not assigned"


@dataclass(frozen=True)
class Feedback:
    """Answers, what was asked and where, which codes people gave, and the names of the codes."""

    texts: list[str]
    context: list[tuple[str, str]]
    codes: NDArray[np.bool_]
    names: list[str]

    @classmethod
    def read(cls, folder: Path, *, no_code: bool = True) -> "Feedback":
        """Read the set; `no_code` keeps "Not assigned" as a code of its own."""
        with (folder / "nhs_feedback.csv").open(encoding="utf-8", newline="") as lines:
            rows = list(csv.DictReader(lines))
        names = [name for name in list(rows[0])[FIRST_CODE:] if name != UNLABELLED and (no_code or name != NO_CODE)]
        once = {row["FFT answer"]: row for row in reversed(rows) if row[UNLABELLED] != "1"}
        kept = list(reversed(once.values()))
        given = np.array([[row[name] == "1" for name in names] for row in kept])
        used = given.sum(axis=0) >= FEWEST_USES
        given, names = given[:, used], [name for name, use in zip(names, used, strict=True) if use]
        context = [(row["FFT question"].strip(), row["Service type 1"].strip()) for row in kept]
        found = cls([row["FFT answer"] for row in kept], context, given, names)
        return found if no_code else found.at(np.flatnonzero(given.any(axis=1)))

    def at(self, places: NDArray[np.int64]) -> "Feedback":
        at = places.tolist()
        return replace(
            self,
            texts=[self.texts[place] for place in at],
            context=[self.context[place] for place in at],
            codes=self.codes[places],
        )

    def split(self, seed: int) -> tuple["Feedback", "Feedback"]:
        learnt, held = train_test_split(np.arange(len(self.texts)), test_size=HELD_BACK, random_state=seed)
        return self.at(learnt), self.at(held)


Split = tuple[Feedback, Feedback, list[str]]


def _f1(learnt: Feedback, held: Feedback, others: list[str], meaning: Place | None = None) -> tuple[float, float]:
    coder = ThemeCoder(meaning=meaning)
    coder.fit(learnt.texts, learnt.codes, learnt.context, definitions=learnt.names, others=others)
    given = coder.predict(held.texts, held.context)
    micro, macro = (f1_score(held.codes, given, average=kind, zero_division=0) for kind in ("micro", "macro"))
    return float(micro), float(macro)


def _mean_f1(splits: list[Split], meaning: Place | None = None) -> tuple[float, float]:
    found = [_f1(learnt, held, others, meaning) for learnt, held, others in splits]
    micro, macro = (fmean(part) for part in zip(*found, strict=True))
    return micro, macro


def _splits(whole: Feedback) -> list[Split]:
    """For each seed what is learnt from, what is held back, and all the words."""
    return [(*whole.split(seed), whole.texts) for seed in SEEDS]


def _tens(split: Split, seed: int) -> Split:
    """Two hundred drawn by chance."""
    learnt, held, others = split
    return learnt.at(np.random.default_rng(seed).permutation(len(learnt.texts))[:TENS]), held, others


def _queued(split: Split) -> Split:
    """Two hundred as the queue asks for them, forty at a time."""
    learnt, held, others = split
    read = ThemeCoder().to_read_next(learnt.texts, 40)
    while len(read) < TENS:
        some = learnt.at(read)
        coder = ThemeCoder().fit(some.texts, some.codes, some.context, definitions=some.names, others=others)
        left = np.setdiff1d(np.arange(len(learnt.texts)), read)
        rest = learnt.at(left)
        read = np.concatenate([read, left[coder.to_read_next(rest.texts, 40, rest.context)]])
    return learnt.at(read), held, others


def _model_rows(all_coded: list[Split], few_coded: list[Split]) -> list[Row]:
    """The same with a sentence model beside the words, where somebody installed the extra."""
    try:
        meaning = Meaning.load(PACKAGED).place
    except NoModel:
        return [Row("coding: with a sentence model", "skipped: the extra is not installed", "", "", "", "", None)]
    micro, macro = _mean_f1(all_coded, meaning)
    return [
        _row("coding: all codes, with a sentence model, micro", micro, None, ""),
        _row("coding: all codes, with a sentence model, macro", macro, None, ""),
        _row(f"coding: {TENS} coded by chance, with a sentence model", _mean_f1(few_coded, meaning)[0], None, ""),
    ]


def rows() -> list[Row]:
    """F1 with all and with few coded answers; skipped where the set is not there."""
    folder = evaluation_data()
    if folder is None:
        return [Row("coding", "skipped: no data", "", "", "", "", None)]
    splits = _splits(Feedback.read(folder))
    micro, macro = _mean_f1(splits)
    bare_micro, bare_macro = _mean_f1(_splits(Feedback.read(folder, no_code=False)))
    few = [_tens(split, seed) for seed, split in zip(SEEDS, splits, strict=True)]
    queued = _mean_f1([_queued(split) for split in splits])[0]
    return [
        _row("coding: all codes, micro", micro, 0.73, "plain .716, DistilBERT .75"),
        _row("coding: all codes, macro", macro, 0.58, "plain .564, DistilBERT .67"),
        _row('coding: without the code "Not assigned", micro', bare_micro, None, ""),
        _row('coding: without the code "Not assigned", macro', bare_macro, None, ""),
        _row(f"coding: {TENS} coded by chance, micro", _mean_f1(few)[0], 0.58, ""),
        _row(f"coding: {TENS} coded as the queue asks, micro", queued, None, ""),
        *_model_rows(splits, few),
    ]


def _row(name: str, value: float, bar: float | None, peer: str) -> Row:
    return Row(name, value, "F1", f">= {bar}" if bar else "", peer, "", None if bar is None else value >= bar)
