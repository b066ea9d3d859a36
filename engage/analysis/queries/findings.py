"""Frozen results in parts: all questions in short, or one of them whole. Nothing here is more than a snapshot holds."""

from dataclasses import dataclass
from typing import Any

from engage.analysis.method.records import Cell, Change, Proportion
from engage.analysis.queries.snapshots import (
    SnapshotLine,
    Themes,
    frozen_body,
    line_of,
    origin_of,
    themes_of,
)
from engage.analysis.rules.freezing import Origin


@dataclass(frozen=True)
class Finding:
    """One question in a line: how many answered, the share of positive answers, how it moved."""

    item: str
    words: str
    section: str
    answered: Cell
    headline: Proportion | None
    change: Change | None


@dataclass(frozen=True)
class Overview:
    """A wave's results in short; `minimum` and `rounding` say how small numbers are hidden.

    `breaks` are the questions about young people themselves.
    """

    wave_code: str
    title: str
    final: bool
    origin: Origin
    responses: Cell
    since: str
    findings: tuple[Finding, ...]
    themes: Themes | None
    minimum: int
    rounding: int
    breaks: dict[str, str]

    @property
    def sections(self) -> tuple[str, ...]:
        """The subjects of the questions, in order."""
        return tuple(dict.fromkeys(one.section for one in self.findings))

    def moved(self, direction: str) -> tuple[Finding, ...]:
        """The questions that moved this way."""
        return tuple(one for one in self.findings if one.change and one.change.direction == direction)


@dataclass(frozen=True)
class Question:
    """One question of a wave, and which stand before and after it; `all_breaks` are what questions can be cut by."""

    wave_code: str
    title: str
    final: bool
    origin: Origin
    line: SnapshotLine
    before: str | None
    after: str | None
    all_breaks: dict[str, str]

    @property
    def breaks(self) -> dict[str, str]:
        """What this question can be cut by."""
        return {code: words for code, words in self.all_breaks.items() if code != self.line.item}


def overview(wave_code: str) -> Overview | None:
    """All questions of a wave in short, or None before the worker froze any. Raises `Changed`."""
    kept = frozen_body(wave_code)
    if kept is None:
        return None
    row, body = kept
    rule = body["lines"][0]["table"]["rule"] if body["lines"] else {"minimum": 8, "rounding": 5}
    return Overview(
        wave_code, body["title"], row.final, origin_of(row, body), Cell.from_json(body["responses"]), body["since"],
        tuple(_finding(line) for line in body["lines"]), themes_of(body), rule["minimum"], rule["rounding"],
        body.get("breaks", {}),
    )  # fmt: skip


def question(wave_code: str, item: str) -> Question | None:
    """One question of a wave, or None where there is no such question or nothing is frozen. Raises `Changed`."""
    kept = frozen_body(wave_code)
    row, body = kept or (None, {"lines": []})
    codes = [line["item"] for line in body["lines"]]
    if row is None or item not in codes:
        return None
    place = codes.index(item)
    return Question(
        wave_code, body["title"], row.final, origin_of(row, body), line_of(body["lines"][place]),
        codes[place - 1] if place else None, codes[place + 1] if place + 1 < len(codes) else None,
        body.get("breaks", {}),
    )  # fmt: skip


def _finding(line: dict[str, Any]) -> Finding:
    base = next(cell for cell in line["table"]["cells"] if cell["at"] == [None])
    return Finding(
        line["item"], line["words"], line["section"], Cell.from_json(base),
        line["headline"] and Proportion.from_json(line["headline"]),
        line["change"] and Change.from_json(line["change"]),
    )  # fmt: skip
