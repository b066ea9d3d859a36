"""Somebody tells us another age: who decides changes with it, and every yes says whose it is."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select

from engage.accounts.rules import Role
from engage.forums.actions import ages, changing, consents, offers, setting_up
from engage.forums.actions.after import write_letters
from engage.forums.models import ConsentRow
from engage.forums.queries import sign_ups as queries
from engage.forums.rules.consents import Answers, Purpose, Relation
from engage.forums.rules.signing_up import Changed, SignedUp
from engage.shared import db
from engage.shared.errors import NotAllowed, NotOpen
from engage.shared.outbox import LetterRow
from tests.forums import SMALL, YES, check_ledger, fill, join, make_forum, make_plan, state_of, young
from tests.people import make_person

AT = datetime(2026, 11, 23, 10, tzinfo=UTC)
OWN = Answers(frozenset({Purpose.ATTEND, Purpose.LEAVE_ALONE, Purpose.PHOTO_PUBLIC}), Relation.SELF, "Bo")
NO = Answers(frozenset(), Relation.PARENT, "A parent")
ADULT = young(14).guardian


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def forum(database) -> int:
    return make_forum(limits=SMALL)


def by_themselves(forum: int) -> SignedUp:
    """Somebody who signs up as 16, and says for themselves what they agree to."""
    return join(forum, young(16, own_consents=OWN))


def given(sign_up_id: int) -> set[str]:
    rows = select(ConsentRow.purpose).where(ConsentRow.sign_up_id == sign_up_id, ConsentRow.state == "given")
    return set(db.session.scalars(rows))


def letters_to(contact: str) -> list[str]:
    return sorted(row.kind for row in db.session.scalars(select(LetterRow)) if row.to == contact)


def turn(sign_up_id: int, age: int) -> str:
    state = changing.change(sign_up_id, Changed(age=age, guardian=ADULT if age < 16 else None), at=AT)
    db.session.commit()
    return state


def test_a_place_on_offer_waits_for_the_adult_of_who_turns_out_to_be_15(forum):
    people = fill(forum)
    bo = by_themselves(forum)
    changing.cancel(people[0].id, at=AT)
    db.session.commit()
    assert state_of(bo.id) == "offered"
    assert turn(bo.id, 15) == "awaiting_consent"
    assert given(bo.id) == set()
    assert queries.consents_of_forum(forum).get(bo.id) is None  # so the door sees that no adult has said yes
    with pytest.raises(NotOpen):
        offers.accept(bo.id, at=AT)
    db.session.rollback()
    assert consents.answer(bo.id, YES, at=AT) == "confirmed"
    db.session.commit()
    said = db.session.get_one(ConsentRow, (bo.id, "attend"))
    assert (said.state, said.relation, said.giver) == ("given", "parent", "A parent")
    assert check_ledger(forum).young == 5


def test_what_they_said_yes_to_stays_their_wish_and_their_no_stays_a_no(forum):
    bo = by_themselves(forum)
    assert turn(bo.id, 15) == "awaiting_consent"
    assert queries.own_yes(bo.id) >= {Purpose.LEAVE_ALONE, Purpose.PHOTO_PUBLIC}
    consents.answer(bo.id, replace(YES, given=frozenset(Purpose)), at=AT)
    assert given(bo.id) == {"attend", "leave_alone", "photo_public"}
    assert turn(bo.id, 14) == "confirmed"


def test_who_waits_in_line_is_offered_a_place_by_the_adults_yes(forum):
    people = fill(forum)
    bo = by_themselves(forum)
    assert turn(bo.id, 15) == "waitlisted"
    consents.answer(bo.id, YES, at=AT)
    changing.cancel(people[0].id, at=AT)
    db.session.commit()
    assert state_of(bo.id) == "offered"


def test_an_adults_no_after_all_is_an_adults(forum):
    bo = by_themselves(forum)
    turn(bo.id, 15)
    assert consents.answer(bo.id, NO, at=AT) == "cancelled"
    assert queries.adult_said_no(bo.id)


def test_turning_16_in_line_offers_the_place_that_is_free(forum):
    people = fill(forum)
    bo = join(forum, young(15))
    changing.cancel(people[0].id, at=AT)
    db.session.commit()
    assert state_of(bo.id) == "waitlisted"
    assert turn(bo.id, 16) == "offered"


@pytest.mark.parametrize(
    "press",
    [
        lambda bo: consents.answer(bo, NO, at=AT),
        lambda bo: consents.withdraw(bo, Purpose.ATTEND, at=AT),
        lambda bo: consents.agree(bo, Purpose.PHOTO_PUBLIC, at=AT),
        lambda bo: consents.note_consent(bo, replace(NO, how="phone"), at=AT, by=make_person(Role.VOICE)),
    ],
    ids=["no", "taken back", "changed", "told to the team"],
)
def test_an_adults_open_page_takes_nothing_from_who_decides_alone_by_now(forum, press):
    bo = join(forum, young(15))
    consents.answer(bo.id, YES, at=AT)
    assert turn(bo.id, 16) == "confirmed"
    with pytest.raises(NotAllowed, match="decides for themselves"):
        press(bo.id)
    assert state_of(bo.id) == "confirmed"


@pytest.mark.parametrize("contact", ["bo@example.org", ""])
def test_an_adult_who_said_no_hears_nothing_of_who_comes_by_their_own_yes(forum, contact):
    new = young(15, contact=contact)
    bo = join(forum, new)
    adult = new.guardian.contact
    consents.answer(bo.id, NO, at=AT)
    db.session.commit()
    before = letters_to(adult)
    ages.record_own_age(bo.id, 16, "A school card", at=AT, by=make_person(Role.VOICE).id)
    offers.accept(bo.id, at=AT)
    plan = make_plan(limits=SMALL, venue="Another hall (invented)")
    setting_up.rewrite(forum, plan, by=make_person(Role.VOICE), at=AT)
    write_letters(AT + timedelta(days=20))
    db.session.commit()
    assert letters_to(adult) == before


def test_an_adult_who_said_yes_still_passes_news_on_where_nobody_else_is_reached(forum):
    new = young(15, contact="")
    bo = join(forum, new)
    consents.answer(bo.id, YES, at=AT)
    turn(bo.id, 16)
    setting_up.rewrite(
        forum, make_plan(limits=SMALL, venue="Another hall (invented)"), by=make_person(Role.VOICE), at=AT
    )
    db.session.commit()
    assert "changed" in letters_to(new.guardian.contact)


def test_another_hall_is_told_on_the_day_itself(forum):
    bo, plan = by_themselves(forum), make_plan(limits=SMALL)
    morning = datetime.combine(plan.meets_on, datetime.min.time(), UTC) + timedelta(hours=9)
    with time_machine.travel(morning, tick=False):
        flooded = replace(plan, venue="Another hall (invented)")
        assert setting_up.rewrite(forum, flooded, by=make_person(Role.VOICE), at=morning)
    assert state_of(bo.id) == "confirmed"
