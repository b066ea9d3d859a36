"""Published words that change, are taken back, held back or let out for safety: what the public is told of it."""

from datetime import date, timedelta

import pytest
import time_machine

from engage.accounts import actions as accounts
from engage.accounts.models import AuditRow
from engage.shared import db
from engage.shared.errors import NotOpen, NotValid
from engage.youwesaid.actions import update as updates
from engage.youwesaid.actions.update import NewUpdate
from engage.youwesaid.models import ConcernHistoryRow, UpdateRow
from engage.youwesaid.queries import versions
from engage.youwesaid.rules.as_read import mark_of
from tests.people import give, make_person, sign_in
from tests.youwesaid import SOON, TODAY, make_action, make_concern, make_team

LATER = TODAY + timedelta(days=10)
FIRST = NewUpdate("We put up 4 lights.", "", SOON)
BETTER = NewUpdate("We put up 14 lights.", "", SOON)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel("2026-11-23T10:00:00+00:00", tick=False):
        yield


@pytest.fixture
def team(database):
    return make_team()


def row(update_id) -> UpdateRow:
    db.session.rollback()
    db.session.expire_all()
    return db.session.get_one(UpdateRow, update_id)


def go_through(team, update_id, *, today=TODAY) -> int:
    updates.check_facts(update_id, by=team["another"], today=today)
    for one in ("first", "second"):
        updates.approve(update_id, by=team[one], today=today)
    updates.publish(update_id, by=team["voice"], today=today)
    db.session.commit()
    return update_id


def publish(team, concern_id=0) -> int:
    asked = concern_id or make_concern(team)
    return go_through(team, updates.draft(asked, FIRST, by=team["voice"], today=TODAY))


def press(visitor, person, update_id, verb, **typed) -> int:
    sign_in(visitor, person)
    page = f"/desk/updates/{update_id}" if verb in {"approve", "override"} else "/desk/"
    return visitor.fill_in(page, f"/desk/updates/{update_id}/{verb}", **typed).status_code


def public(visitor) -> str:
    return visitor.get("/you-said-we-did/the-path-is-dark").text


def test_changed_words_go_the_same_way_and_the_old_ones_stay_public_until_then(team, visitor):
    old = publish(team)
    typed = {"we_did": BETTER.we_did, "next_step": "", "next_by": SOON.isoformat()}
    assert press(visitor, team["voice"], old, "revise", **typed) == 303
    new = db.session.query(UpdateRow).filter_by(replaces_id=old).one().id
    assert (row(new).state, row(new).version, row(new).replaces_id) == ("draft", 2, old)
    assert "We put up 4 lights." in public(visitor)
    with time_machine.travel("2026-12-03T10:00:00+00:00", tick=False):
        go_through(team, new, today=LATER)
        page = public(visitor)
    assert ("We put up 14 lights." in page, "We put up 4 lights." in page) == (True, False)
    assert "We changed what we told you" in page
    assert (row(old).state, row(old).published_on, row(old).ended_on) == ("replaced", None, LATER)
    assert versions.changes([row(old).concern_id]) == {new: versions.Changed(new, 2, TODAY, LATER)}
    kept = sign_in(visitor, team["pqa"]).get(f"/desk/updates/{new}").text
    assert "What it said before" in kept
    assert "We put up 4 lights." in kept


def test_a_third_version_still_knows_the_first_day(team):
    concern_id = make_concern(team)
    last = publish(team, concern_id)
    for number, day in ((2, LATER), (3, LATER + timedelta(days=5))):
        changed = NewUpdate(f"Version {number}", "", SOON)
        last = go_through(team, updates.revise(last, changed, by=team["voice"], today=day), today=day)
    found = versions.changes([concern_id])
    assert [(one.version, one.first_on, one.changed_on) for one in found.values()] == [(3, TODAY, date(2026, 12, 8))]


def test_nobody_changes_what_is_being_changed_or_changes_nothing(team):
    old = publish(team)
    with pytest.raises(NotValid):
        updates.revise(old, FIRST, by=team["voice"], today=TODAY)
    updates.revise(old, BETTER, by=team["voice"], today=TODAY)
    with pytest.raises(NotOpen):
        updates.revise(old, NewUpdate("Third", "", SOON), by=team["another"], today=TODAY)


def test_what_was_taken_back_meanwhile_is_not_called_changed(team):
    old = publish(team)
    new = updates.revise(old, BETTER, by=team["voice"], today=TODAY)
    updates.withdraw(old, by=team["voice"], today=TODAY)
    go_through(team, new)
    assert row(old).state == "withdrawn"
    assert [line.words for line in db.session.query(ConcernHistoryRow)][-1] == "We told you what we did"


def test_what_was_taken_back_for_safety_is_not_read_by_partners_where_other_words_took_its_place(team, visitor):
    concern_id = make_concern(team)
    make_action(team, of="police", concern_id=concern_id)
    first = publish(team, concern_id)
    second = go_through(team, updates.revise(first, BETTER, by=team["voice"], today=TODAY))
    third = updates.revise(second, NewUpdate("There is light now.", "", SOON), by=team["voice"], today=TODAY)
    updates.withdraw(second, for_safety=True, by=team["lead"], today=TODAY)
    updates.check_facts(third, by=team["another"], today=TODAY)
    db.session.commit()
    for who, reads in (("first", False), ("police", False), ("pqa", True), ("lead", True)):
        page = sign_in(visitor, team[who]).get(f"/desk/updates/{third}").text
        assert "There is light now." in page, who
        assert ("We put up 14 lights." in page) == reads, who
        assert "We put up 4 lights." in page, who


