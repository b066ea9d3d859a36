"""A forum through its days: opens when complete, changes limits, closes, begins, ends, is cancelled, is forgotten."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from engage.accounts.rules import Role
from engage.forums.actions import keeping, offers, setting_up, signing_up
from engage.forums.models import ConsentRow, ForumRow, SignUpRow
from engage.forums.rules.consents import Answers, Purpose, Relation
from engage.forums.rules.places import Limits
from engage.forums.rules.signing_up import WalkIn
from engage.shared import db
from engage.shared.errors import NotOpen, NotValid
from engage.shared.outbox import LetterRow
from tests.forums import (
    SMALL,
    audited,
    check_ledger,
    fill,
    forum_now,
    join,
    make_forum,
    make_plan,
    state_of,
    states_of,
    young,
)
from tests.people import make_person

AT = datetime(2026, 11, 23, 10, tzinfo=UTC)


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(AT, tick=False):
        yield


def test_a_cancelled_forum_ends_every_sign_up_and_writes_to_everybody(database):
    forum_id, by = make_forum(limits=SMALL), make_person(Role.VOICE)
    fill(forum_id)
    waits = join(forum_id, young())
    with pytest.raises(NotValid, match="Say why"):
        setting_up.cancel_forum(forum_id, " ", by=by)
    assert setting_up.cancel_forum(forum_id, "The hall has no heating", by=by) == 6
    db.session.commit()
    assert states_of(forum_id) == {"cancelled": 6}
    assert check_ledger(forum_id).all == 0
    assert db.session.query(LetterRow).filter_by(kind="off").count() == 6
    with pytest.raises(NotOpen, match="cancelled"):
        join(forum_id, young())
    with pytest.raises(NotOpen, match="cancelled"):
        offers.renew(waits.id, at=AT)
    assert "cancelled a forum" in audited()


def test_capacity_never_goes_below_what_is_taken(database):
    forum_id, by = make_forum(limits=SMALL), make_person(Role.VOICE)
    fill(forum_id)
    lower = make_plan(limits=Limits(8, 4, 0, 3, 1, floor=4, agency_cap=2, adults=2))
    with pytest.raises(NotValid, match="More places are taken"):
        setting_up.rewrite(forum_id, lower, by=by, at=AT)
    assert forum_now(forum_id).plan.limits == SMALL
    assert "refused a change of limits" in audited()


def test_more_places_are_offered_along_the_line_at_once(database):
    forum_id, by = make_forum(limits=SMALL), make_person(Role.VOICE)
    fill(forum_id)
    waiting = [join(forum_id, young()) for _ in range(3)]
    more = make_plan(limits=Limits(10, 7, 0, 3, 1, floor=5, agency_cap=2, adults=2))
    setting_up.rewrite(forum_id, more, by=by, at=AT)
    db.session.commit()
    assert [state_of(one.id) for one in waiting] == ["offered", "offered", "waitlisted"]


def test_the_clock_closes_begins_and_ends_a_forum(database):
    forum_id = make_forum(limits=SMALL)
    people, forum = fill(forum_id), forum_now(forum_id)
    waits = join(forum_id, young())
    keeping.move_by_clock(forum.closes_at)
    assert forum_now(forum_id).state == "open"  # rolled back: nothing was kept
    keeping.move_by_clock(forum.closes_at)
    db.session.commit()
    assert forum_now(forum_id).state == "closed"
    keeping.move_by_clock(forum.doors_at)
    db.session.commit()
    assert (forum_now(forum_id).state, state_of(waits.id)) == ("live", "expired")
    keeping.move_by_clock(forum.ends_at)
    db.session.commit()
    assert (forum_now(forum_id).state, state_of(people[0].id)) == ("ended", "no_show")


def test_a_walk_in_takes_a_free_place_and_never_one_too_many(database):
    forum_id, by = make_forum(limits=SMALL), make_person(Role.VOICE)
    fill(forum_id, 4)
    keeping.move_by_clock(forum_now(forum_id).doors_at)
    db.session.commit()
    with pytest.raises(NotValid, match="call the adult"):
        signing_up.walk_in(forum_id, WalkIn(young(14)), at=AT, by=by)
    told = Answers(frozenset({Purpose.ATTEND}), Relation.PARENT, "A parent", how="phone")
    assert signing_up.walk_in(forum_id, WalkIn(young(14), told), at=AT, by=by).state == "confirmed"
    db.session.commit()
    with pytest.raises(NotOpen, match="no place left"):
        signing_up.walk_in(forum_id, WalkIn(young(17)), at=AT, by=by)
    assert check_ledger(forum_id).young == 5
    assert "found no place at the door" in audited()


def test_needs_go_after_a_week_and_sign_ups_after_twelve(database):
    forum_id = make_forum(limits=SMALL)
    person = join(forum_id, young(14, access="A ramp", diet="No nuts", home="alone"))
    met = forum_now(forum_id).meets_on
    assert keeping.forget_needs(met) == 0
    assert keeping.forget_needs(met + timedelta(days=1)) == 1
    row = db.session.get_one(SignUpRow, person.id, populate_existing=True)
    assert (row.access, row.diet, row.home) == (None, None, None)
    assert keeping.forget_sign_ups(met + timedelta(days=1)) == 1
    assert db.session.query(SignUpRow).count() == db.session.query(ConsentRow).count() == 0
    assert db.session.get_one(ForumRow, forum_id).young == 1


def test_a_forum_opens_only_when_nothing_is_missing(database):
    forum_id, by = make_forum(opened=False, risk_reference=""), make_person(Role.VOICE)
    with pytest.raises(NotValid, match="not complete"):
        setting_up.open_forum(forum_id, by=by, today=date(2026, 11, 23))
    db.session.rollback()
    setting_up.rewrite(forum_id, make_plan(), by=by, at=AT)
    setting_up.open_forum(forum_id, by=by, today=date(2026, 11, 23))
    assert db.session.get_one(ForumRow, forum_id).state == "open"
