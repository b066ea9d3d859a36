"""Places at a forum: taken once, held for consent, offered along the line, given on; nothing overfills."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select

from engage.accounts.models import AuditRow
from engage.accounts.rules import Role
from engage.forums.actions import changing, consents, keeping, offers, setting_up, signing_up
from engage.forums.models import ConsentRow, ForumRow, SignUpRow
from engage.forums.queries import sign_ups as queries
from engage.forums.rules.consents import Answers, Purpose, Relation
from engage.forums.rules.places import Limits, Place
from engage.forums.rules.signing_up import Changed, Group
from engage.shared import db
from engage.shared.errors import NotAllowed, NotOpen, NotValid
from engage.shared.outbox import LetterRow
from tests.forums import (
    YES,
    check_ledger,
    forum_now,
    make_forum,
    make_plan,
    professional,
    state_of,
    states_of,
    young,
)
from tests.people import make_person

AT = datetime(2026, 11, 23, 10, tzinfo=UTC)
SMALL = Limits(capacity=8, young=5, ambassador=0, professional=3, facilitator=1, floor=4, agency_cap=2, adults=2)


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(AT, tick=False):
        yield


def join(forum_id, new, *, at=AT, **known):
    signed = signing_up.sign_up(forum_id, new, at=at, language="en", **known)
    db.session.commit()
    return signed


def book(forum_id, members, *, together=True, leader_comes=False):
    group = Group(professional(), tuple(members), together=together, leader_comes=leader_comes)
    signed = signing_up.sign_up_group(forum_id, group, at=AT, language="en")
    db.session.commit()
    return signed


def fill(forum_id, count=5):
    return [join(forum_id, young()) for _ in range(count)]


def audited():
    return [line.did for line in db.session.scalars(select(AuditRow).order_by(AuditRow.id))]


def test_the_last_place_is_taken_and_the_next_person_waits(database):
    forum_id = make_forum(limits=SMALL)
    fill(forum_id)
    late = join(forum_id, young())
    assert (late.state, late.line) == ("waitlisted", 1)
    assert check_ledger(forum_id).young == 5


def test_every_type_has_its_quota_and_half_stays_for_young_people(database):
    forum_id = make_forum(limits=SMALL)
    adults = [join(forum_id, professional(f"Agency {n}")).state for n in range(4)]
    facilitator = [join(forum_id, professional(f"Other {n}", place=Place.FACILITATOR)).state for n in range(2)]
    assert adults == ["confirmed"] * 3 + ["waitlisted"]
    assert facilitator == ["confirmed", "waitlisted"]
    assert check_ledger(forum_id).adults == 4


def test_one_agency_takes_no_more_than_its_share(database):
    forum_id = make_forum(limits=SMALL)
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
        signing_up.walk_in(forum_id, young(14), at=AT, by=by)
    told = Answers(frozenset({Purpose.ATTEND}), Relation.PARENT, "A parent", how="phone")
    assert signing_up.walk_in(forum_id, young(14), at=AT, by=by, answers=told).state == "confirmed"
    db.session.commit()
    with pytest.raises(NotOpen, match="no place left"):
        signing_up.walk_in(forum_id, young(17), at=AT, by=by)
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
