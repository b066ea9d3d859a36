"""Decisions say how young people's views changed them; challenges are answered by others, or follow the panel."""

import json
from datetime import date, timedelta

import pytest
import time_machine
from sqlalchemy import select

from engage.accounts.rules import Role
from engage.pqa.actions import pack as packs
from engage.pqa.models import AskedRow, DecisionRow, PackRow
from engage.pqa.queries.decisions import challenges
from engage.pqa.queries.waiting import waiting
from engage.pqa.rules.pack.states import Correction
from engage.shared import db
from engage.shared.clock import today
from tests.packs import NOW, QUARTER, ROOM, make_frozen, make_issued, make_panel
from tests.people import give, make_person, sign_in

TODAY = date(2026, 11, 25)
DUE = "2026-12-20"
LIST = "/desk/decisions/"
OUR_PAGE = f"/desk/our-page/{QUARTER.code}"
WORDS = {"title": "Our page", "words": "We read it.\nTwice.", "ask": "Walk with us"}


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def panel(database):
    return make_panel()


@pytest.fixture
def issued(panel):
    make_frozen()
    make_issued(panel)
    return panel


def decision(owner, **changes) -> dict[str, object]:
    typed = {"asked_id": 0, "words": "Lights first", "views_changed": "They wrote about the way", "due_on": DUE}
    return typed | {"owner_id": owner.id} | changes


def decide(app, issued, **changes):
    visitor = sign_in(app.test_client(), issued["pqa"])
    return visitor.fill_in(f"{ROOM}/decide", **decision(issued["agency"], **changes))


def challenge(app, person, words="Who was not asked?"):
    return sign_in(app.test_client(), person).fill_in(f"{ROOM}/challenge", challenge=words)


def today_of(person) -> list[str]:
    return [line.words for line in waiting(person, today())]


@pytest.mark.parametrize("views", ["", "n/a", " None "])
def test_a_decision_without_the_answer_is_a_sentence_and_keeps_what_was_typed(app, issued, views):
    refused = decide(app, issued, views_changed=views)
    assert refused.status_code == 422
    assert "young people&#39;s views changed this" in refused.text
    assert "Lights first" in refused.text
    assert db.session.scalars(select(DecisionRow)).all() == []


def test_a_decision_waits_for_its_owner_who_says_what_came_of_it(app, issued):
    assert decide(app, issued).status_code == 303
    assert today_of(issued["agency"]) == ["Decisions of the panel that are yours"]
    owner = sign_in(app.test_client(), issued["agency"])
    assert "Lights first" in owner.get(LIST).text
    assert "Lights first" not in sign_in(app.test_client(), make_person(Role.AGENCY)).get(LIST).text
    one = db.session.scalars(select(DecisionRow.id)).one()
    done = f"/desk/decisions/{one}/done"
    assert done in owner.get(LIST).text
    assert owner.fill_in(done, came_of_it="").status_code == 422
    other = sign_in(app.test_client(), issued["voice"])
    assert other.get(done).status_code == 404
    assert done not in other.get(LIST).text
    assert other.fill_in("/desk/", to=done, came_of_it="Done").status_code == 403
    assert owner.fill_in(done, came_of_it="Six lamps work").status_code == 303
    assert "Six lamps work" in sign_in(app.test_client(), issued["pqa"]).get(ROOM).text
    assert today_of(issued["agency"]) == []


def test_an_open_decision_and_a_challenge_without_an_answer_stand_in_the_next_pack(app, issued):
    decide(app, issued)
    challenge(app, issued["scrutineer"])
    with time_machine.travel("2027-01-20T10:00:00+00:00", tick=False):
        make_issued(issued, QUARTER.following)
    body = json.loads(db.session.scalars(select(PackRow.body).order_by(PackRow.id.desc())).first())
    assert [(one["words"], one["late"]) for one in body["earlier"]] == [("Lights first", True)]
    assert [one["words"] for one in body["challenges"]] == ["Who was not asked?"]


def test_a_question_that_was_decided_is_asked_no_more(app, issued):
    visitor = sign_in(app.test_client(), issued["pqa"])
    visitor.fill_in(ROOM, to=f"{ROOM}/ask", words="Pay for lights?", why="It is dark")
    assert "Pay for lights?" in visitor.get(f"{ROOM}/decide").text
    decide(app, issued, asked_id=db.session.scalars(select(AskedRow.id)).one())
    assert "Pay for lights?" not in visitor.get(f"{ROOM}/decide").text


def test_nothing_is_decided_or_challenged_before_a_pack_is_issued(app, panel):
    visitor = sign_in(app.test_client(), panel["pqa"])
    assert "is not issued yet" in visitor.get(f"{ROOM}/decide").text
    sent = visitor.fill_in(ROOM, to=f"{ROOM}/decide", **decision(panel["agency"]))
    assert (sent.status_code, "nothing to decide on" in sent.text) == (409, True)
    assert visitor.fill_in(ROOM, to=f"{ROOM}/challenge", challenge="Why?").status_code == 409


