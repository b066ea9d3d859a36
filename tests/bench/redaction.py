"""Redaction on synthetic sentences whose templates were never learnt from, and on invented answers."""

import json
import re
import time
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import yaml

from engage.analysis.method.redaction import redact
from tests.bench.table import PROJECT, Row, evaluation_data

INDIRECT = frozenset({"DATE_TIME", "AGE", "NRP", "TITLE"})
PEERS = "rules .51; Presidio .618, customised .845; token tagger .905 (names shared)"
WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Measured:
    """Precision and recall over words, and the share of clean texts that were touched."""

    precision: float
    recall: float
    touched: float

    @property
    def f1(self) -> float:
        return 2 * self.precision * self.recall / (self.precision + self.recall)


def rows() -> list[Row]:
    """The rows of the table."""
    return [*_synthetic_rows(evaluation_data()), *_invented_rows(), _speed()]


def _synthetic_rows(folder: Path | None) -> list[Row]:
    if folder is None:
        return [Row("redaction", "skipped: no data", "", "F1 >= .90", PEERS, "", None)]
    texts = [
        row for row in json.loads((folder / "redaction/synthetic_pii.json").read_text("utf-8")) if row["template"] % 2
    ]
    every = frozenset(span["type"] for row in texts for span in row["spans"])
    whole, direct, people = (measure(texts, kinds) for kinds in (every, every - INDIRECT, frozenset({"PERSON"})))
    small = measure(texts, frozenset({"PERSON"}), change=str.lower)
    banter = _touched_banter(folder)
    return [
        _row("redaction: F1, every kind, unseen templates", whole.f1, ">= .90", PEERS, ok=whole.f1 >= 0.90),
        _row("redaction: recall, every kind", whole.recall, ">= .97", PEERS, ok=whole.recall >= 0.97),
        _row(
            "redaction: F1, without dates, ages, nationalities, titles",
            direct.f1,
            ">= .90",
            PEERS,
            ok=direct.f1 >= 0.90,
        ),
        _row("redaction: recall, without those", direct.recall, ">= .97", PEERS, ok=direct.recall >= 0.97),
        _row("redaction: names, recall", people.recall, ">= .97", "rules .53", ok=people.recall >= 0.97),
        _row("redaction: lower-case names, recall", small.recall, ">= .90", "rules .23", ok=small.recall >= 0.90),
        _row("redaction: clean synthetic sentences touched", whole.touched, "<= .02", "", ok=whole.touched <= 0.02),
        _row("redaction: everyday comments touched (many do name people)", banter, "", "", ok=None),
    ]


def _invented_rows() -> list[Row]:
    lines = yaml.safe_load((PROJECT / "tests/method/redaction_voices.yaml").read_text("utf-8"))["clean"]
    touched = sum(bool(redact(str(line)).spans) for line in lines) / len(lines)
    return [_row("redaction: invented clean answers touched", touched, "<= .02", "", ok=touched <= 0.02)]


def _speed() -> Row:
    answers = [
        f"my friend amina number {number} says the bus to school is late and i will tell mr patel"
        for number in range(2000)
    ]
    began = time.process_time()
    for answer in answers:
        redact(answer)
    each = (time.process_time() - began) / len(answers)
    return Row("redaction: 100,000 answers of 17 words", each * 100_000, "CPU s", "", "", "", None)


def _row(name: str, value: float, bar: str, peer: str, *, ok: bool | None) -> Row:
    return Row(name, value, "share of words", bar, peer, "", ok)


def measure(texts: Iterable[dict[str, object]], kinds: frozenset[str], change: Callable[[str], str] = str) -> Measured:
    """Count words: taken and wanted, taken and not, wanted and not; words of other kinds count for neither."""
    hit = extra = missed = clean = touched = 0
    for row in texts:
        text, spans = change(str(row["text"])), row["spans"]
        if len(text) != len(str(row["text"])) or not isinstance(spans, list):
            continue
        taken = redact(text).spans
        clean, touched = clean + (not spans), touched + (not spans and bool(taken))
        for word in WORD.finditer(text):
            marks = {span["type"] for span in spans if span["start"] < word.end() and word.start() < span["end"]}
            out = any(start < word.end() and word.start() < end for start, end, _ in taken)
            hit, missed = hit + (out and bool(marks & kinds)), missed + (not out and bool(marks & kinds))
            extra += out and not marks
    return Measured(hit / max(1, hit + extra), hit / max(1, hit + missed), touched / max(1, clean))


def _touched_banter(folder: Path) -> float:
    lines = (folder / "screening/banter.csv").read_text("utf-8").splitlines()[1:]
    texts = [line.split(",", 1)[-1] for line in lines if "[" not in line and zlib.crc32(line.encode()) % 4 == 1]
    return sum(bool(redact(text).spans) for text in texts) / len(texts)
