"""Attack protected tables by integer programs, with the guard on and off."""

import time
from dataclasses import replace

from engage.analysis.method.records import Audit, Protected
from engage.analysis.method.small_numbers import Table, audit, protect, protect_all
from tests.bench.table import Row
from tests.method.tables import LARGE, make_table, publish_unguarded

WAVES = 200
RELEASES = 40
UNGUARDED = "88 % of hidden cells solved when only small ones are hidden"


def _growing(seed: int) -> list[Protected]:
    """Two releases of one wave, a few invented people apart."""
    later = make_table(seed)
    counts = {at: count - (count > 0) * ((seed + place) % 3) for place, (at, count) in enumerate(later.counts.items())}
    first = protect(replace(later, of="first", counts={at: max(0, count) for at, count in counts.items()}))
    return [first, protect(replace(later, follows="first"), earlier=[first])]


def _filtered(seed: int) -> tuple[Protected, ...]:
    """One item by each of two breaks apart: totals shared, so one table filters the other."""
    whole = make_table(5 * seed + 4)
    return protect_all([_without(whole, 1), _without(whole, 2)])


def _without(whole: Table, gone: int) -> Table:
    axes = tuple(axis for number, axis in enumerate(whole.axes) if number != gone)
    counts: dict[tuple[str, ...], int] = {}
    for at, count in whole.counts.items():
        kept = tuple(level for number, level in enumerate(at) if number != gone)
        counts[kept] = counts.get(kept, 0) + count
    return replace(whole, axes=axes, counts=counts)


def _row(name: str, found: list[Audit], *, bar: str = "0") -> Row:
    value = sum(not one.safe for one in found)
    hidden = sum(len(one.ranges) for one in found)
    return Row(name, value, f"of {len(found)}", bar, f"{hidden} hidden figures", "", value == 0)


def rows() -> list[Row]:
    """Hidden figures worked out: none with the guard, many without."""
    tables = [make_table(seed, LARGE) for seed in range(WAVES)]
    begun = time.process_time()
    safe = [protect(one) for one in tables]
    each = 1000 * (time.process_time() - begun) / WAVES
    on, off = [audit(one) for one in safe], [audit(publish_unguarded(one)) for one in tables]
    pinned, control = (sum(one.pinned for one in found) for found in (on, off))
    solved = 100 * control / sum(len(one.ranges) for one in off)
    return [
        Row("hidden figures pinned, 200 tables", pinned, "figures", "0", UNGUARDED, "", pinned == 0),
        _row("tables with a figure narrowed too far", on),
        Row("guard off: hidden figures pinned", solved, "%", "> 25", UNGUARDED, "", solved > 25),
        _row("consecutive releases that can be subtracted", [audit(_growing(seed)) for seed in range(RELEASES)]),
        _row("pairs of filters that can be subtracted", [audit(_filtered(seed)) for seed in range(RELEASES)]),
        Row("protect one table", each, "CPU ms", "<= 1000", "", "", each <= 1000),
    ]
