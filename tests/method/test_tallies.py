"""Counts that a page makes itself: a reader who knows the rule and tries every possibility pins none of the hidden."""

from collections import defaultdict
from collections.abc import Callable
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.analysis.method.records import Rule
from engage.analysis.method.tallies import shielded

NAMES = ("better", "no_change", "worse")
MOST = 32


FEWEST_VALUES, MUST_EXCEED = 4, 2  # rules.md N2
Show = Callable[..., tuple[str, ...]]


def shown(*counts: int) -> tuple[str, ...]:
    return tuple(cell.text for cell in shielded(dict(zip(NAMES, counts, strict=True))))


def only_small_hidden(*counts: int) -> tuple[str, ...]:
    """The control: what is small is hidden, and nothing else."""
    whole, *rest = (f"{5 * ((count + 2) // 5)}" for count in (sum(counts), *counts))
    return whole, *("*" if 0 < count < 8 else text for count, text in zip(counts, rest, strict=True))


def pinned(show: Show) -> list[tuple[str, ...]]:
    """What is shown for some counts, and leaves a hidden count fewer than four values or none above two."""
    possible: dict[tuple[str, ...], list[tuple[int, ...]]] = defaultdict(list)
    for counts in product(range(MOST + 1), repeat=len(NAMES)):
        sides = tuple(str(sum(counts) >= line) for line in (20, 30))  # percentages and what was decided tell that
        possible[(*show(*counts), *sides)].append(counts)
    whole = {page: all_of for page, all_of in possible.items() if page[0] != "*" and int(page[0]) + 2 <= MOST}
    return [
        page
        for page, all_of in whole.items()
        for place in range(len(NAMES))
        if page[place + 1] == "*" and is_narrow({counts[place] for counts in all_of})
    ]


def is_narrow(values: set[int]) -> bool:
    return len(values) < FEWEST_VALUES or max(values) <= MUST_EXCEED


def test_whoever_knows_the_rule_and_tries_everything_pins_nothing():
    assert pinned(shown) == []


def test_hiding_only_what_is_small_would_be_seen_through():
    assert pinned(only_small_hidden) != []


@pytest.mark.parametrize(
    ("counts", "says"),
    [
        ((31, 12, 8), ("50", "30", "10", "10")),
        ((31, 12, 1), ("45", "*", "*", "*")),
        ((38, 2, 0), ("40", "*", "*", "0")),
        ((3, 2, 1), ("*", "*", "*", "*")),
        ((0, 0, 0), ("0", "0", "0", "0")),
        ((20, 0, 0), ("20", "20", "0", "0")),
    ],
)
def test_either_all_counts_are_said_or_only_their_sum(counts, says):
    assert shown(*counts) == says


@given(st.lists(st.integers(0, 400), min_size=1, max_size=5))
def test_what_is_shown_is_never_small_and_never_far_from_the_truth(counts):
    cells = shielded({str(number): count for number, count in enumerate(counts)})
    assert cells[0].at == (None,)
    for count, cell in zip((sum(counts), *counts), cells, strict=True):
        if cell.shown is not None:
            assert count == 0 or count >= Rule().minimum
            assert abs(cell.shown - count) <= 2


def test_a_count_below_nothing_is_refused():
    with pytest.raises(ValueError, match="fewer than nobody"):
        shielded({"better": -1})
