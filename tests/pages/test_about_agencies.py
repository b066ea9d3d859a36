"""What is said about an agency: hidden from it, from other agencies and from ambassadors until it is released."""

from datetime import date, timedelta

import pytest
import time_machine
from sqlalchemy import select

from engage.accounts.rules import Role
from engage.shared import db
from engage.youwesaid.actions import action as actions
from engage.youwesaid.actions import concern as concerns
from engage.youwesaid.actions import update as updates
from engage.youwesaid.actions.update import NewUpdate
from engage.youwesaid.models import ActionRow, ConcernHistoryRow, ConcernRow
from engage.youwesaid.queries.waiting import waiting
from engage.youwesaid.rules.concerns import NewConcern
from engage.youwesaid.rules.history import MADE_PUBLIC
from tests.people import make_agency, make_person, sign_in

TODAY = date(2026, 11, 23)
SOON = TODAY + timedelta(days=30)
TITLE = "Stopped without a reason"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel("2026-11-23T10:00:00+00:00", tick=False):
        yield


@pytest.fixture
def team(database):
    council, police = make_agency("Council"), make_agency("Police")
    return {
        "voice": make_person(Role.VOICE),
        "pqa": make_person(Role.PQA),
        "police_pqa": make_person(Role.PQA, agency_id=police),
        "council": make_person(Role.AGENCY, agency_id=council),
        "police": make_person(Role.AGENCY, agency_id=police),
        "ambassador": make_person(Role.AMBASSADOR),
        "lead": make_person(Role.SAFEGUARDING),
    }


def make_concern(team, *, heard=True, about="police") -> int:
    about_id = team[about].agency_id if about else None
    new = NewConcern(TITLE, "About 60 of you told us.", "travel", SOON, TODAY, (), "", about_id)
    concern_id = concerns.propose(new, by=team["voice"], today=TODAY)
    if heard:
        concerns.hear(concern_id, by=team["pqa"], today=TODAY)
    db.session.commit()
    return concern_id


def make_update(team, concern_id, *, checked) -> str:
    update_id = updates.draft(concern_id, NewUpdate("We asked why.", "", SOON), by=team["voice"], today=TODAY)
    if checked:
        updates.check_facts(update_id, by=team["pqa"], today=TODAY)
    db.session.commit()
    return f"/desk/updates/{update_id}"


def sees(app, person, words) -> tuple[int, bool]:
    client = sign_in(app.test_client(), person)
    return client.get(words).status_code, TITLE in client.get("/desk/updates/").text


HIDDEN, SEEN = (404, False), (200, True)


@pytest.mark.parametrize("checked", [True, False])
def test_an_update_on_what_is_not_released_is_for_staff_only(app, team, checked):
    concern_id = make_concern(team)
    words = make_update(team, concern_id, checked=checked)
    actions.ask(concern_id, agency_id=team["council"].agency_id, what="Look into it")
    db.session.commit()
    for role in ("council", "police", "ambassador"):
        assert sees(app, team[role], words) == HIDDEN, role
    for role in ("voice", "pqa", "lead"):
        assert sees(app, team[role], words) == SEEN, role
    concerns.release(concern_id, by=team["lead"], today=TODAY)
    db.session.commit()
    assert sees(app, team["council"], words) == SEEN
    assert sees(app, team["ambassador"], words) == (SEEN if checked else HIDDEN)


def test_an_agency_reads_updates_where_it_acts_and_nowhere_else(app, team):
    concern_id = make_concern(team, about=None)
    words = make_update(team, concern_id, checked=False)
    assert sees(app, team["council"], words) == HIDDEN
    actions.ask(concern_id, agency_id=team["council"].agency_id, what="Look into it")
    db.session.commit()
    assert sees(app, team["council"], words) == SEEN
    assert sees(app, team["police"], words) == HIDDEN


def test_an_agency_neither_learns_of_nor_moves_an_action_on_what_is_hidden_from_it(app, team):
    concern_id = make_concern(team)
    action_id = actions.ask(concern_id, agency_id=team["police"].agency_id, what="Stop it")
    db.session.commit()
    assert waiting(team["police"], TODAY) == []
    client = sign_in(app.test_client(), team["police"])
    typed = {"owner_id": team["police"].id, "due_on": SOON.isoformat(), "evidence": "x", "reason": "x"}
    for verb in ("agree", "start", "claim", "give_up"):
        assert client.fill_in("/desk/", f"/desk/actions/{action_id}/{verb}", **typed).status_code == 404, verb
    db.session.expire_all()
    assert db.session.get(ActionRow, action_id).state == "proposed"
    assert db.session.get(ConcernRow, concern_id).state == "heard"
    concerns.release(concern_id, by=team["lead"], today=TODAY)
    db.session.commit()
    assert [(line.words, line.count) for line in waiting(team["police"], TODAY)] == [
        ("Agree an action, or say why not", 1)
    ]


def test_what_waits_for_a_panel_member_leaves_out_what_is_hidden_from_their_agency(team):
    make_concern(team, heard=False)
    assert [line.words for line in waiting(team["pqa"], TODAY)] == ["Agree a concern"]
    assert waiting(team["police_pqa"], TODAY) == []


def test_what_waits_for_an_ambassador_is_what_they_can_open(team):
    concern_id = make_concern(team)
    make_update(team, concern_id, checked=True)
    assert waiting(team["ambassador"], TODAY) == []
    concerns.release(concern_id, by=team["lead"], today=TODAY)
    db.session.commit()
    assert [line.words for line in waiting(team["ambassador"], TODAY)] == ["Read words before they go out"]


def test_its_page_offers_what_can_be_done_and_leads_to_what_is_public(team, visitor):
    page = f"/desk/concerns/{make_concern(team)}"
    held = sign_in(visitor, team["lead"]).get(page).text
    assert "Release it" in held
    assert "Public page" not in held
    assert "Next step" not in held, "a heading with nothing below it"
    visitor.fill_in(page, f"{page}/release")
    released = visitor.get(page).text
    assert "and everybody else see it now" in released
    assert "Public page" in released
    assert "Next step" in sign_in(visitor, team["pqa"]).get(page).text


@pytest.mark.parametrize("released", [False, True])
def test_what_is_held_back_leads_to_no_public_page_and_no_briefing(team, visitor, released):
    concern_id = make_concern(team)
    if released:
        concerns.release(concern_id, by=team["lead"], today=TODAY)
        db.session.commit()
    sign_in(visitor, team["voice"])
    page, polish = (visitor.get(f"/desk/concerns/{concern_id}{more}").text for more in ("", "/translation/pl"))
    assert "Write an update" in page
    assert ("Write a briefing" in page) is ("The public page in this language" in polish) is released


@pytest.mark.parametrize("about", ["police", None])
def test_what_is_not_held_back_is_no_news_when_somebody_releases_it(team, visitor, about):
    concern_id = make_concern(team, about=about)
    sign_in(visitor, team["lead"])
    for _ in range(2):
        assert visitor.fill_in("/desk/concerns/", f"/desk/concerns/{concern_id}/release").status_code == 303
    told = list(db.session.scalars(select(ConcernHistoryRow.words).where(ConcernHistoryRow.concern_id == concern_id)))
    assert told.count(MADE_PUBLIC) == told.count("Released to the agency it is about") == (about is not None)
