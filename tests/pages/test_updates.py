"""The words of "we did": nobody approves their own, and what was sent back is written again; it is known who did it."""

import re
from datetime import date, timedelta

import pytest
import time_machine
from sqlalchemy import select

from engage.accounts.models import AuditRow
from engage.accounts.queries import person_by_id
from engage.accounts.rules import Role
from engage.shared import db
from engage.youwesaid.actions import action as actions
from engage.youwesaid.actions import concern as concerns
from engage.youwesaid.actions import proposing
from engage.youwesaid.actions import update as updates
from engage.youwesaid.actions.update import NewUpdate
from engage.youwesaid.models import ConcernHistoryRow, ConcernRow, UpdateRow
from engage.youwesaid.queries.newsletter import news
from engage.youwesaid.queries.waiting import waiting
from engage.youwesaid.rules.concerns import ConcernWords, NewConcern
from tests.people import give, make_agency, make_person, sign_in

TODAY = date(2026, 11, 23)
SOON = TODAY + timedelta(days=30)
NEW = NewUpdate("We did it.", "", SOON)
DECIDES = {"hear", "check_facts", "approve"}  # what the page that they stand on says goes along


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel("2026-11-23T10:00:00+00:00", tick=False):
        yield


@pytest.fixture
def team(database):
    both = make_person(Role.VOICE)
    give(both.id, Role.AMBASSADOR)
    return {
        "voice": make_person(Role.VOICE),
        "another": make_person(Role.VOICE),
        "pqa": make_person(Role.PQA),
        "both": person_by_id(both.id),
        "first": make_person(Role.AMBASSADOR),
        "second": make_person(Role.AMBASSADOR),
    }


def make_concern(team) -> int:
    new = NewConcern("The path is dark", "About 60 of you told us.", "travel", SOON, TODAY, ())
    concern_id = concerns.propose(new, by=team["voice"], today=TODAY)
    concerns.hear(concern_id, by=team["pqa"], today=TODAY)
    db.session.commit()
    return concern_id


def make_update(team, *, by="voice") -> str:
    update_id = updates.draft(make_concern(team), NEW, by=team[by], today=TODAY)
    updates.check_facts(update_id, by=team["pqa"], today=TODAY)
    db.session.commit()
    return f"/desk/updates/{update_id}"


def only() -> UpdateRow:
    db.session.rollback()
    db.session.expire_all()
    return db.session.scalars(select(UpdateRow)).one()


def press(app, person, words, verb, **typed) -> int:
    page = words if verb in DECIDES else "/desk/"
    return sign_in(app.test_client(), person).fill_in(page, f"{words}/{verb}", **typed).status_code


def mark_on(app, person, page) -> str:
    """The mark of the words that somebody has before them."""
    return re.search(r'name="?read"? value="?(\w+)', sign_in(app.test_client(), person).get(page).text)[1]


def test_an_ambassador_who_wrote_the_words_does_not_approve_them(app, team):
    words = make_update(team, by="both")
    page = sign_in(app.test_client(), team["both"]).get(words).text
    assert "Approve these words" not in page
    assert press(app, team["both"], words, "approve") == 403
    assert "Read words before they go out" not in [line.words for line in waiting(team["both"], TODAY)]
    assert press(app, team["first"], words, "approve") == 303
    assert only().state == "fact_checked"
    assert press(app, team["second"], words, "approve") == 303
    assert only().state == "youth_approved"


def test_what_was_sent_back_is_written_again_before_its_facts_are_checked_again(app, team):
    words = make_update(team)
    assert press(app, team["first"], words, "send_back", reason="not_clear") == 303
    page = sign_in(app.test_client(), team["another"]).get(words).text
    assert "The facts are right" not in page
    assert "It is written again first" in page
    assert press(app, team["another"], words, "check_facts") == 409
    assert [line.words for line in waiting(team["another"], TODAY)] == ["Write again: an ambassador sent it back"]
    again = {"we_did": "Clearer.", "next_step": "", "next_by": SOON.isoformat()}
    assert press(app, team["voice"], words, "rewrite", **again) == 303
    assert press(app, team["another"], words, "check_facts") == 303
    assert press(app, team["first"], words, "approve") == 303
    assert press(app, team["second"], words, "approve") == 303
    assert only().state == "youth_approved"


