"""Quarters, colours and what differs between two versions of a pack."""

from datetime import date, timedelta

import pytest

from engage.accounts.rules import Role
from engage.pqa.rules.pack.records import Few, YouthPage
from engage.pqa.rules.pack.states import PACK, check_frozen, check_young, check_youth_page
from engage.pqa.rules.quarters import check_meeting, due_on, period_of, quarter_named, quarter_of
from engage.pqa.rules.rag import Colour, standing
from engage.shared.errors import NotAllowed, NotFound, NotOpen, NotValid

DAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("day", "name", "last", "year"),
    [
        (date(2026, 4, 1), "April to June 2026", date(2026, 6, 30), 2026),
        (date(2026, 9, 30), "July to September 2026", date(2026, 9, 30), 2026),
        (date(2026, 12, 31), "October to December 2026", date(2026, 12, 31), 2026),
        (date(2028, 2, 29), "January to March 2028", date(2028, 3, 31), 2027),
    ],
)
def test_a_day_lies_in_a_quarter_of_a_year_from_april(day, name, last, year):
    quarter = quarter_of(day)
    assert (quarter.name, quarter.last, quarter.year) == (name, last, year)
    assert quarter_named(quarter.code) == quarter
    assert quarter.following.before == quarter


@pytest.mark.parametrize("code", ["2026-11", "2026-1", "26-10", "soon", "2026-10-01", "٢٠٢٦-10"])
def test_what_names_no_quarter_is_not_found(code):
    with pytest.raises(NotFound):
        quarter_named(code)


def test_a_pack_is_due_a_week_before_the_meeting():
    assert due_on(date(2026, 12, 10)) == date(2026, 12, 3)


def test_a_meeting_lies_after_the_quarter_began_and_not_long_after_it():
    quarter = quarter_of(DAY)
    check_meeting(quarter, quarter.last + timedelta(days=120))
    for day in (quarter.first - timedelta(days=1), quarter.last + timedelta(days=121)):
        with pytest.raises(NotValid):
            check_meeting(quarter, day)


def test_a_pack_begins_where_the_last_one_ended_but_reaches_back_one_quarter_at_most():
    quarter = quarter_of(DAY)
    first = quarter.first
    assert period_of(quarter, last_until=None, today=DAY).since == first
    assert period_of(quarter, last_until=date(2026, 9, 30), today=DAY).since == first
    assert period_of(quarter, last_until=date(2026, 9, 10), today=DAY).since == date(2026, 9, 10)
    assert period_of(quarter, last_until=date(2026, 5, 1), today=DAY).since == date(2026, 7, 1)
    assert period_of(quarter, last_until=None, today=date(2027, 3, 1)).until == quarter.last
    with pytest.raises(NotValid):
        period_of(quarter.following, last_until=None, today=DAY)


@pytest.mark.parametrize(
    ("state", "days", "colour", "why"),
    [
        ("not_done", 30, Colour.RED, "will not be done"),
        ("agreed", -1, Colour.RED, "late by 1 day"),
        ("in_progress", -40, Colour.RED, "late by 40 days"),
        ("agreed", 0, Colour.AMBER, "due within 14 days"),
        ("in_progress", 14, Colour.AMBER, "due within 14 days"),
        ("in_progress", 15, Colour.GREEN, "on time"),
        ("done_claimed", -40, Colour.AMBER, "said to be done, not looked at yet"),
        ("done_verified", -40, Colour.GREEN, "seen to be done"),
        ("proposed", None, Colour.AMBER, "not agreed yet"),
    ],
)
def test_colours_come_from_days_and_evidence(state, days, colour, why):
    due = None if days is None else DAY + timedelta(days=days)
    found = standing(state, due, today=DAY)
    assert (found.colour, found.why) == (colour, why)


def test_a_pack_without_frozen_results_says_what_to_do():
    check_frozen({"youth"}, until=DAY, next_closing=None)
    with pytest.raises(NotValid, match="The next one closes on 3 December 2026"):
        check_frozen((), until=DAY, next_closing=date(2026, 12, 3))


def test_young_peoples_page_is_written_by_ambassadors_who_are_nothing_else():
    check_young({Role.AMBASSADOR})
    for roles in ({Role.VOICE}, {Role.AMBASSADOR, Role.VOICE}, set()):
        with pytest.raises(NotAllowed):
            check_young(roles)


def test_an_older_wording_of_young_peoples_page_is_not_issued():
    old, new = (YouthPage("Ours", words, "Ask", DAY) for words in ("before", "after"))
    check_youth_page(new, new)
    for frozen in (old, None):
        with pytest.raises(NotOpen):
            check_youth_page(frozen, new)


def test_the_part_about_the_few_has_no_place_for_a_count():
    assert set(Few("youth", "Youth survey").to_json()) == {"code", "title"}


def test_only_the_panel_issues_and_only_once():
    assert PACK.move("issue", state="made", roles={Role.PQA}) == "issued"
    with pytest.raises(NotAllowed):
        PACK.move("issue", state="made", roles={Role.VOICE})
    with pytest.raises(NotOpen):
        PACK.move("issue", state="issued", roles={Role.PQA})
