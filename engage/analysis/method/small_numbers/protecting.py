"""Hide small counts, round the others, and hide more until no hidden one can be worked out."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds

from engage.analysis.method.proportions import rounded, wilson
from engage.analysis.method.records import Cell, Protected, Rule
from engage.analysis.method.small_numbers.attack import FEWEST_VALUES, cell_range, is_safe, shown_range
from engage.analysis.method.small_numbers.sums import Sums, key_of
from engage.analysis.method.small_numbers.true_counts import At, Table, places, table

MOST_TRIED = 12
Counts = Table | Mapping[str, int] | Mapping[str, Mapping[str, int]]


class _Guard:
    """True counts of linked tables, which of them are hidden so far, and what a reader could deduce."""

    def __init__(self, tables: Sequence[Table], rule: Rule, earlier: Sequence[Protected]) -> None:
        self.rule, self.sums = rule, Sums([*earlier, *tables])
        size = len(self.sums.place)
        self.truth = np.zeros(size, dtype=int)
        self.ours, self.small, self.hidden, self.printed = (np.zeros(size, dtype=bool) for _ in range(4))
        self.base, self.some = (np.zeros(size, dtype=bool) for _ in range(2))
        for one in tables:
            self._count(one)
        self.cap = float(10 * max([100, *self.truth, *(cell.shown or 0 for one in earlier for cell in one.cells)]))
        self.known_low, self.known_high = np.zeros(size), np.full(size, self.cap)
        for release in earlier:
            self._take(release)
        self._show_noughts()
        self.hidden &= ~self.printed
        self.low, self.high = self.known_low.copy(), self.known_high.copy()
        self.can_be_low = np.where(self.ours, self.truth, np.inf)
        self.can_be_high = np.where(self.ours, self.truth, -np.inf)

    def _count(self, one: Table) -> None:
        for at, count in one.totals().items():
            place = self.sums.place[key_of(one, at)]
            if self.ours[place] and self.truth[place] != count:
                raise ValueError(f"Two tables of {one.of!r} count the same people differently: {at}")
            self.truth[place], self.ours[place] = count, True
            self.small[place] |= count < self.rule.minimum and (count > 0 or one.sensitive)
            self.hidden[place] |= self.small[place]
            self.some[place] |= count > 0 and not one.sensitive  # a star where noughts are shown means some
            self.base[place] |= at[0] is None
        for at in _all_alike(one):
            self.hidden[self.sums.place[key_of(one, at)]] = True

    def _take(self, release: Protected) -> None:
        for cell in release.cells:
            place = self.sums.place[key_of(release, cell.at)]
            low, high = cell_range(cell, release, int(self.cap))
            self.known_low[place] = max(self.known_low[place], low)
            self.known_high[place] = min(self.known_high[place], high)
            self.printed[place] |= cell.shown is not None
            self.hidden[place] |= cell.shown is None

    def _show_noughts(self) -> None:
        """Where nobody was printed, nobody is in its parts either: hiding those would hide nothing."""
        nobody = np.flatnonzero(self.printed & (self.known_high == 0)).tolist()
        while nobody:
            lines = self.sums.lines_of[nobody[0]]
            parts = {part for line in lines if line.whole == nobody[0] and not line.gained for part in line.parts}
            fresh = [part for part in parts if not self.printed[part] and not self.truth[part]]
            self.printed[fresh], self.known_high[fresh] = True, 0
            nobody = [*nobody[1:], *fresh]

    def fix(self) -> None:
        """Set the bounds that a reader starts from."""
        for place in np.flatnonzero(self.ours).tolist():
            low, high = self._bounds(place)
            self.low[place] = max(low, self.known_low[place])
            self.high[place] = min(high, self.known_high[place])

    def _bounds(self, place: int) -> tuple[float, float]:
        count = int(self.truth[place])
        if self.hidden[place]:
            return int(self.some[place]), (self.rule.minimum - 1 if self.small[place] else self.cap)
        low, high = shown_range(rounded(count, self.rule), self.rule)
        for line in (self.rule.base_staff, self.rule.base_public) if self.base[place] else ():
            if low < line <= high:
                low, high = (line, high) if count >= line else (low, line - 1)
        return low, high

    @property
    def _known(self) -> Bounds:
        return Bounds(self.low, self.high)

    def _is_safe(self, place: int) -> bool:
        return is_safe(self.can_be_low[place], self.can_be_high[place])

    def _try(self, place: int) -> bool:
        for sign in (-1, 1):
            if not self._is_safe(place):
                found = self.sums.extreme(place, self._known, sign=sign)
                if found is not None:
                    self._keep(found)
        return self._is_safe(place)

    def exposed(self) -> int | None:
        """The first hidden figure that a reader could narrow too far."""
        gains = range(self.sums.published, len(self.sums.place))
        moved = (gain for gain in gains if any(self.high[line.whole] > 0 for line in self.sums.lines_of[gain]))
        asked = [*np.flatnonzero(self.hidden).tolist(), *moved]
        for found in self.sums.wide(lambda: [one for one in asked if not self._is_safe(one)], self._known):
            self._keep(found)
        return next((place for place in asked if not self._try(place)), None)

    def _keep(self, found: NDArray[np.float64]) -> None:
        """Remember whole numbers that fit: every figure may be what it is in them."""
        self.can_be_low = np.minimum(self.can_be_low, found)
        self.can_be_high = np.maximum(self.can_be_high, found)

    def cover(self, place: int) -> int | None:
        """Which figure to hide beside an exposed one: the one that costs a reader least.

        Before the number of all who answered is hidden, smaller groups a step further on are tried.
        """
        near, edge = self._ring({place})
        if not edge:
            return None
        best = min(edge, key=self._cost)
        if len(self.sums.keys[best][1]) > 1:
            return best
        further = {one for one in self._ring(near | edge)[1] if len(self.sums.keys[one][1]) > 1}
        return next((one for one in sorted(further, key=self._cost)[:MOST_TRIED] if self._helps(one, place)), best)

    def _ring(self, near: set[int]) -> tuple[set[int], set[int]]:
        """The nearest figures that can be hidden, and what was passed on the way to them."""
        while True:
            beside = set().union(*(self._beside(one) for one in near))
            edge = {one for one in beside if self._may_hide(one)} - near
            if edge or beside <= near:
                return near, edge
            near = near | beside

    def _helps(self, cover: int, place: int) -> bool:
        """Whether hiding one figure is enough for another."""
        low, high = self.can_be_low, self.can_be_high
        self.hidden[cover] = True
        self.fix()
        safe = self._try(place)
        self.hidden[cover] = False
        self.fix()
        self.can_be_low, self.can_be_high = low, high
        return safe

    def _may_hide(self, place: int) -> bool:
        free = self.ours[place] and not self.hidden[place] and not self.printed[place]
        return bool(free and self.truth[place])

    def _beside(self, place: int) -> set[int]:
        lines = self.sums.lines_of[place]
        return {other for line in lines for other in (line.whole, *line.parts)}

    def _cost(self, place: int) -> tuple[int, int, int]:
        return -len(self.sums.keys[place][1]), int(self.truth[place]), place


def _all_alike(one: Table) -> list[At]:
    """Answers of groups in which everybody gave the same sensitive answer."""
    if not one.sensitive or len(one.axes) == 1:
        return []
    totals, levels = one.totals(), one.axes[0].levels
    groups = [at[1:] for at in places(one.axes) if at[0] is None and any(at)]
    alike = [group for group in groups if any(totals[level, *group] == totals[None, *group] for level in levels)]
    return [(level, *group) for group in alike for level in levels]


def _check(rule: Rule) -> None:
    if rule.minimum <= FEWEST_VALUES or rule.rounding < 1 or rule.minimum <= rule.rounding // 2:
        raise ValueError(
            f"A minimum of {rule.minimum} with rounding to {rule.rounding} leaves a reader fewer than {FEWEST_VALUES} "
            "values for a hidden count; take a minimum of 5 or more"
        )


def _cell(guard: _Guard, one: Table, at: At) -> Cell:
    place, base = (guard.sums.place[key_of(one, cell)] for cell in (at, (None, *at[1:])))
    if guard.hidden[place]:
        return Cell(at, None)
    rule, count, people = guard.rule, int(guard.truth[place]), int(guard.truth[base])
    shown = rounded(count, rule)
    if at[0] is None or guard.hidden[base] or people < max(rule.base_staff, rule.minimum):
        return Cell(at, shown)
    whole = rounded(people, rule)
    percent = int(100 * shown / whole + 0.5)
    return Cell(at, shown, percent, wilson(shown, whole), public=people >= rule.base_public)


def _show(guard: _Guard, one: Table) -> Protected:
    cells = tuple(_cell(guard, one, at) for at in places(one.axes))
    facts = one.sensitive, one.exclusive, one.follows, one.among, one.merged, one.across
    return Protected(one.of, one.axes, cells, guard.rule, *facts)


def protect(counts: Counts, *, rule: Rule | None = None, earlier: Sequence[Protected] = ()) -> Protected:
    """Make a table safe to show: the only way from true counts to a page, a chart or a file.

    Parameters
    ----------
    counts : Table, or a mapping of answers to people, or of answers to groups to people
        True counts.
    rule : Rule, optional
        Minimum, rounding and smallest bases; the default rule when left out.
    earlier : sequence of Protected
        What was published before about the same people; it cannot be hidden any more.

    Returns
    -------
    protected : Protected
        Counts below the minimum hidden, others rounded, whole percentages from rounded counts on large enough bases,
        and further figures hidden until each hidden one spans at least 4 values and can be above 2.

    Raises
    ------
    ValueError
        If the counts or the rule make no sense.

    Notes
    -----
    Figures are hidden one at a time, smallest first and totals last, beside whatever is exposed; exposure is decided
    by integer programs, with every solution found kept as proof for all other figures. Against a reader who even
    knows which hidden figures are small. Source of the idea: Hundepool et al. (2012), Statistical Disclosure Control,
    Wiley, chapter 4.

    Examples
    --------
    >>> safe = protect({"yes": 13, "no": 13, "not sure": 1})
    >>> [cell.text for cell in safe.cells]  # the total first
    ['25', '*', '15', '*']
    """
    return protect_all([counts], rule=rule, earlier=earlier)[0]


def protect_all(
    tables: Sequence[Counts], *, rule: Rule | None = None, earlier: Sequence[Protected] = ()
) -> tuple[Protected, ...]:
    """Make tables that will be read together safe to show, as `protect` does for one.

    Parameters
    ----------
    tables : sequence of Table or mapping
        Tables with the same `of` share their totals: the same item by age, by gender, by area.
    rule, earlier
        As in `protect`.

    Returns
    -------
    protected : tuple of Protected, in the order given

    Raises
    ------
    ValueError
        If two tables count the same people differently, or the counts or the rule make no sense.

    Examples
    --------
    >>> one, two = protect_all([{"yes": 30, "no": 2}, {"yes": {"a": 14, "b": 16}, "no": {"a": 2}}])
    >>> one.cell("no").text, two.cell("no", "b").text
    ('*', '0')
    """
    rule = rule or Rule()
    _check(rule)
    known = [one if isinstance(one, Table) else table(one) for one in tables]
    guard = _Guard(known, rule, earlier)
    guard.fix()
    while (exposed := guard.exposed()) is not None:
        cover = guard.cover(exposed)
        if cover is None:
            break
        guard.hidden[cover] = True
        guard.fix()
    return tuple(_show(guard, one) for one in known)