def test_giving_up_the_last_open_action_finishes_a_concern_whose_others_are_verified(team):
    concern_id, police, council = make_concern(team), make_person(Role.AGENCY), make_person(Role.AGENCY)
    kept, given_up, alone = (
        actions.ask(concern_id, agency_id=one.agency_id, what="Lights") for one in (police, council, council)
    )
    actions.give_up(alone, reason="No money", by=council, today=TODAY)
    actions.agree(kept, owner_id=police.id, due_on=SOON, by=police, today=TODAY)
    actions.claim(kept, evidence="They are on.", by=police, today=TODAY)
    actions.verify(kept, by=team["pqa"], today=TODAY)
    assert db.session.get_one(ConcernRow, concern_id).state == "doing"
    actions.give_up(given_up, reason="No money", by=council, today=TODAY)
    assert db.session.get_one(ConcernRow, concern_id).state == "done"


def test_what_was_verified_before_a_concern_was_opened_again_does_not_finish_it_once_more(team):
    concern_id, council = make_concern(team), make_person(Role.AGENCY)
    days = [TODAY + timedelta(days=number) for number in range(6)]

    def agree(day) -> int:
        action_id = actions.ask(concern_id, agency_id=council.agency_id, what="Lights")
        actions.agree(action_id, owner_id=council.id, due_on=SOON, by=council, today=day)
        return action_id

    def verify(action_id, day) -> None:
        actions.claim(action_id, evidence="They are on.", by=council, today=day)
        actions.verify(action_id, by=team["pqa"], today=day)

    verify(agree(days[0]), days[0])
    concern = db.session.get_one(ConcernRow, concern_id)
    assert concern.state == "done"
    concerns.reopen(concern_id, promised_on=SOON, by=team["pqa"], today=days[1])
    actions.give_up(agree(days[2]), reason="No money", by=council, today=days[3])
    assert concern.state == "doing"
    verify(agree(days[4]), days[4])
    assert concern.state == "done"


def test_nobody_agrees_to_words_that_were_changed_after_they_read_them(app, team):
    new = NewConcern("Dark", "You said", "travel", SOON, TODAY, ())
    concern_id = concerns.propose(new, by=team["voice"], today=TODAY)
    page = f"/desk/concerns/{concern_id}"
    db.session.commit()
    stale = mark_on(app, team["pqa"], page)
    proposing.rewrite(concern_id, ConcernWords("Dark", "You said more", "travel", SOON), by=team["voice"], today=TODAY)
    db.session.commit()
    for read in (stale, ""):
        assert press(app, team["pqa"], page, "hear", read=read) == 409
    assert db.session.get_one(ConcernRow, concern_id).state == "proposed"
    assert press(app, team["pqa"], page, "hear") == 303


def test_nobody_checks_or_approves_words_that_were_changed_after_they_read_them(app, team):
    words = make_update(team)
    update_id, changed = only().id, NewUpdate("We did more.", "", SOON)
    approving = mark_on(app, team["first"], words)
    updates.rewrite(update_id, changed, by=team["voice"], today=TODAY)
    db.session.commit()
    checking = mark_on(app, team["another"], words)
    updates.rewrite(update_id, NewUpdate("We did all of it.", "", SOON), by=team["voice"], today=TODAY)
    db.session.commit()
    for stale in (checking, ""):
        answer = sign_in(app.test_client(), team["another"]).fill_in("/desk/", f"{words}/check_facts", read=stale)
        assert answer.status_code == 409
        assert "The words were changed: read them again, then decide." in answer.text
    assert press(app, team["another"], words, "check_facts") == 303
    assert press(app, team["first"], words, "approve", read=approving) == 409
    assert sign_in(app.test_client(), team["first"]).fill_in("/desk/", f"{words}/approve").status_code == 409
    assert press(app, team["first"], words, "approve") == 303


