"""Places at a forum: taken once, offered along the line, given on; groups kept together; nothing overfills."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from engage.forums.actions import changing, keeping, offers
from engage.forums.queries import sign_ups as queries
from engage.forums.rules.places import Limits, Place
from engage.shared import db
from engage.shared.errors import NotValid
from tests.forums import (
    SMALL,
    audited,
    book,
    check_ledger,
    fill,
    forum_now,
    join,
    list_agencies,
    make_forum,
    professional,
    state_of,
    states_of,
    young,
)

AT = datetime(2026, 11, 23, 10, tzinfo=UTC)


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(AT, tick=False):
        yield


def test_the_last_place_is_taken_and_the_next_person_waits(database):
    forum_id = make_forum(limits=SMALL)
    fill(forum_id)
    late = join(forum_id, young())
    assert (late.state, late.line) == ("waitlisted", 1)
    assert check_ledger(forum_id).young == 5


def test_every_type_has_its_quota_and_half_stays_for_young_people(database):
    forum_id = make_forum(limits=replace(SMALL, agency_cap=0))
    adults = [join(forum_id, professional(f"Agency {n}")).state for n in range(4)]
    facilitator = [join(forum_id, professional(f"Other {n}", place=Place.FACILITATOR)).state for n in range(2)]
    assert adults == ["confirmed"] * 3 + ["waitlisted"]
    assert facilitator == ["confirmed", "waitlisted"]
    assert check_ledger(forum_id).adults == 4


def test_one_agency_takes_no_more_than_its_share(database):
    forum_id = make_forum(limits=SMALL)
    list_agencies(forum_id, "Police", "Health")
    states = [join(forum_id, professional(name)).state for name in ("Police", "police ", "POLICE", "Health")]
    assert states == ["confirmed", "confirmed", "waitlisted", "confirmed"]


def test_there_are_never_more_young_people_than_the_adults_can_look_after(database):
    limits = Limits(40, 40, 0, 0, 0, floor=20, agency_cap=0, adults=2)
    forum_id = make_forum(limits=limits, age_from=9)
    states = [join(forum_id, young(12)).state for _ in range(17)]
    assert states == ["awaiting_consent"] * 16 + ["waitlisted"]
    assert join(forum_id, young(18)).state == "confirmed"


def test_a_forum_is_full_when_nobody_fits_and_open_again_when_somebody_leaves(database):
    forum_id = make_forum(limits=Limits(4, 4, 0, 0, 0, floor=2, agency_cap=0, adults=2))
    people = fill(forum_id, 4)
    assert forum_now(forum_id).state == "full"
    changing.cancel(people[0].id, at=AT)
    db.session.commit()
    assert forum_now(forum_id).state == "open"


def test_a_freed_place_is_offered_to_the_next_in_line_for_a_day(database):
    forum_id = make_forum(limits=SMALL)
    people = fill(forum_id)
    first, second = join(forum_id, young()), join(forum_id, young())
    changing.cancel(people[0].id, at=AT)
    assert (state_of(first.id), state_of(second.id)) == (
        "waitlisted",
        "waitlisted",
    )  # nothing is kept before the commit
    changing.cancel(people[0].id, at=AT)
    db.session.commit()
    assert (state_of(first.id), state_of(second.id)) == ("offered", "waitlisted")
    assert queries.sign_up(first.id).offered_until == AT + timedelta(days=1)
    assert offers.accept(first.id, at=AT) == "confirmed"
    check_ledger(forum_id)


def test_an_offer_taken_too_late_has_gone_to_the_next_in_line(database):
    forum_id = make_forum(limits=SMALL)
    people = fill(forum_id)
    first, second = join(forum_id, young()), join(forum_id, young())
    changing.cancel(people[0].id, at=AT)
    assert offers.accept(first.id, at=AT + timedelta(hours=25)) == "expired"
    db.session.commit()
    assert (state_of(first.id), state_of(second.id)) == ("expired", "offered")
    assert "took an offer too late" in audited()
    assert offers.renew(first.id, at=AT) == "waitlisted"
    check_ledger(forum_id)


def test_an_offer_that_nobody_answers_goes_on_by_itself(database):
    forum_id = make_forum(limits=SMALL)
    people = fill(forum_id)
    first, second = join(forum_id, young()), join(forum_id, young())
    changing.cancel(people[0].id, at=AT)
    keeping.move_by_clock(AT + timedelta(days=1))
    db.session.commit()
    assert (state_of(first.id), state_of(second.id)) == ("expired", "offered")
    offers.decline(second.id, at=AT)
    db.session.commit()
    assert check_ledger(forum_id).young == 4


def test_a_group_kept_together_has_all_its_places_or_none(database):
    forum_id = make_forum(limits=SMALL)
    fill(forum_id, 3)
    group = book(forum_id, [young(17, contact="") for _ in range(3)])
    assert {one.state for one in group.members} == {"waitlisted"}
    assert {one.line for one in group.members} == {1}
    single = join(forum_id, young())
    assert single.state == "confirmed"
    assert check_ledger(forum_id).young == 4


def test_a_group_that_is_larger_than_what_is_free_waits_on_and_may_split(database):
    forum_id = make_forum(limits=SMALL)
    people = fill(forum_id)
    group = book(forum_id, [young(17, contact="") for _ in range(3)])
    single = join(forum_id, young())
    changing.cancel(people[0].id, at=AT)
    db.session.commit()
    assert (state_of(group.members[0].id), state_of(single.id)) == ("waitlisted", "offered")
    changing.split_group(group.id, at=AT)
    changing.cancel(people[1].id, at=AT)
    db.session.commit()
    assert [state_of(one.id) for one in group.members] == ["offered", "waitlisted", "waitlisted"]
    check_ledger(forum_id)


def test_a_promoted_group_is_offered_and_confirmed_as_one(database):
    forum_id = make_forum(limits=SMALL)
    people = fill(forum_id)
    group = book(forum_id, [young(17, contact="") for _ in range(3)], leader_comes=True)
    for one in people[:3]:
        changing.cancel(one.id, at=AT)
    db.session.commit()
    assert states_of(forum_id) == {"cancelled": 3, "confirmed": 2, "offered": 4}
    assert offers.accept(group.members[1].id, at=AT) == "confirmed"
    db.session.commit()
    assert states_of(forum_id) == {"cancelled": 3, "confirmed": 6}
    check_ledger(forum_id)


def test_a_group_that_may_split_takes_what_there_is(database):
    forum_id = make_forum(limits=SMALL)
    fill(forum_id, 3)
    group = book(forum_id, [young(17, contact="") for _ in range(4)], together=False)
    assert [one.state for one in group.members] == ["confirmed", "confirmed", "waitlisted", "waitlisted"]
    changing.cancel_group(group.id, at=AT)
    db.session.commit()
    assert check_ledger(forum_id).young == 3


def test_the_same_form_sent_twice_is_stored_once(database):
    forum_id = make_forum(limits=SMALL)
    new, attempt = young(), b"a" * 16
    first = join(forum_id, new, attempt=attempt)
    again = join(forum_id, new, attempt=attempt)
    assert (again.id, again.again) == (first.id, True)
    assert check_ledger(forum_id).young == 1


def test_somebody_who_signed_up_already_is_told_so_and_takes_no_second_place(database):
    forum_id = make_forum(limits=SMALL)
    new = young()
    join(forum_id, new)
    with pytest.raises(NotValid, match="signed up already"):
        join(forum_id, new)
    assert check_ledger(forum_id).young == 1
    assert "refused a second sign-up" in audited()


def test_who_cancelled_may_sign_up_again(database):
    forum_id = make_forum(limits=SMALL)
    new = young()
    changing.cancel(join(forum_id, new).id, at=AT)
    assert join(forum_id, new).state == "confirmed"
