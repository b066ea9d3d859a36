"""How one place stands, who takes which type, and what about a plan is told: the rules alone."""

from dataclasses import replace
from datetime import time

import pytest

from engage.forums.rules.places import ADULT_PLACES, YOUNG_PLACES, Limits, Place
from engage.forums.rules.setting_up import check_hours, is_elsewhere
from engage.forums.rules.signing_up import Professional, YoungPerson, kinds_of_place, seated
from engage.forums.rules.standing import may_be_asked, standing
from engage.forums.rules.states import SIGN_UP, TEAM
from engage.shared.errors import NotValid
from tests.rules.test_forum_states import PLAN

LIMITS = Limits(60, 40, 4, 16, 8, floor=30, agency_cap=5, adults=8)
YOUNG = YoungPerson("Ayo", 16, "ayo@example.org")
SAM = Professional("Sam", "Teacher", "A school", "sam@example.org")


@pytest.mark.parametrize("state", ["confirmed", "cancelled", "waitlisted", "expired"])
def test_at_a_cancelled_forum_every_place_is_off_however_it_ended(state):
    assert standing(state, forum_state="cancelled").state == "off"
    assert standing(state, forum_state="open").state == state


def test_a_place_the_team_took_away_says_so_and_leads_nowhere():
    taken = standing("cancelled", forum_state="open", why="The lift is broken")
    assert (taken.state, taken.may_return, taken.may_change) == ("taken_back", False, False)
    assert standing("cancelled", forum_state="open").may_return
    assert not standing("cancelled", forum_state="ended").may_return


def test_an_adult_is_asked_about_nothing_that_the_team_cancelled():
    assert may_be_asked(14, forum_state="open")
    assert not may_be_asked(14, forum_state="open", why="The lift is broken")
    assert not may_be_asked(14, forum_state="cancelled")
    assert not may_be_asked(16, forum_state="open")


def test_only_the_team_and_those_it_concerns_cancel_and_nobody_of_the_team_brings_somebody_back():
    assert SIGN_UP.move("cancel", state="confirmed", roles=TEAM) == "cancelled"
    assert [move.verb for move in SIGN_UP.open_moves("cancelled", TEAM)] == []


def test_the_only_type_of_place_is_everybodys():
    ambassadors = replace(LIMITS, young=0, ambassador=44)
    leaders = replace(LIMITS, professional=0)
    assert seated(YOUNG, ambassadors).place is Place.AMBASSADOR
    assert seated(replace(YOUNG, place=Place.AMBASSADOR), replace(LIMITS, ambassador=0)).place is Place.YOUNG
    assert seated(SAM, leaders).place is Place.FACILITATOR


def test_where_there_are_two_types_everybody_keeps_what_they_said():
    for person in (YOUNG, SAM, replace(YOUNG, place=Place.AMBASSADOR), replace(SAM, place=Place.FACILITATOR)):
        assert seated(person, LIMITS) == person
    assert kinds_of_place(YOUNG_PLACES, LIMITS) == list(YOUNG_PLACES)
    assert kinds_of_place(ADULT_PLACES, replace(LIMITS, facilitator=0)) == [Place.PROFESSIONAL]


@pytest.mark.parametrize(("starts", "ends"), [(time(18), time(17)), (time(18), time(18)), (time(6), time(18, 1))])
def test_hours_that_nobody_means_are_refused(starts, ends):
    with pytest.raises(NotValid, match="twelve hours"):
        check_hours(starts, ends)


@pytest.mark.parametrize(("starts", "ends"), [(time(6), time(18)), (time(20), time(1)), (None, time(1))])
def test_an_evening_and_a_draft_with_a_gap_pass(starts, ends):
    check_hours(starts, ends)


def test_another_hall_or_hours_concern_those_who_come_and_other_words_do_not():
    assert is_elsewhere(PLAN, replace(PLAN, venue="B hall"))
    assert is_elsewhere(PLAN, replace(PLAN, ends=time(20)))
    assert not is_elsewhere(PLAN, replace(PLAN, about="Trains", programme="More food"))
