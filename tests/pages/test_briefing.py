"""A seven-minute briefing: what young people told us is in it, a second person checks it, agencies are counted."""

import re
from datetime import date, timedelta

import pytest
import time_machine
from werkzeug.test import TestResponse

from engage.accounts.rules import Role
from engage.shared import db
from engage.youwesaid.actions import concern as concerns
from engage.youwesaid.rules.briefing import BOXES, LONGEST, words_in
from engage.youwesaid.rules.concerns import NewConcern
from engage.youwesaid.views.briefings import MOST
from tests.people import make_agency, make_person, sign_in

TODAY = date(2026, 11, 23)
TYPED = {"title": "Walking home in the dark", "told": "About 60 of you told us.", "ask": "Who lights the path?"}
PAGE = "/you-said-we-did/briefings/walking-home-in-the-dark"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel("2026-11-23T10:00:00+00:00", tick=False):
        yield


@pytest.fixture
def team(database):
    return {"voice": make_person(Role.VOICE), "pqa": make_person(Role.PQA)}


def make_concern(team, *, agreed=True, about=None) -> int:
    new = NewConcern("The path is dark", "You told us.", "travel", TODAY + timedelta(30), TODAY, (), "", about)
    concern_id = concerns.propose(new, by=team["voice"], today=TODAY)
    if agreed:
        concerns.hear(concern_id, by=team["pqa"], today=TODAY)
    db.session.commit()
    return concern_id


def write(visitor, team, concern_id: int, **typed: str) -> TestResponse:
    sign_in(visitor, team["voice"])
    return visitor.fill_in(f"/desk/concerns/{concern_id}/briefing", **(TYPED | typed))


def publish(visitor, team) -> str:
    """Write, check and publish; give the address on the desk."""
    desk = str(write(visitor, team, make_concern(team)).location)
    sign_in(visitor, team["pqa"])
    visitor.fill_in(desk, to=f"{desk}/check")
    sign_in(visitor, team["voice"])
    visitor.fill_in(desk, to=f"{desk}/publish")
    return desk


def test_it_begins_with_what_young_people_said(visitor, team):
    sign_in(visitor, team["voice"])
    page = visitor.get(f"/desk/concerns/{make_concern(team)}/briefing").text
    assert ">You told us.</textarea>" in page.replace("\r\n", "")


def test_it_is_public_after_a_second_person_checked_it(visitor, team):
    publish(visitor, team)
    page = visitor.get(PAGE).text
    assert "About 60 of you told us." in page
    assert "Who lights the path?" in page
    assert BOXES["known"] not in page
    assert PAGE in visitor.get("/you-said-we-did/briefings/").text


def test_whoever_wrote_it_cannot_check_it_and_nobody_reads_it_before(visitor, team):
    desk = write(visitor, team, make_concern(team)).location
    assert visitor.fill_in(desk, to=f"{desk}/check").status_code == 403
    assert visitor.fill_in(desk, to=f"{desk}/publish").status_code == 409
    assert visitor.get(PAGE).status_code == 404


def test_nobody_checks_a_briefing_that_was_changed_after_they_read_it(visitor, team):
    desk = write(visitor, team, make_concern(team)).location
    stale = re.search(r'name="?read"? value="?(\w+)', sign_in(visitor, team["pqa"]).get(desk).text)[1]
    sign_in(visitor, team["voice"])
    assert visitor.fill_in(desk, to=f"{desk}/rewrite", **(TYPED | {"known": "Something else"})).status_code == 303
    sign_in(visitor, team["pqa"])
    for read in (stale, ""):
        assert visitor.fill_in(desk, to=f"{desk}/check", read=read).status_code == 409
    assert visitor.fill_in(desk, to=f"{desk}/check").status_code == 303


def test_without_what_young_people_told_us_it_is_none(visitor, team):
    answer = write(visitor, team, make_concern(team), told=" ")
    assert answer.status_code == 422
    assert "Say what young people told us" in answer.text
    assert "Who lights the path?" in answer.text


def test_a_box_of_more_than_110_words_says_how_many_it_has(visitor, team):
    long = "word " * (LONGEST + 7)
    answer = write(visitor, team, make_concern(team), practice=long)
    assert answer.status_code == 422
    assert f"You wrote {words_in(long)}" in answer.text
    assert write(visitor, team, make_concern(team), practice="word " * LONGEST).status_code == 303


@pytest.mark.parametrize("held_back", ["not agreed", "about an agency"])
def test_it_never_tells_of_a_concern_before_the_public_page_does(visitor, team, held_back):
    about = make_agency() if held_back == "about an agency" else None
    answer = write(visitor, team, make_concern(team, agreed=held_back != "not agreed", about=about))
    assert answer.status_code == 409
    assert "not public yet" in answer.text


def test_agencies_are_counted_not_people(visitor, team):
    agency = make_agency("Northway School (invented)")
    desk = publish(visitor, team)
    for _ in range(2):
        assert visitor.fill_in(f"{PAGE}/used", agency_id=agency, how="meeting").status_code == 303
    visitor.fill_in(f"{PAGE}/used", agency_id=0, how="alone")
    page = " ".join(visitor.get(desk).text.split())
    assert '<th scope="row">Northway School (invented)</th> <td>2</td>' in page
    assert '<th scope="row">Another organisation</th> <td>1</td>' in page


def test_how_it_was_used_has_to_be_said_and_a_flood_is_stopped(visitor, team):
    publish(visitor, team)
    assert visitor.fill_in(f"{PAGE}/used", agency_id=0).status_code == 422
    assert visitor.fill_in(f"{PAGE}/used", agency_id=987, how="meeting").status_code == 422
    answers = [visitor.fill_in(f"{PAGE}/used", agency_id=0, how="meeting").status_code for _ in range(MOST)]
    assert answers == [303] * (MOST - 2) + [429] * 2


def test_taken_back_it_is_gone_until_it_is_checked_again(visitor, team):
    desk = publish(visitor, team)
    visitor.fill_in(desk, to=f"{desk}/withdraw")
    assert visitor.get(PAGE).status_code == 404
    assert visitor.fill_in(desk, to=f"{desk}/publish").status_code == 409
    assert visitor.fill_in(desk, to=f"{desk}/rewrite", **TYPED).status_code == 303


def test_whoever_used_it_is_told_that_it_is_counted(visitor, team):
    publish(visitor, team)
    agency = make_agency("Northway School (invented)")
    page = visitor.fill_in(f"{PAGE}/used", agency_id=agency, how="meeting")
    assert page.location == f"{PAGE}/used/kept"
    assert "You need not send it again" in visitor.get(page.location).text
    form = visitor.get(f"{PAGE}/used").text
    assert '<option selected value="">Choose where you work</option>' in form, "nobody is counted for the first agency"
