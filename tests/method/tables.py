"""Synthetic tables of invented people, and the two ways of publishing them: guarded, and with the guard off."""

from itertools import product

import numpy as np

from engage.analysis.method.records import Axis, Cell, Protected, Rule
from engage.analysis.method.small_numbers import Table
from engage.analysis.method.small_numbers.true_counts import places

SMALL = ((3,), (5,), (3, 3), (4, 3), (2, 3, 2))
LARGE = ((5,), (5, 4), (6, 5), (3, 4, 2), (4, 3, 3))


def make_table(seed: int, shapes: tuple[tuple[int, ...], ...] = SMALL) -> Table:
    """Invent one table: its shape, how skewed it is and whether it is sensitive all follow from the seed."""
    chance = np.random.default_rng(seed)
    shape = shapes[seed % len(shapes)]
    axes = tuple(Axis(f"axis{n}", tuple(f"level{level}" for level in range(size))) for n, size in enumerate(shape))
    weights = chance.dirichlet(np.full(int(np.prod(shape)), chance.uniform(0.3, 3)))
    people = chance.multinomial(int(chance.integers(10, 600)), weights)
    at = product(*(axis.levels for axis in axes))
    return Table("wave", axes, dict(zip(at, people.tolist(), strict=True)), sensitive=bool(chance.integers(2)))


def publish_unguarded(one: Table) -> Protected:
    """Hide only the small counts, print the others and all totals as they are."""
    rule, totals = Rule(rounding=1), one.totals()
    small = {at for at, count in totals.items() if count < rule.minimum and (count or one.sensitive)}
    cells = tuple(Cell(at, None if at in small else totals[at]) for at in places(one.axes))
    return Protected(
        one.of, one.axes, cells, rule, one.sensitive, one.exclusive, None, one.among, one.merged, one.across
    )
