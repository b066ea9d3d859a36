"""Answers of a wave of 100,000 responses, all invented, as each kind of file: seconds, size, and memory."""

import resource
import sys
import tempfile
import time
from collections.abc import Iterable
from contextlib import closing
from typing import BinaryIO, cast

from engage.shared import db
from engage.shared.clock import today
from engage.surveys.queries.answer_files import answer_file
from engage.surveys.queries.waves import wave
from engage.surveys.rules.answer_files.spss import write_sav
from engage.surveys.rules.answer_files.tables import write_csv, write_xlsx
from engage.surveys.rules.answer_files.taking import Taking
from tests.bench.hundred_thousand import MANY, app_in, run
from tests.bench.table import Row

PEERS = "LimeSurvey 65 s, Indico 210 s and 2.2 GB"
KINDS = (("csv", "check"), ("csv", "moving"), ("sav", "check"), ("xlsx", "check"))


def rows() -> list[Row]:
    """Each file made in a process of its own, so that none carries another's memory."""
    found = []
    with tempfile.TemporaryDirectory() as name:
        run("build", name)
        for kind, reason in KINDS:
            seconds, size, memory = run("make", name, kind, reason, module="answer_files")
            what = f"answers of {MANY:,} people: {kind}, {'in full' if reason == 'moving' else 'protected'}"
            found += [
                Row(what, seconds, "CPU s", *_bar(kind, seconds, f"{size / 1e6:.1f} MB")),
                Row(f"{what}, memory more", memory, "MiB", "<= 60", PEERS, "", memory <= 60),
            ]
    return found


def _bar(kind: str, seconds: float, size: str) -> tuple[str, str, str, bool | None]:
    """Bar, peers, note and whether it holds: a CSV has to come within five seconds."""
    return ("<= 5", PEERS, size, seconds <= 5) if kind == "csv" else ("", PEERS, size, None)


def make(folder: str, kind: str, reason: str) -> None:
    """CPU seconds, bytes, and the most MiB that making a file takes."""
    with app_in(folder), closing(cast("BinaryIO", tempfile.TemporaryFile())) as file, db.reading():
        asked = wave("many")
        before, begun = _memory(), time.process_time()
        taking = Taking(kind, reason, "", earlier=False)
        found = answer_file(asked, taking, today=today(), words=lambda _keys: {})
        written = _write(file, kind, found.columns, found.rows)
        assert MANY * (1 if taking.in_full else 0.9) <= written <= MANY  # protected, a few of each group are left out
        print(time.process_time() - begun, file.seek(0, 2), _memory() - before)


def _write(file: BinaryIO, kind: str, columns: list, rows: Iterable[list[str]]) -> int:  # type: ignore[type-arg]
    if kind == "csv":
        return write_csv(file, columns, rows)
    if kind == "sav":
        return write_sav(file, columns, rows, title="Many", made=today())
    return write_xlsx(file, columns, rows, limits=["Many"], made=today())


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    make(*sys.argv[2:]) if sys.argv[1:2] == ["make"] else print(*rows(), sep="\n")
