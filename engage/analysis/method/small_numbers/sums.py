"""Everything that a reader of published tables can add up, as lines between numbers of people."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from engage.analysis.method.records import Axis
from engage.analysis.method.small_numbers.true_counts import At, places

Key = tuple[str, tuple[tuple[str, str], ...]]
INFEASIBLE = 2  # how scipy's milp says that no numbers fit
WHOLE = 1e-6  # how far from a whole number one may be for the numbers of a solver
SEED, TURNS, MANY = 0, 8, 4  # how often many figures are tried at once, and from how many on


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
    @property
    def across(self) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]: ...


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
            lines |= dict.fromkeys((*self._wider(cut), *self._merged(cut), *self._across(cut), *self._gains(cut)))
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

    def _across(self, cut: Cut) -> Iterator[Line]:
        """Who gave this answer in other tables adds up to it; where one of them is missing, is at most it."""
        for level, parts in cut.across:
            item = cut.axes[0].code
            found = [self.place.get((of, ((item, answer),))) for of, answer in parts]
            known = tuple(one for one in found if one is not None)
            if known:
                yield Line(self.place[key_of(cut, (level,))], known, exact=len(known) == len(parts))

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
        return self._solved({place: sign}, bounds)

    def wide(self, left: Callable[[], list[int]], bounds: Bounds) -> Iterator[NDArray[np.float64]]:
        """Whole numbers that fit, with many figures high or low at once: few programs show that most can be either."""
        chance = np.random.default_rng(SEED)
        for turn in range(TURNS):
            places = left()
            signs = np.ones(len(places), dtype=int) if turn == 0 else chance.choice([-1, 1], len(places))
            for way in (-1, 1) if len(places) >= MANY else ():
                found = self._solved(dict(zip(places, (way * signs).tolist(), strict=True)), bounds)
                if found is not None:
                    yield found

    def _solved(self, signs: Mapping[int, int], bounds: Bounds) -> NDArray[np.float64] | None:
        """The best whole numbers that fit, None where none do.

        Sums of tables nearly always have whole corners (all of 1,379 programs of two demo waves), and the linear
        program that finds one takes a third of the time or less; where its corner has fractions, whole ones are asked.
        """
        aim = np.zeros(len(self.place))
        aim[list(signs)] = list(signs.values())
        corner = milp(aim, bounds=bounds, constraints=self.constraint, options={"presolve": False})
        if corner.status == INFEASIBLE:
            return None
        if corner.x is None or (np.abs(corner.x - np.round(corner.x)) > WHOLE).any():
            corner = milp(aim, integrality=np.ones(len(self.place)), bounds=bounds, constraints=self.constraint)
        return None if corner.x is None else np.round(corner.x)
