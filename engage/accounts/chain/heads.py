"""Heads of the audit noted in a file of their own, outside the database, so that a chain whose tail was cut is seen.

Each line is sealed with the key and with the seal of the line before it: in the middle of the file nothing is changed
or taken away unseen. A backup that was brought back is noted too: what was noted after it was made holds no more.
"""

import fcntl
import json
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from hmac import compare_digest
from pathlib import Path
from typing import TextIO

from flask import current_app

from engage.accounts import chain
from engage.settings import Settings
from engage.shared import crypto

SEAL = 32  # letters of a line's seal
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Noted:
    """What the file holds: heads that still hold, when the last was noted (as it stands there), faults in sentences."""

    heads: tuple[str, ...] = ()
    last: str = ""
    faults: tuple[str, ...] = ()


def note_head(*, at: datetime, brought_back: bool = False) -> bool:
    """Add where the audit ends now to the file; answer whether it could be written."""
    head = chain.head_now()
    try:
        with _opened() as file:
            known = file.read()
            lines, cut = known.splitlines(), known and not known.endswith("\n")
            before = lines[-1][-SEAL:] if lines else ""
            words = json.dumps([at.isoformat(timespec="seconds"), head, "brought back" if brought_back else ""])
            file.write(("\n" if cut else "") + f"{words} {_seal(before, words)}\n")
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        log.warning("The audit's head could not be noted: %s", error)
        return False
    return True


def noted() -> Noted:
    """Read the file; one that is not there holds nothing."""
    path = file_of_heads()
    if not path.exists():
        return Noted()
    heads: list[str] = []
    faults, before, last = [], "", ""
    for number, line in enumerate(path.read_text().splitlines(), start=1):
        words, seal = line[: -SEAL - 1], line[-SEAL:]
        if not compare_digest(seal.encode(), _seal(before, words).encode()):
            faults.append(f"{path}: line {number} was changed, or a line before it was taken away")
            before = seal
            continue
        before, (last, head, brought_back) = seal, json.loads(words)
        heads = [one for one in heads if _place(one) <= _place(head)] if brought_back else heads
        heads.append(head)
    return Noted(tuple(heads), last, tuple(faults))


def verify(*, noted_elsewhere: str = "") -> tuple[chain.Verdict, Noted]:
    """Walk the audit's chain, and compare it with every head that the file holds and one noted elsewhere."""
    known = noted()
    found = chain.verify(noted=noted_elsewhere, kept=known.heads)
    return chain.Verdict(found.lines, found.head, (*found.faults, *known.faults)), known


def file_of_heads() -> Path:
    """Say where heads are noted."""
    settings: Settings = current_app.extensions["settings"]
    return settings.file_of_heads


@contextmanager
def _opened() -> Iterator[TextIO]:
    path = file_of_heads()
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with os.fdopen(os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600), "r+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield file


def _seal(before: str, words: str) -> str:
    return crypto.keyed("noted head", f"{before}\n{words}".encode()).hex()[:SEAL]


def _place(head: str) -> int:
    return int(head.partition(":")[0])
