"""What was found: changes, ranks, waiting times and themes."""

from dataclasses import dataclass
from typing import Literal

from engage.analysis.method.records.base import Record
from engage.analysis.method.records.tables import Interval, Proportion

Direction = Literal["up", "down", "no clear change", "too few to say"]


@dataclass(frozen=True)
class Change(Record):
    """How one figure moved between two waves, in words that say no more than the numbers do."""

    key: str
    before: Proportion | None
    now: Proportion | None
    difference: float | None  # of shares, now minus before
    interval: Interval | None  # of the difference
    p: float | None
    q: float | None  # p after Benjamini-Hochberg over the family shown
    direction: Direction


@dataclass(frozen=True)
class Ranked(Record):
    """A place in an order: `rank` 1 is top; figures not clearly apart are `level_with` each other."""

    key: str
    proportion: Proportion
    rank: int
    level_with: tuple[str, ...]


@dataclass(frozen=True)
class Step(Record):
    """From this day on, this part is still waiting."""

    day: float
    waiting: float  # share, 0 to 1
    at_risk: int


@dataclass(frozen=True)
class KaplanMeier(Record):
    """How long things take, those still open counted; `median` None: fewer than half have happened yet."""

    median: float | None
    interval: Interval | None  # days
    naive_median: float | None  # of those that happened only; shown nowhere, kept for the check
    happened: int
    still_open: int
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Theme(Record):
    """Answers that say much the same: `places` are the positions of the exemplars among the answers given."""

    id: int
    words: tuple[str, ...]
    phrases: tuple[str, ...]
    exemplars: tuple[str, ...]
    size: int
    stability: float  # 0 to 1: how alike the theme comes out when some answers are left out
    places: tuple[int, ...] = ()
