"""Tables that are safe to show, and what a reader could still work out from them."""

from dataclasses import dataclass, replace
from functools import cached_property
from itertools import product

from engage.analysis.method.records.base import Record

HIDDEN = "*"


@dataclass(frozen=True)
class Rule(Record):
    """How small numbers are hidden: counts below `minimum` hidden, the rest to the nearest `rounding`."""

    minimum: int = 8
    rounding: int = 5
    base_staff: int = 20
    base_public: int = 30


@dataclass(frozen=True)
class Interval(Record):
    """Where the figure plausibly lies (95 %), in the unit of the figure it belongs to; `high` None has no top."""

    low: float
    high: float | None


@dataclass(frozen=True)
class Proportion(Record):
    """A part of a whole, from counts already rounded by `rounding` (1: published by others as exact)."""

    count: int
    base: int
    interval: Interval  # of the share, 0 to 1
    rounding: int = 5

    @property
    def share(self) -> float:
        return self.count / self.base

    @property
    def percent(self) -> int:
        return int(100 * self.share + 0.5)

    @property
    def likely(self) -> tuple[int, int]:
        """The interval in whole per cent: more digits than the figure itself would promise too much."""
        return round(100 * self.interval.low), round(100 * (1.0 if self.interval.high is None else self.interval.high))


@dataclass(frozen=True)
class Axis(Record):
    """One way a table is cut: an item or a break, and the codes of its levels in order."""

    code: str
    levels: tuple[str, ...]


@dataclass(frozen=True)
class Cell(Record):
    """One figure of a table; `at` names a level on each axis, None for the total over it; `shown` None is hidden."""

    at: tuple[str | None, ...]
    shown: int | None
    percent: int | None = None
    interval: Interval | None = None  # of the share, 0 to 1
    public: bool = False  # the percentage rests on enough people for a public page

    @property
    def hidden(self) -> bool:
        return self.shown is None

    @property
    def text(self) -> str:
        return HIDDEN if self.shown is None else str(self.shown)


@dataclass(frozen=True)
class Protected(Record):
    """A table that may be shown: small counts hidden, the others rounded, none deducible."""

    of: str  # the people counted, as "autumn-2026:safe_home"; tables of the same people share their totals
    axes: tuple[Axis, ...]  # answers first, then breaks
    cells: tuple[Cell, ...]
    rule: Rule
    sensitive: bool = False
    exclusive: bool = True  # one answer each, so answers add up to the total; False: people could pick several
    follows: str | None = None  # `of` of an earlier release that this one contains
    among: tuple[tuple[str, str], ...] = ()  # what everybody counted here has said, as (axis, level)
    merged: tuple[tuple[str, tuple[str, ...]], ...] = ()  # answers that are others of the same item taken together
    across: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()  # answers that sum (people, answer)

    @cached_property
    def _places(self) -> dict[tuple[str | None, ...], Cell]:
        return {cell.at: cell for cell in self.cells}

    def cell(self, *at: str | None) -> Cell:
        """The figure at these levels; levels left out at the end are totals. Raises `KeyError` for no such level."""
        return self._places[at + (None,) * (len(self.axes) - len(at))]

    def base(self, *breaks: str | None) -> Cell:
        """How many people the percentages of this group rest on. Raises `KeyError` for no such group."""
        return self.cell(None, *breaks)

    def proportion(self, *at: str | None) -> Proportion | None:
        """The part of its group that gave this answer; None where either count is hidden or the group is small."""
        cell, base = self.cell(*at), self.base(*at[1:])
        if cell.shown is None or not base.shown or cell.interval is None:
            return None
        return Proportion(cell.shown, base.shown, cell.interval, self.rule.rounding)

    @property
    def groups(self) -> list[tuple[str, ...]]:
        """Every group that the breaks make, one level of each."""
        return list(product(*(axis.levels for axis in self.axes[1:])))

    def for_public(self) -> "Protected":
        """The same table without the percentages that rest on too few people for a public page."""
        bare = (cell if cell.public else replace(cell, percent=None, interval=None) for cell in self.cells)
        return replace(self, cells=tuple(bare))


@dataclass(frozen=True)
class Range(Record):
    """What a reader can work out about a figure that is not shown: a whole number from `low` to `high`."""

    of: str
    at: tuple[tuple[str, str], ...]  # (axis, level); an axis not named is a total
    low: int
    high: int
    safe: bool


@dataclass(frozen=True)
class Audit(Record):
    """What can be deduced from published tables; `safe` when no hidden figure can be narrowed too far."""

    ranges: tuple[Range, ...]
    pinned: int  # hidden figures a reader can work out exactly
    safe: bool
