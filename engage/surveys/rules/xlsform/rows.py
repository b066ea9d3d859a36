"""One row of a workbook, what is noted about it, and what was asked in the rows before."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from engage.surveys.rules.xlsform.columns import OURS

LONGEST = 60  # characters of a cell that are said again
MOST_NOTES = 200


@dataclass(frozen=True)
class Line:
    """One row by the names of its columns; `number` as the workbook shows it."""

    number: int
    cells: Mapping[str, str]

    def at(self, name: str) -> str:
        """What stands in a column; empty where nothing does."""
        return self.cells.get(name, "")


class Noted:
    """What of a workbook was left out or changed, in sentences."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def say(self, line: Line, words: str) -> None:
        """Note something about a row."""
        if len(self.said) < MOST_NOTES:
            self.said.append(f"Row {line.number}, {line.at('name')[:LONGEST] or 'without a name'}: {words}")

    def ours(self, line: Line, wanted: Collection[str]) -> dict[str, Any]:
        """What our own column says of these; a cell that was broken on the way is left out and noted."""
        if not line.at(OURS):
            return {}
        try:
            found = json.loads(line.at(OURS))
        except (ValueError, RecursionError):
            found = None
        if not isinstance(found, dict):
            self.say(line, f"what stands under “{OURS}” cannot be read any more, so it was left out")
            return {}
        return {key: value for key, value in found.items() if key in wanted}


@dataclass
class Asked:
    """The lists of answers, and what the rows so far have asked."""

    lists: Mapping[str, list[dict[str, Any]]]
    default: str
    noted: Noted
    groups: list[str] = field(default_factory=list)  # the relevance of each group we are in
    items: dict[str, dict[str, Any]] = field(default_factory=dict)

    def step(self, kind: str, line: Line) -> None:
        """Go into a group or out of one; a repeated one is asked once."""
        if kind.startswith("begin"):
            self.groups.append(line.at("relevant"))
            if kind == "begin_repeat":
                self.noted.say(line, "questions are not repeated here, so this group is asked once")
        elif self.groups:
            self.groups.pop()


def named(code: str) -> str:
    """A code of an answer: what stands there, with _ for a space."""
    return "_".join(code.split())


def in_english(words: Mapping[str, str]) -> dict[str, str]:
    """A text with another language standing in where the English one is not there."""
    return {"en": next(iter(words.values()))} | dict(words)
