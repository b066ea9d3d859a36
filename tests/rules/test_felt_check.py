"""When young people are asked, how a flood on a poster is held down, and how much of the answer may be said."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.accounts.rules import Role
from engage.shared.errors import NotAllowed, NotOpen, NotValid
from engage.youwesaid.rules import felt_check as rules
from engage.youwesaid.rules.concerns import FELT_BASE, felt_verdict
from engage.youwesaid.rules.felt_check import FELT_CHECK, NOBODY, Counts, Told

TODAY = date(2026, 11, 23)
DONE = TODAY - timedelta(weeks=9)
numbers = st.integers(0, 120)
counts = st.builds(Counts, numbers, numbers, numbers, numbers)


def test_nobody_is_asked_before_eight_weeks_and_it_is_late_after_twelve():
    rules.check_window(TODAY + timedelta(days=28), done_on=DONE, today=TODAY)
    with pytest.raises(NotValid, match="too early"):
        rules.check_window(TODAY + timedelta(days=28), done_on=TODAY - timedelta(days=55), today=TODAY)
    assert not rules.is_late(TODAY - timedelta(weeks=12), today=TODAY)
    assert rules.is_late(TODAY - timedelta(weeks=12, days=1), today=TODAY)


@pytest.mark.parametrize("closes_on", [None, TODAY, TODAY - timedelta(days=1), TODAY + timedelta(weeks=8, days=1)])
def test_the_last_day_is_to_come_and_not_far(closes_on):
    with pytest.raises(NotValid, match="Choose a last day"):
        rules.check_window(closes_on, done_on=DONE, today=TODAY)


def test_what_is_not_done_cannot_be_noticed():
    with pytest.raises(NotValid, match="nothing to notice"):
        rules.check_window(TODAY + timedelta(days=9), done_on=None, today=TODAY)


def test_only_the_panel_and_the_clock_close_it_and_only_once():
    assert FELT_CHECK.move("report", state="open", roles={Role.PQA}) == "reported"
    with pytest.raises(NotAllowed):
        FELT_CHECK.move("report", state="open", roles={Role.VOICE})
    with pytest.raises(NotOpen):
        FELT_CHECK.move("report", state="reported", roles={Role.PQA})


def test_a_person_closes_it_with_enough_or_after_its_day():
    assert rules.may_report(20, TODAY + timedelta(days=9), today=TODAY)
    assert not rules.may_report(19, TODAY, today=TODAY)
    assert rules.may_report(0, TODAY - timedelta(days=1), today=TODAY)


def test_those_who_do_not_know_are_not_in_the_base():
    assert Counts(5, 3, 2, 40).base == 10
    assert (Counts(1, 2, 3, 4) + Counts(1, 1, 1, 1)).people == 14


@given(counts, counts)
def test_a_poster_never_weighs_more_than_all_the_rest(others, poster):
    better, base = rules.weighed(others, poster)
    assert 0 <= better <= base
    assert others.base <= base <= 2 * others.base
    assert others.better <= better <= others.better + min(poster.better, base - others.base)


@given(counts, st.integers(0, 10_000))
def test_a_flood_alone_never_decides(poster, more):
    flood = Counts(poster.better + more, poster.no_change, poster.worse)
    assert felt_verdict(*rules.weighed(NOBODY, flood)) == "too few"
    asked = Counts(better=2, no_change=18)  # forums and receipts say no; however many tap yes, it stays no
    assert felt_verdict(*rules.weighed(asked, flood)) == "not felt" or flood.better / flood.base > 0.9


def test_without_the_weight_a_flood_would_decide():
    asked, flood = Counts(better=2, no_change=18), Counts(better=10_000)
    everybody = asked + flood
    assert felt_verdict(everybody.better, everybody.base) == "felt"


@given(counts, counts, counts, counts)
def test_what_is_told_holds_no_small_count_and_no_percentage_on_few(receipt, wave, forum, poster):
    ways = {"receipt": receipt, "wave": wave, "forum": forum, "poster": poster}
    better, base = rules.weighed(receipt + wave + forum, poster)
    told = rules.told(ways, better=better, base=base)
    assert Told.from_json(told.to_json()) == told
    for cell in (*told.ways, *told.answers):
        assert cell.shown is None or cell.shown == 0 or cell.shown >= 8
        assert cell.shown is None or cell.shown % 5 == 0
    assert told.public == (base >= 30)
    if told.better is not None:
        assert base >= FELT_BASE
        assert all(count == 0 or count >= 8 for count in (better, base - better))
        assert told.better.base in range(base - 2, base + 3)


def test_a_percentage_that_would_show_the_few_is_left_out():
    told = rules.told({"receipt": Counts(38, 2)}, better=38, base=40)
    assert told.better is None
    assert rules.told({"receipt": Counts(26, 14)}, better=26, base=40).better.percent == 63