def test_nobody_answers_their_own_challenge_and_the_answer_stands_beside_it(app, issued):
    assert challenge(app, issued["pqa"]).status_code == 303
    [made] = challenges(today=TODAY)
    answer = f"/desk/challenges/{made.id}/answer"
    own = sign_in(app.test_client(), issued["pqa"]).fill_in(answer, answer="Fine")
    assert (own.status_code, "nobody answers their own challenge" in own.text) == (403, True)
    assert "Answer a challenge" not in today_of(issued["pqa"])
    assert "Answer a challenge" in today_of(issued["other"])
    other = sign_in(app.test_client(), issued["other"])
    assert answer in other.get(LIST).text
    assert answer not in sign_in(app.test_client(), issued["scrutineer"]).get(LIST).text
    assert other.fill_in(answer, answer="").status_code == 422
    assert other.fill_in(answer, answer="Two homes").status_code == 303
    again = sign_in(app.test_client(), issued["voice"]).fill_in(answer, answer="Three")
    assert (again.status_code, "answered this already" in again.text) == (409, True)
    assert "Two homes" in sign_in(app.test_client(), issued["scrutineer"]).get(LIST).text


def test_a_challenge_that_waited_four_weeks_is_late(app, issued):
    challenge(app, issued["scrutineer"])
    for days, late in ((28, False), (29, True)):
        [line] = [one for one in waiting(issued["pqa"], TODAY + timedelta(days=days)) if "challenge" in one.words]
        assert line.late is late


def test_the_scrutineer_challenges_and_changes_nothing_else(app, issued):
    visitor = sign_in(app.test_client(), issued["scrutineer"])
    assert challenge(app, issued["scrutineer"]).status_code == 303
    for path in ("make", "meeting", "ask", "correct", "decide"):
        assert visitor.fill_in("/desk/", to=f"{ROOM}/{path}").status_code == 403, path


def test_ambassadors_write_their_page_and_it_is_frozen_with_the_pack(app, panel):
    make_frozen()
    young = sign_in(app.test_client(), panel["ambassador"])
    assert young.fill_in(OUR_PAGE, **WORDS).status_code == 303
    sign_in(app.test_client(), panel["pqa"]).fill_in(ROOM, to=f"{ROOM}/make")
    assert young.fill_in(OUR_PAGE, **WORDS | {"ask": "Come at night"}).status_code == 303
    member = sign_in(app.test_client(), panel["pqa"])
    early = member.fill_in(ROOM, to=f"{ROOM}/1/issue")
    assert (early.status_code, "changed their page after this pack was made" in early.text) == (409, True)
    member.fill_in(ROOM, to=f"{ROOM}/make")
    assert member.fill_in(ROOM, to=f"{ROOM}/1/issue").status_code == 303
    assert "Come at night" in member.get(f"{ROOM}/1").text
    assert "cannot be changed any more" in young.get(OUR_PAGE).text
    assert young.fill_in("/desk/our-page/2026-07", to=OUR_PAGE, **WORDS).status_code == 409
    shelf = young.get("/desk/our-page/").text
    assert "Come at night" not in shelf
    assert "/desk/our-page/2026-07" not in shelf, "a quarter that is long over and has neither page nor meeting"


def test_staff_cannot_write_young_peoples_page(app, panel):
    for name in ("pqa", "voice", "scrutineer", "agency"):
        visitor = sign_in(app.test_client(), panel[name])
        assert visitor.get(OUR_PAGE).status_code == 403
        assert visitor.fill_in("/desk/", to=OUR_PAGE, **WORDS).status_code == 403
    give(panel["ambassador"].id, Role.VOICE)  # staff by now
    visitor = sign_in(app.test_client(), panel["ambassador"])
    assert visitor.fill_in("/desk/", to=OUR_PAGE, **WORDS).status_code == 403


def test_a_pack_is_due_a_week_before_the_meeting_and_today_says_so(app, panel):
    make_frozen()
    packs.set_meeting(QUARTER, date(2026, 12, 20))
    db.session.commit()
    due = f"The pack is due: {QUARTER.name}"
    for day, words, late in (("2026-11-28", [], []), ("2026-11-29", [due], [False]), ("2026-12-14", [due], [True])):
        lines = [one for one in waiting(panel["pqa"], date.fromisoformat(day)) if one.words == due]
        assert ([one.words for one in lines], [one.late for one in lines]) == (words, late), day
    assert "Write young people's page for the panel" in today_of(panel["ambassador"])
    make_issued(panel)
    assert today_of(panel["pqa"]) == today_of(panel["ambassador"]) == []
    why = Correction("A figure was old")
    packs.make(QUARTER, partnership="", by=panel["pqa"], today=today(), correction=why)
    db.session.commit()
    assert today_of(panel["pqa"]) == []  # the first version stands meanwhile
    page = sign_in(app.test_client(), panel["pqa"]).get("/desk/packs/").text
    assert "a correction is made, not issued yet" in page


def test_a_quarter_that_ended_without_a_meeting_asks_for_its_day(panel):
    make_frozen()
    assert today_of(panel["pqa"]) == ["Set the day the panel meets on July to September 2026"]
