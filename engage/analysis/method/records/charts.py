"""Drawings without a language: shapes, places for words, and the table that says the same."""

from dataclasses import dataclass, replace
from typing import Literal

from engage.analysis.method.records.base import Record

Shape = Literal["rect", "line", "circle"]
Unit = Literal["percent", "count", "days", "points"]
Anchor = Literal["start", "middle", "end"]


@dataclass(frozen=True)
class Mark(Record):
    """One drawn shape: two corners (rect), points joined (line) or a middle (circle); `role` is its class."""

    shape: Shape
    role: str
    points: tuple[tuple[float, float], ...]
    radius: float = 0.0

    @property
    def left(self) -> float:
        return min(x for x, _ in self.points)

    @property
    def top(self) -> float:
        return min(y for _, y in self.points)

    @property
    def width(self) -> float:
        return round(max(x for x, _ in self.points) - self.left, 1)

    @property
    def height(self) -> float:
        return round(max(y for _, y in self.points) - self.top, 1)

    @property
    def path(self) -> str:
        return " ".join(f"{x:g},{y:g}" for x, y in self.points)


@dataclass(frozen=True)
class Figure(Record):
    """A number with its unit, or None for one that is hidden."""

    value: float | None
    unit: Unit


@dataclass(frozen=True)
class Label(Record):
    """Where words or a number stand; the page turns `key` into the reader's language."""

    role: str
    x: float
    y: float
    anchor: Anchor
    key: str = ""
    figure: Figure | None = None


@dataclass(frozen=True)
class ChartRow(Record):
    """One row of the table under a chart."""

    key: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True)
class Chart(Record):
    """A drawing without a language: shapes, places for words, and the table that says the same."""

    kind: str
    width: float
    height: float
    marks: tuple[Mark, ...]
    labels: tuple[Label, ...]
    columns: tuple[str, ...]  # keys of the table's columns
    rows: tuple[ChartRow, ...]

    @property
    def keys(self) -> frozenset[str]:
        """Every key that the page must have words for."""
        placed = {label.key for label in self.labels if label.figure is None}
        return frozenset(placed | set(self.columns) | {row.key for row in self.rows})

    def mirrored(self) -> "Chart":
        """The same drawing for a language that reads from right to left."""

        def flip(x: float) -> float:
            return round(self.width - x, 1)

        marks = (replace(mark, points=tuple((flip(x), y) for x, y in mark.points)) for mark in self.marks)
        return replace(self, marks=tuple(marks), labels=tuple(replace(label, x=flip(label.x)) for label in self.labels))
