"""Read published tables as somebody would who wants to know what is hidden in them."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds

from engage.analysis.method.records import Audit, Cell, Protected, Range, Rule
from engage.analysis.method.small_numbers.sums import Sums, key_of

FEWEST_VALUES = 4
CONTRADICTED = "These tables contradict each other: no true counts could have given them"
LOWEST_TOP = 2


def is_safe(low: float, high: float) -> bool:
    """Whether a reader is left with enough values to choose from."""
    return bool(high - low + 1 >= FEWEST_VALUES and high > LOWEST_TOP)


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
    bounds, proof = Bounds(reading.low, reading.high), _Proof(len(reading.sums.place))
    for sign in (1, -1):
        proof.keep(reading.sums.extreme(place, bounds, sign=sign))
    return proof.range_of(reading.sums, place)


class _Proof:
    """How low and how high each figure may be, as far as whole numbers that fit have shown."""

    def __init__(self, size: int) -> None:
        self.least, self.most = np.full(size, np.inf), np.full(size, -np.inf)

    def keep(self, found: NDArray[np.float64] | None) -> None:
        if found is None:
            raise ValueError(CONTRADICTED)
        self.least, self.most = np.minimum(self.least, found), np.maximum(self.most, found)

    def is_safe(self, place: int) -> bool:
        return is_safe(self.least[place], self.most[place])

    def range_of(self, sums: Sums, place: int) -> Range:
        of, at = sums.keys[place]
        return Range(of, at, int(self.least[place]), int(self.most[place]), self.is_safe(place))


def _ranges(reading: _Reading) -> Iterator[Range]:
    """Ranges a reader is left with, each only as wide as it takes to be called safe: one solution serves many."""
    sums, bounds, asked = reading.sums, Bounds(reading.low, reading.high), reading.asked()
    proof = _Proof(len(sums.place))
    for found in sums.wide(lambda: [one for one in asked if not proof.is_safe(one)], bounds):
        proof.keep(found)
    for place in asked:
        for sign in (1, -1):
            if not proof.is_safe(place):
                proof.keep(sums.extreme(place, bounds, sign=sign))
        yield proof.range_of(sums, place)


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
