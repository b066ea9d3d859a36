"""How far each school, home or group has come, said so coarsely that no small count can be worked out of the total."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, inf

from engage.shared.counts import ROUNDING, shown

FEWEST_VALUES, SMALLEST_TOP = 4, 3  # a hidden count must leave room for four values, and for three people
FEW, SOME, UNDER, HALF, REACHED, HIDDEN = "few", "some", "under", "half", "reached", "hidden"


@dataclass(frozen=True)
class Counted:
    """How many came from one place, and how many the team hopes for, 0 for no number. True counts, not for showing."""

    count: int
    target: int = 0


@dataclass(frozen=True)
class Level:
    """What is said of one place; whoever reads it knows that its count lies from `low` to `high`."""

    kind: str
    low: float
    high: float


def levels(places: Sequence[Counted], *, minimum: int) -> list[Level]:
    """Say of each place how far it has come, as finely as the small ones allow.

    Fine is "half of what you hope for", coarse is "8 or more"; where even that gives a small count away, nothing.
    """
    total = _total(sum(place.count for place in places), minimum)
    for say in (_fine, _coarse):
        said = [say(place, minimum) for place in places]
        if all(_is_safe(level, said, total) for level in said if level.kind == FEW):
            return said
    return [Level(HIDDEN, 0, inf)] * len(places)


def room(level: Level, said: Sequence[Level], total: tuple[float, float]) -> tuple[float, float]:
    """The tightest range in which somebody with all levels and the total can place the count of one of them."""
    least, most = total
    low = least - sum(one.high for one in said) + level.high if all(one.high < inf for one in said) else 0
    return max(level.low, low), min(level.high, most - sum(one.low for one in said) + level.low)


def _is_safe(level: Level, said: Sequence[Level], total: tuple[float, float]) -> bool:
    low, high = room(level, said, total)
    return high - low + 1 >= FEWEST_VALUES and high >= SMALLEST_TOP


def _total(count: int, minimum: int) -> tuple[float, float]:
    """What a reader knows of the total as the pages show it."""
    said = shown(count, minimum)
    return (0, minimum - 1) if said is None else (said - ROUNDING // 2, said + ROUNDING // 2)


def _fine(place: Counted, minimum: int) -> Level:
    if place.count < minimum or not place.target:
        return _coarse(place, minimum)
    half = ceil(place.target / 2)
    if place.count >= place.target:
        return Level(REACHED, max(minimum, place.target), inf)
    if place.count >= half:
        return Level(HALF, max(minimum, half), place.target - 1)
    return Level(UNDER, minimum, half - 1)


def _coarse(place: Counted, minimum: int) -> Level:
    return Level(FEW, 0, minimum - 1) if place.count < minimum else Level(SOME, minimum, inf)