@pytest.mark.parametrize(("kind", "told"), [("safety", "to keep someone safe"), ("wrong", "We took back an update<")])
def test_the_page_says_that_something_was_taken_back_and_nothing_of_it(team, visitor, kind, told):
    update_id = publish(team)
    assert press(visitor, team["lead"], update_id, "withdraw") == 422
    assert press(visitor, team["lead"], update_id, "withdraw", kind=kind) == 303
    page = public(visitor)
    assert told in page.replace("</span>", "<")
    assert "4 lights" not in page
    concern_id = row(update_id).concern_id
    gone = versions.Withdrawn(concern_id, TODAY, TODAY, for_safety=kind == "safety")
    assert versions.withdrawn([concern_id]) == {concern_id: (gone,)}
    assert not hasattr(gone, "we_did")


def test_the_lead_lets_words_out_early_with_a_reason_and_that_is_shown_and_logged(team, visitor):
    update_id = updates.draft(make_concern(team), FIRST, by=team["voice"], today=TODAY)
    db.session.commit()
    assert press(visitor, team["voice"], update_id, "override", let_out_because="Hurry") == 403
    assert press(visitor, team["lead"], update_id, "override") == 422
    assert press(visitor, team["lead"], update_id, "override", let_out_because="The path is closed now") == 303
    assert "We put up 4 lights." in public(visitor)
    assert "not yet checked by young people" in public(visitor)
    assert versions.overridden([row(update_id).concern_id]) == {update_id}
    assert "past the other steps" in visitor.get(f"/desk/updates/{update_id}").text
    line = db.session.query(AuditRow).filter(AuditRow.did.startswith("published an update past")).one()
    assert (line.person_id, line.reason) == (team["lead"].id, "The path is closed now")


def test_the_lead_lets_no_words_out_that_were_changed_after_they_read_them(team, visitor):
    update_id = updates.draft(make_concern(team), FIRST, by=team["voice"], today=TODAY)
    db.session.commit()
    read = mark_of("update", FIRST)
    assert read in sign_in(visitor, team["lead"]).get(f"/desk/updates/{update_id}").text
    updates.rewrite(update_id, BETTER, by=team["voice"], today=TODAY)
    db.session.commit()
    for stale in (read, ""):
        assert press(visitor, team["lead"], update_id, "override", let_out_because="Closed now", read=stale) == 409
    assert row(update_id).state == "draft"
    assert press(visitor, team["lead"], update_id, "override", let_out_because="Closed now") == 303


def test_what_is_held_back_stops_for_everybody_until_the_lead_lets_it_go(team, visitor):
    concern_id = make_concern(team)
    make_action(team, of="police", concern_id=concern_id)
    update_id = updates.draft(concern_id, FIRST, by=team["voice"], today=TODAY)
    updates.check_facts(update_id, by=team["another"], today=TODAY)
    updates.approve(update_id, by=team["first"], today=TODAY)
    db.session.commit()
    assert sign_in(visitor, team["police"]).get(f"/desk/updates/{update_id}").status_code == 200
    assert press(visitor, team["lead"], update_id, "hold", held_because="Names a place") == 303
    for who, verb in (("second", "approve"), ("voice", "publish_unchecked"), ("another", "check_facts")):
        assert press(visitor, team[who], update_id, verb) in {404, 409}
    assert sign_in(visitor, team["police"]).get(f"/desk/updates/{update_id}").status_code == 404
    assert "held" not in public(visitor)
    assert press(visitor, team["lead"], update_id, "let_go") == 303
    assert (row(update_id).state, row(update_id).checked_by) == ("draft", None)
    go_through(team, update_id)


def test_an_approval_counts_after_its_ambassador_left_and_nothing_waits_for_who_cannot_come(team, visitor):
    update_id = updates.draft(make_concern(team), FIRST, by=team["voice"], today=TODAY)
    updates.check_facts(update_id, by=team["another"], today=TODAY)
    updates.approve(update_id, by=team["first"], today=TODAY)
    accounts.close_account(team["first"].id, today=TODAY)
    db.session.commit()
    assert press(visitor, team["voice"], update_id, "publish_unchecked") == 409, "the second one may still answer"
    assert press(visitor, team["second"], update_id, "approve") == 303
    assert row(update_id).state == "youth_approved"


def test_where_the_second_ambassador_left_before_answering_it_goes_out_labelled_at_once(team, visitor):
    update_id = updates.draft(make_concern(team), FIRST, by=team["voice"], today=TODAY)
    updates.check_facts(update_id, by=team["another"], today=TODAY)
    updates.approve(update_id, by=team["first"], today=TODAY)
    accounts.close_account(team["second"].id, today=TODAY)
    db.session.commit()
    assert "Publish, labelled" in sign_in(visitor, team["voice"]).get(f"/desk/updates/{update_id}").text
    assert press(visitor, team["voice"], update_id, "publish_unchecked") == 303


def test_the_lead_lets_nothing_out_that_they_wrote(team, visitor):
    both = make_person("voice")
    give(both.id, "safeguarding")
    update_id = updates.draft(make_concern(team), FIRST, by=both, today=TODAY)
    db.session.commit()
    assert press(visitor, both, update_id, "override", let_out_because="Hurry") == 403
