"""What was said at the tables: a line for each thing somebody said, without who."""

import re
from dataclasses import dataclass

from engage.shared.errors import NotValid
from engage.shared.words import N_

MARKS = re.compile(r"^\s*(?:[-–—•*·▪◦]+|\(?\d{1,2}[.)])\s+")
LONGEST = 2_000  # characters of one thing that was said
MOST = 200  # lines at once
WRITTEN_IN = ("live", "ended", "fed_back")


@dataclass(frozen=True)
class NewNotes:
    """What one facilitator wrote down at one table about one question."""

    table: str
    question: str
    words: str


def said(words: str) -> list[str]:
    """Split what was typed or pasted into the things that were said: a line each, list marks taken off.

    Raises `NotValid` when there is nothing, or more than anybody writes down at one table.
    """
    lines = [MARKS.sub("", line).strip() for line in words.splitlines()]
    found = [line[:LONGEST] for line in lines if re.search(r"\w", line)]
    if not found:
        raise NotValid(N_("Write down at least one thing that was said"))
    if len(found) > MOST:
        raise NotValid(N_("That is more than two hundred lines: send it in parts"))
    return found
