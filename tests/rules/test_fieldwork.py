"""What is said of each place is so coarse that no small count can be worked out of it and the total together."""

from itertools import product
from random import Random

import pytest

from engage.shared.counts import ROUNDING, shown
from engage.surveys.rules.fieldwork import FEW, HALF, HIDDEN, REACHED, SOME, UNDER, Counted, Level, levels, room

MINIMUM = 8


def kinds(*places: tuple[int, int]) -> list[str]:
    return [level.kind for level in levels([Counted(*place) for place in places], minimum=MINIMUM)]


@pytest.mark.parametrize(
    ("place", "kind"),
    [((7, 30), FEW), ((8, 30), UNDER), ((15, 30), HALF), ((29, 30), HALF), ((30, 30), REACHED), ((50, 0), SOME)],
)
def test_a_place_is_held_against_what_is_hoped_for_it(place, kind):
    assert kinds(place, (40, 300))[0] == kind


def test_where_reached_goals_would_give_a_small_count_away_less_is_said():
    assert kinds((13, 13), (13, 13), (1, 20)) == [SOME, SOME, FEW]


def test_where_even_that_gives_it_away_nothing_is_said():
    assert kinds((8, 0), (8, 0), (1, 0)) == [HIDDEN] * 3


def possible(said: list[Level], count: int) -> dict[int, set[int]]:
    """Try every way the counts could be, given all that is said; what each place that is hidden could then be."""
    total = shown(count, MINIMUM)
    able = [range(int(level.low), int(min(level.high, count + ROUNDING)) + 1) for level in said]
    ways = (way for way in product(*able) if shown(sum(way), MINIMUM) == total)
    found: dict[int, set[int]] = {}
    for way in ways:
        for place, level in enumerate(said):
            if level.kind == FEW:
                found.setdefault(place, set()).add(way[place])
    return found


def tried(random: Random) -> list[Counted]:
    return [Counted(random.choice((0, 1, 3, 8, 9, 13)), random.choice((0, 8, 13, 20))) for _ in range(3)]


def test_trying_every_way_leaves_room_for_four_counts_in_each_hidden_place():
    random = Random(7)
    for _ in range(60):
        places = tried(random)
        said = levels(places, minimum=MINIMUM)
        for left in possible(said, sum(place.count for place in places)).values():
            assert len(left) >= 4, places
            assert max(left) >= 3, places


def test_control_saying_goals_without_looking_pins_small_counts():
    places = [Counted(13, 13), Counted(13, 13), Counted(1, 20)]
    said = [Level(REACHED, 13, 99), Level(REACHED, 13, 99), Level(FEW, 0, 7)]
    assert possible(said, sum(place.count for place in places)) == {2: {0, 1}}
    assert room(said[2], said, (23, 27)) == (0, 1)