def test_a_day_that_cannot_be_read_is_asked_for_again_beside_the_words_also_where_none_is_needed(app, team):
    words = make_update(team)
    db.session.get_one(ConcernRow, only().concern_id).state = "done"
    db.session.commit()
    addresses = (f"/desk/concerns/{only().concern_id}/update", f"{words}/rewrite")
    for address in addresses:
        typed = {"we_did": "There are lights.", "next_step": "", "next_by": "31/12/2026"}
        answer = sign_in(app.test_client(), team["voice"]).fill_in("/desk/", address, **typed)
        assert answer.status_code == 422
        assert "There are lights." in answer.text
        assert "31/12/2026" in answer.text
        assert answer.text.count("Not a valid date value.") == 2  # above the form, and at the box
    assert only().we_did == NEW.we_did


def test_a_day_that_was_over_before_the_words_were_published_is_promised_nowhere(app, team):
    words = make_update(team)
    concern_id, update_id = only().concern_id, only().id
    typed = NewUpdate("We asked the owner.", "", date(2026, 11, 25))
    updates.rewrite(update_id, typed, by=team["voice"], today=TODAY)
    updates.check_facts(update_id, by=team["pqa"], today=TODAY)
    db.session.commit()
    for one in ("first", "second"):
        press(app, team[one], words, "approve")
    with time_machine.travel("2026-11-26T10:00:00+00:00", tick=False):
        assert press(app, team["voice"], words, "publish") == 303
        page = app.test_client().get("/you-said-we-did/the-path-is-dark").text
        sent = app.test_client().get("/you-said-we-did/the-path-is-dark.json").json["concern"]
        told = [piece.next_by for found in news(TODAY, date(2026, 11, 26)).values() for piece in found]
    assert db.session.get_one(ConcernRow, concern_id).promised_on == SOON
    assert "We asked the owner." in page
    assert "We will tell you more by 23 December 2026" in page
    assert "25 November" not in page
    assert told == [None]
    assert (sent["promised_on"], sent["we_did"][0]["next_by"]) == (SOON.isoformat(), None)


def audit() -> list[tuple[str, int | None]]:
    db.session.rollback()
    known = ("published", "took back", "agreed a concern", "refused", "released")
    lines = db.session.scalars(select(AuditRow).order_by(AuditRow.id))
    return [(line.did, line.person_id) for line in lines if line.did.startswith(known) and line.person_id]


@pytest.mark.parametrize("verb", ["publish", "publish_unchecked"])
def test_who_published_and_who_took_it_back_stands_in_the_history_and_the_audit(app, team, verb):
    words, by = make_update(team), team["another"]
    if verb == "publish":
        for one in ("first", "second"):
            press(app, team[one], words, "approve")
    with time_machine.travel("2026-12-01T10:00:00+00:00", tick=False):
        assert press(app, by, words, verb) == 303
        assert press(app, by, words, "withdraw", kind="wrong") == 303
    did = "published an update" + (" unchecked" if verb == "publish_unchecked" else "")
    assert audit() == [(did, by.id), ("took back an update", by.id)]
    history = db.session.scalars(select(ConcernHistoryRow).order_by(ConcernHistoryRow.id))
    assert [line.by for line in history][-2:] == [by.id, by.id]


def test_who_agreed_refused_and_released_a_concern_stands_in_the_audit(app, team):
    lead, pqa = make_person(Role.SAFEGUARDING), team["pqa"]
    new = NewConcern("The path is dark", "You said", "travel", SOON, TODAY, (), "", make_agency("Police"))
    page = f"/desk/concerns/{concerns.propose(new, by=team['voice'], today=TODAY)}"
    db.session.commit()
    assert press(app, pqa, page, "hear") == 303
    assert press(app, lead, page, "release") == 303
    why = {"reason": "The land is not ours.", "decided_by": "Leadership Forum", "look_again_on": SOON.isoformat()}
    assert press(app, pqa, page, "refuse", **why) == 303
    assert audit() == [("agreed a concern", pqa.id), ("released a concern", lead.id), ("refused a concern", pqa.id)]
