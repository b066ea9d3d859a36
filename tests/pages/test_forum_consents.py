"""Consent for a place: by the right adult, held three days, never against a young person's no."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from engage.forums.actions import changing, consents, keeping
from engage.forums.models import ConsentRow
from engage.forums.queries import sign_ups as queries
from engage.forums.rules.consents import Answers, Purpose, Relation
from engage.forums.rules.places import Limits
from engage.forums.rules.signing_up import Changed
from engage.shared import db
from engage.shared.errors import NotAllowed, NotOpen, NotValid
from tests.forums import (
    SMALL,
    YES,
    audited,
    check_ledger,
    fill,
    join,
    make_forum,
    state_of,
    young,
)

AT = datetime(2026, 11, 23, 10, tzinfo=UTC)


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(AT, tick=False):
        yield


def test_a_place_is_held_three_days_for_an_adults_yes(database):
    forum_id = make_forum(limits=SMALL)
    held, waits = join(forum_id, young(14)), None
    fill(forum_id, 4)
    waits = join(forum_id, young())
    assert held.guardian_token
    assert (held.state, waits.state) == ("awaiting_consent", "waitlisted")
    keeping.move_by_clock(AT + timedelta(hours=71))
    assert state_of(held.id) == "awaiting_consent"
    keeping.move_by_clock(AT + timedelta(hours=72))
    db.session.commit()
    assert (state_of(held.id), state_of(waits.id)) == ("expired", "offered")
    assert consents.answer(held.id, YES, at=AT + timedelta(hours=80)) == "waitlisted"


def test_the_right_adult_confirms_a_place(database):
    forum_id = make_forum(limits=SMALL)
    held = join(forum_id, young(14))
    assert consents.answer(held.id, YES, at=AT) == "confirmed"
    db.session.commit()
    row = db.session.get_one(ConsentRow, (held.id, "attend"))
    assert (row.state, row.relation, row.how, len(row.wording)) == ("given", "parent", "link", 64)
    assert queries.consents(held.id)[Purpose.PHOTO_PUBLIC] == "refused"


def test_the_wrong_adult_is_refused_and_it_is_kept_that_they_tried(database):
    forum_id = make_forum(limits=SMALL)
    held = join(forum_id, young(14, looked_after=True))
    with pytest.raises(NotAllowed, match="social worker"):
        consents.answer(held.id, YES, at=AT)
    assert state_of(held.id) == "awaiting_consent"
    assert "refused a consent" in audited()
    council = Answers(frozenset({Purpose.ATTEND}), Relation.LOCAL_AUTHORITY, "A worker")
    assert consents.answer(held.id, council, at=AT) == "confirmed"


def test_no_adult_signs_for_a_young_person_who_said_no(database):
    forum_id = make_forum(limits=SMALL)
    held = join(forum_id, young(14))
    changing.cancel(held.id, at=AT)
    db.session.commit()
    with pytest.raises(NotValid, match="do not want to come"):
        consents.answer(held.id, YES, at=AT)
    assert state_of(held.id) == "cancelled"
    assert "refused a consent" in audited()


def test_a_young_persons_no_to_photos_stands_whatever_an_adult_says(database):
    forum_id = make_forum(limits=SMALL)
    wants = Answers(frozenset({Purpose.ATTEND, Purpose.LEAVE_ALONE}), Relation.SELF)
    held = join(forum_id, young(14, own_consents=wants))
    everything = Answers(frozenset(Purpose), Relation.PARENT)
    consents.answer(held.id, everything, at=AT)
    db.session.commit()
    agreed = queries.consents(held.id)
    assert agreed[Purpose.ATTEND] == agreed[Purpose.LEAVE_ALONE] == "given"
    assert agreed[Purpose.PHOTO_INSIDE] == agreed[Purpose.PHOTO_PUBLIC] == "refused"


def test_an_adults_no_lets_the_place_go_on_and_can_be_taken_back_as_easily(database):
    forum_id = make_forum(limits=SMALL)
    held, other = join(forum_id, young(14)), join(forum_id, young(14))
    no = Answers(frozenset(), Relation.PARENT)
    assert consents.answer(held.id, no, at=AT) == "cancelled"
    consents.answer(other.id, YES, at=AT)
    assert consents.withdraw(other.id, Purpose.ATTEND, at=AT) == "cancelled"
    db.session.commit()
    assert check_ledger(forum_id).all == 0
    with pytest.raises(NotOpen):
        consents.withdraw(other.id, Purpose.PHOTO_PUBLIC, at=AT)


def test_nobody_under_16_is_offered_a_place_before_an_adult_said_yes(database):
    forum_id = make_forum(limits=SMALL)
    people = fill(forum_id)
    child, older = join(forum_id, young(14)), join(forum_id, young(17))
    changing.cancel(people[0].id, at=AT)
    db.session.commit()
    assert (state_of(child.id), state_of(older.id)) == ("waitlisted", "offered")
    consents.answer(child.id, YES, at=AT)
    changing.cancel(people[1].id, at=AT)
    db.session.commit()
    assert state_of(child.id) == "offered"


def test_turning_16_makes_ones_own_yes_enough(database):
    forum_id = make_forum(limits=SMALL)
    held = join(forum_id, young(15))
    assert changing.change(held.id, Changed(age=16), at=AT) == "confirmed"
    db.session.commit()
    assert db.session.get_one(ConsentRow, (held.id, "attend")).relation == "self"
    with pytest.raises(NotValid, match="Under 16"):
        changing.change(held.id, Changed(age=15), at=AT)
    guardian = young(14).guardian
    assert changing.change(held.id, Changed(age=15, guardian=guardian), at=AT) == "awaiting_consent"
    db.session.commit()
    check_ledger(forum_id)


def test_a_younger_age_that_needs_more_adults_is_refused(database):
    limits = Limits(40, 40, 0, 0, 0, floor=20, agency_cap=0, adults=2)
    forum_id = make_forum(limits=limits)
    people = [join(forum_id, young(17)) for _ in range(20)]
    with pytest.raises(NotValid, match="too few adults"):
        changing.change(people[0].id, Changed(age=12, guardian=young(14).guardian), at=AT)
    db.session.rollback()
    assert changing.change(people[0].id, Changed(age=18), at=AT) == "confirmed"
    check_ledger(forum_id)
