"""Read published tables as somebody would who wants to know what is hidden in them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from engage.analysis.method.records import Audit, Axis, Cell, Protected, Range, Rule
from engage.analysis.method.small_numbers.true_counts import At, places

Key = tuple[str, tuple[tuple[str, str], ...]]
FEWEST_VALUES = 4
CONTRADICTED = "These tables contradict each other: no true counts could have given them"
LOWEST_TOP = 2


class Cut(Protocol):
    """What a table must say for a reader to add it up."""

    @property
    def of(self) -> str: ...
    @property
    def axes(self) -> tuple[Axis, ...]: ...
    @property
    def exclusive(self) -> bool: ...
    @property
    def follows(self) -> str | None: ...
    @property
    def among(self) -> tuple[tuple[str, str], ...]: ...
    @property
    def merged(self) -> tuple[tuple[str, tuple[str, ...]], ...]: ...


@dataclass(frozen=True)
class Line:
    """The parts and what they add up to; `exact` False: each part is at most the whole."""

    whole: int
    parts: tuple[int, ...]
    exact: bool = True
    gained: bool = False  # later release = earlier release + who came in between


def key_of(cut: Cut, at: At) -> Key:
    """Name a figure by who it counts, so that the same people have one name in every table."""
    levels = {axis.code: level for axis, level in zip(cut.axes, at, strict=True) if level is not None}
    return cut.of, tuple(sorted((dict(cut.among) | levels).items()))


class Sums:
    """Everything a reader can add up across tables: one number for each group of people."""

    def __init__(self, cuts: Sequence[Cut]) -> None:
        self.place: dict[Key, int] = {}
        lines: dict[Line, None] = {}
        for cut in cuts:
            for at in places(cut.axes):
                self.place.setdefault(key_of(cut, at), len(self.place))
            lines |= dict.fromkeys(self._lines(cut))
        self.published = len(self.place)
        for cut in cuts:
            lines |= dict.fromkeys((*self._wider(cut), *self._merged(cut), *self._gains(cut)))
        self.lines = tuple(lines)
        self.keys = tuple(self.place)

    def _lines(self, cut: Cut) -> Iterable[Line]:
        for number, axis in enumerate(cut.axes):
            for at in (at for at in places(cut.axes) if at[number] is None):
                parts = [(*at[:number], level, *at[number + 1 :]) for level in axis.levels]
                found = tuple(self.place[key_of(cut, part)] for part in parts)
                yield Line(self.place[key_of(cut, at)], found, exact=cut.exclusive or number > 0)

    def _wider(self, cut: Cut) -> Iterable[Line]:
        """Whoever said this and answered that is among those who said this."""
        for of, levels in {key_of(cut, at) for at in places(cut.axes)} if cut.among else ():
            for pair in (pair for pair in cut.among if pair in levels):
                whole = self.place.get((of, tuple(one for one in levels if one != pair)))
                if whole is not None:
                    yield Line(whole, (self.place[of, levels],), exact=False)

    def _merged(self, cut: Cut) -> Iterable[Line]:
        for level, parts in cut.merged:
            for at in (at for at in places(cut.axes) if at[0] == level):
                found = [self.place.get(key_of(cut, (part, *at[1:]))) for part in parts]
                known = tuple(one for one in found if one is not None)
                if len(known) == len(parts):
                    yield Line(self.place[key_of(cut, at)], known, exact=cut.exclusive)

    def _gains(self, cut: Cut) -> Iterable[Line]:
        for of, levels in [key for key in self.place if cut.follows and key[0] == cut.of]:
            earlier = self.place.get((cut.follows or "", levels))
            if earlier is not None:
                gain = self.place.setdefault((f"{of} minus {cut.follows}", levels), len(self.place))
                yield Line(self.place[of, levels], (earlier, gain), gained=True)

    @cached_property
    def constraint(self) -> LinearConstraint:
        rows: list[tuple[dict[int, int], float]] = []
        for line in self.lines:
            if line.exact:
                rows.append(({line.whole: 1} | dict.fromkeys(line.parts, -1), 0.0))
            else:
                rows.extend(({line.whole: 1, part: -1}, np.inf) for part in line.parts)
        at = [(row, column, sign) for row, (signs, _) in enumerate(rows) for column, sign in signs.items()]
        row, column, sign = np.array(at).T
        matrix = csr_array((sign.astype(float), (row, column)), shape=(len(rows), len(self.place)))
        return LinearConstraint(matrix, 0.0, np.array([top for _, top in rows]))

    @cached_property
    def lines_of(self) -> list[list[Line]]:
        found: list[list[Line]] = [[] for _ in self.place]
        for line in self.lines:
            for place in (line.whole, *line.parts):
                found[place].append(line)
        return found

    def neighbours(self, place: int) -> set[int]:
        """Who stands in a sum with this figure within one release."""
        lines = (line for line in self.lines_of[place] if not line.gained)
        return {other for line in lines for other in (line.whole, *line.parts)} - {place}

    def extreme(self, place: int, bounds: Bounds, *, sign: int) -> NDArray[np.float64] | None:
        """Whole numbers that fit everything published, with this figure as high (`sign` -1) or low (1) as can be."""
        aim = np.zeros(len(self.place))
        aim[place] = sign
        found = milp(aim, integrality=np.ones(len(self.place)), bounds=bounds, constraints=self.constraint)
        return None if found.x is None else np.round(found.x)


def is_safe(low: float, high: float) -> bool:
    """Whether a reader is left with enough values to choose from."""
    return high - low + 1 >= FEWEST_VALUES and high > LOWEST_TOP


def shown_range(shown: int, rule: Rule) -> tuple[int, int]:
    """Which true counts are shown as this number."""
    if shown == 0:
        return 0, 0
    low = shown - rule.rounding // 2
    return max(rule.minimum, low), low + rule.rounding - 1


def cell_range(cell: Cell, published: Protected, cap: int) -> tuple[int, int]:
    """Which true counts a reader who knows the rule takes this cell to stand for."""
    if cell.shown is None:
        return (0 if published.sensitive else 1), cap
    low, high = shown_range(cell.shown, published.rule)
    if cell.at[0] is not None or not cell.shown:
        return low, high
    answers = [published.cell(level, *cell.at[1:]) for level in published.axes[0].levels]
    return _base_range(low, high, [answer for answer in answers if answer.shown is not None], published.rule)


def _base_range(low: int, high: int, answers: list[Cell], rule: Rule) -> tuple[int, int]:
    for line, has in ((rule.base_staff, _percent_shown), (rule.base_public, _percent_public)):
        if answers and low < line <= high:
            low, high = (line, high) if any(has(answer) for answer in answers) else (low, line - 1)
    return low, high


def _percent_shown(cell: Cell) -> bool:
    return cell.percent is not None


def _percent_public(cell: Cell) -> bool:
    return cell.public


class _Reading:
    """What published tables say about each figure: bounds, and which are hidden."""

    def __init__(self, tables: Sequence[Protected]) -> None:
        self.sums = Sums(tables)
        size = len(self.sums.place)
        shown = [cell.shown or 0 for table in tables for cell in table.cells]
        cap = 10 * max([100, *shown])
        self.low, self.high = np.zeros(size), np.full(size, float(cap))
        self.hidden = np.zeros(size, dtype=bool)
        self.minimum = min(table.rule.minimum for table in tables)
        for table in tables:
            for cell in table.cells:
                self._read(table, cell, cap)

    def _read(self, table: Protected, cell: Cell, cap: int) -> None:
        place = self.sums.place[key_of(table, cell.at)]
        low, high = cell_range(cell, table, cap)
        self.low[place], self.high[place] = max(self.low[place], low), min(self.high[place], high)
        self.hidden[place] |= cell.shown is None

    def narrow_lone(self) -> None:
        """A figure hidden with no other near it, nor an earlier release, was small, and a reader knows it.

        Near is two sums away: so far a figure may be hidden for the sake of another. Where nothing could then have
        given what is published, the reader knows that it was hidden for one still further away.
        """
        high = self.high.copy()
        for place in np.flatnonzero(self.hidden).tolist():
            could_be_gain = any(line.gained and line.whole == place for line in self.sums.lines_of[place])
            if not could_be_gain and not any(self.hidden[other] for other in self._near(place)):
                self.high[place] = min(self.high[place], self.minimum - 1)
        if (self.high < high).any() and self.sums.extreme(0, Bounds(self.low, self.high), sign=1) is None:
            self.high = high

    def _near(self, place: int) -> set[int]:
        beside = self.sums.neighbours(place)
        return beside.union(*(self.sums.neighbours(one) for one in beside)) - {place}

    def asked(self) -> list[int]:
        gains = range(self.sums.published, len(self.sums.place))
        moved = [gain for gain in gains if any(self.high[line.whole] > 0 for line in self.sums.lines_of[gain])]
        return [*np.flatnonzero(self.hidden).tolist(), *moved]


def _range(reading: _Reading, place: int) -> Range:
    bounds = Bounds(reading.low, reading.high)
    least, most = (reading.sums.extreme(place, bounds, sign=sign) for sign in (1, -1))
    if least is None or most is None:
        raise ValueError(CONTRADICTED)
    of, at = reading.sums.keys[place]
    low, high = int(least[place]), int(most[place])
    return Range(of, at, low, high, is_safe(low, high))


def _ranges(reading: _Reading) -> Iterator[Range]:
    """Ranges a reader is left with, each only as wide as it takes to be called safe: one solution serves many."""
    size, bounds = len(reading.sums.place), Bounds(reading.low, reading.high)
    least, most = np.full(size, np.inf), np.full(size, -np.inf)
    for place in reading.asked():
        for sign in (1, -1):
            if not is_safe(least[place], most[place]):
                found = reading.sums.extreme(place, bounds, sign=sign)
                if found is None:
                    raise ValueError(CONTRADICTED)
                least, most = np.minimum(least, found), np.maximum(most, found)
        of, at = reading.sums.keys[place]
        low, high = int(least[place]), int(most[place])
        yield Range(of, at, low, high, is_safe(low, high))


def audit(published: Protected | Sequence[Protected], *, exact: bool = True) -> Audit:
    """Work out, for every hidden figure, the tightest range that a reader can deduce.

    The reader knows the rule, adds up every margin, compares tables of the same people (`of`), and subtracts an
    earlier release from a later one (`follows`): who came in between counts as hidden too.

    Parameters
    ----------
    published : Protected, or a sequence of them
        Everything a reader can see together.
    exact : bool
        Whether each range is the tightest one. If not, a safe one may be wider than said, which is several times
        faster; `pinned` and `safe` are the same.

    Returns
    -------
    audit : Audit
        One `Range` for each hidden figure, in people; `pinned` counts those with one possible value; `safe` is True
        when each spans at least 4 values and can be above 2.

    Raises
    ------
    ValueError
        If there is no table, or no true counts could have given these.

    Notes
    -----
    Integer programs over all margins at once (HiGHS). Source of the idea: Hundepool et al. (2012), Statistical
    Disclosure Control, Wiley, chapter 4. A hidden figure alone in all its sums is known to be small.

    Examples
    --------
    >>> from engage.analysis.method.small_numbers import protect
    >>> found = audit(protect({"yes": 13, "no": 13, "not sure": 1}))
    >>> found.safe, found.pinned
    (True, 0)
    """
    tables = [published] if isinstance(published, Protected) else list(published)
    if not tables:
        raise ValueError("There is no table to audit")
    reading = _Reading(tables)
    reading.narrow_lone()
    ranges = tuple((_range(reading, place) for place in reading.asked()) if exact else _ranges(reading))
    pinned = sum(found.low == found.high for found in ranges)
    return Audit(ranges, pinned, all(found.safe for found in ranges))
