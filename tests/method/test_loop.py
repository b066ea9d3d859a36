from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.analysis.method.loop import (
    Said,
    answered_by_promise,
    longest_open,
    reach,
    share_cannot,
    share_felt,
    slowest,
    time_from_said,
    time_to,
)

ANSWERED = [10, 20, 30, 40, 50, 52, 56, 56, 60, 70, 80, 90, 100, 110]
TODAY = date(2026, 6, 1)
SAID = date(2026, 1, 1)


def day(number: int) -> date:
    return SAID + timedelta(days=number)


def test_counting_the_open_ones_gives_ninety_days_and_not_fifty_six():
    found = time_to([(days, True) for days in ANSWERED] + [(120, False)] * 10)
    assert (found.naive_median, found.median, found.happened, found.still_open) == (56, 90, 14, 10)
    assert found.interval.low < 90
    assert found.interval.high is None


def test_the_same_from_dated_concerns():
    said = [Said(SAID, day(60), answered_on=day(days)) for days in ANSWERED] + [Said(SAID, day(60))] * 10
    assert time_from_said(said, "answered", today=day(120)).median == 90
    assert time_from_said(said, "did", today=day(120)).median is None


def test_while_fewer_than_half_have_happened_there_is_no_median():
    found = time_to([(5, True), (9, False), (9, False)])
    assert found.median is None
    assert found.interval is None or found.interval.high is None


@given(st.lists(st.tuples(st.integers(0, 300), st.booleans()), min_size=1, max_size=40))
def test_the_curve_only_falls_and_all_answered_gives_the_plain_median(events):
    steps = [step.waiting for step in time_to(events).steps]
    assert steps == sorted(steps, reverse=True)
    days = sorted(days for days, _ in events)
    assert time_to([(one, True) for one in days]).median == days[(len(days) - 1) // 2]


@pytest.mark.parametrize("events", [[], [(-1, True)]])
def test_nothing_to_time_or_time_running_backwards_is_refused(events):
    with pytest.raises(ValueError, match=r"concern|below 0"):
        time_to(events)


def test_a_promise_counts_from_the_day_it_is_due():
    said = [Said(SAID, day(30), answered_on=day(30)), Said(SAID, day(30), answered_on=day(31)), Said(SAID, day(30))]
    assert answered_by_promise(said, today=day(90)).percent == 33
    assert answered_by_promise([Said(SAID, day(30))], today=day(30)) is None


def test_the_longest_open_waits_unanswered():
    assert longest_open([Said(SAID, day(9)), Said(SAID, day(9), answered_on=day(99))], today=day(50)) == 50
    assert longest_open([], today=TODAY) is None


def test_cannot_is_a_share_of_answered_and_felt_a_share_of_done():
    done = Said(SAID, day(9), day(5), day(8), felt=True)
    said = [done, Said(SAID, day(9), day(5), cannot=True), Said(SAID, day(9), day(5), day(8), felt=False)]
    assert share_cannot(said).percent == 33
    assert share_felt(said).percent == 50
    assert share_cannot([]) is share_felt([]) is None


def test_the_slowest_reading_is_one_that_was_seen():
    assert slowest([5, 7, 300]) == 300
    assert slowest([]) is None
    with pytest.raises(ValueError, match="at most 1"):
        slowest([1], share=0)


def test_whom_we_heard_least_comes_first_and_hidden_groups_before_all():
    found = reach({"girls": 60, "boys": 20, "other": None}, {"girls": 500, "boys": 480, "other": 20})
    assert [one.group for one in found] == ["other", "boys", "girls"]
    with pytest.raises(ValueError, match="above 0"):
        reach({"x": 1}, {"girls": 500})
