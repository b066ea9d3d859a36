"""Sign up: one person, a group kept together or split, a walk-in at the door."""

from datetime import datetime

from engage.accounts.actions import note
from engage.accounts.rules import Person
from engage.forums.actions import ledger, letters
from engage.forums.actions.adding import (
    ALREADY,
    AlreadyThere,
    Coming,
    add,
    add_group,
    group_before,
    sent_before,
    signed_up,
    signed_up_group,
)
from engage.forums.actions.asking import keep_answers
from engage.forums.actions.refusing import refuse
from engage.forums.actions.same_group import same_group
from engage.forums.actions.setting_up import see_checks
from engage.forums.models import SignUpRow
from engage.forums.queries.agencies import listed_agencies
from engage.forums.queries.forums import forum as forum_by_id
from engage.forums.rules.consents import Answers, check_right_adult, needs_adult
from engage.forums.rules.door import check_takes_walk_ins
from engage.forums.rules.forums import Forum, check_takes_sign_ups
from engage.forums.rules.places import Member, check_group, party_of
from engage.forums.rules.signing_up import (
    Group,
    Professional,
    SignedUp,
    SignedUpGroup,
    WalkIn,
    YoungPerson,
    as_member,
    check_age,
    check_named,
    check_places,
    check_reachable,
    counted,
    seated,
)
from engage.forums.rules.states import SIGNING_UP
from engage.shared import db
from engage.shared.clock import LONDON
from engage.shared.errors import NotOpen, NotValid
from engage.shared.words import N_

ON_LIST = (
    "Somebody with this name and number is on this list already: find them by name. If they are not there, they have "
    "cancelled or wait for a place: ask the organiser"
)


def sign_up(
    forum_id: int, new: YoungPerson | Professional, *, at: datetime, language: str, attempt: bytes | None = None
) -> SignedUp:
    """Sign one person up: a place if there is one, else the next number of the waiting list.

    The same form sent twice (`attempt`) is stored once. Raises `NotFound`, `NotOpen`, `NotValid`.
    """
    forum = forum_by_id(forum_id)
    before = sent_before(forum_id, attempt)
    if before is not None:
        return before
    check_takes_sign_ups(forum, at=at)
    new = _counted(seated(new, forum.plan.limits), forum)
    _check(new, forum, leader=None)
    placed, line = _place(forum, [as_member(new)])
    row = add(new, Coming(forum, at, language, placed, line, attempt=attempt))
    letters.tell(row, forum=forum)
    return signed_up(row)


def sign_up_group(
    forum_id: int, group: Group, *, at: datetime, language: str, attempt: bytes | None = None
) -> SignedUpGroup:
    """Sign several people up: all have a place or all wait where they stay together, else each by themselves.

    Raises `NotFound`, `NotOpen`, `NotValid`; `AlreadyThere` where this leader has booked these people already.
    """
    forum = forum_by_id(forum_id)
    before = group_before(forum_id, attempt)
    if before is not None:
        return before
    check_takes_sign_ups(forum, at=at)
    _check_new_group(forum_id, group)
    coming: list[YoungPerson | Professional] = [*group.members, *([group.leader] if group.leader_comes else [])]
    everybody = [_counted(seated(one, forum.plan.limits), forum) for one in coming]
    check_group(len(everybody))
    for one in everybody:
        _check(one, forum, leader=group.leader)
    row = add_group(forum_id, group, language=language, attempt=attempt)
    places = _places(forum, everybody, together=group.together)
    for one, (placed, line) in zip(everybody, places, strict=True):
        add(one, Coming(forum, at, language, placed, line, group_id=row.id))
    letters.tell_leader(row.id)
    return signed_up_group(row)


def walk_in(forum_id: int, came: WalkIn, *, at: datetime, by: Person) -> SignedUp:
    """Give somebody at the door a place; under 16 only with the right adult's yes, by phone or on paper.

    The same form sent twice is stored once. Raises `NotOpen` without a place or while the doors are shut, `NotValid`
    for somebody of another age or who is on the list, and `NotValid` or `NotAllowed` without the right consent.
    """
    forum = forum_by_id(forum_id)
    ledger.lock(forum_id)
    before, new = sent_before(forum_id, came.attempt), _counted(came.new, forum)
    if before is not None:
        return before
    check_takes_walk_ins(forum)
    _check_told(new, came.answers)
    _check(new, forum, leader=None)
    if not ledger.take(forum_id, party_of([as_member(new)], forum.plan.limits), states=("live",)):
        no_place = NotOpen(N_("There is no place left for this person: somebody would have to leave first"))
        refuse(no_place, did="found no place at the door", about=f"forum {forum_id}", person_id=by.id)
    row = _add_at_door(new, Coming(forum, at, "en", placed=True, attempt=came.attempt, walk_in=True))
    if came.answers is not None:
        keep_answers(row, came.answers, at=at, noted_by=by.id)
    row.state, row.held_until = "confirmed", None
    note("gave a place at the door", f"sign-up {row.id}")
    if came.checks_seen:
        see_checks(row.id, by=by, today=at.astimezone(LONDON).date())
    db.session.flush()
    return signed_up(row)


def _check_new_group(forum_id: int, group: Group) -> None:
    """Hold the forum's row, so that of two equal groups sent at once one is the first. Raises `AlreadyThere`."""
    ledger.lock(forum_id)
    if same_group(forum_id, group) is not None:
        refuse(AlreadyThere(ALREADY), did="refused a second sign-up", about=f"forum {forum_id}")


def _counted(one: YoungPerson | Professional, forum: Forum) -> YoungPerson | Professional:
    return one if isinstance(one, YoungPerson) else counted(one, listed_agencies(forum.id))


def _check(one: YoungPerson | Professional, forum: Forum, *, leader: Professional | None) -> None:
    check_places(one)
    if isinstance(one, YoungPerson):
        check_age(one.age, youngest=forum.plan.age_from, oldest=forum.plan.age_to)
        check_reachable(one, leader)
    else:
        check_named(one)


def _add_at_door(new: YoungPerson | Professional, coming: Coming) -> SignUpRow:
    try:
        return add(new, coming)
    except AlreadyThere as there:
        raise AlreadyThere(ON_LIST) from there


def _check_told(new: YoungPerson | Professional, answers: Answers | None) -> None:
    if not isinstance(new, YoungPerson) or not needs_adult(new.age):
        return
    if answers is None:
        raise NotValid(N_("Under 16: call the adult first, and write down who said yes"))
    check_right_adult(answers.relation, age=new.age, looked_after=new.looked_after)


def _place(forum: Forum, members: list[Member]) -> tuple[bool, int | None]:
    if ledger.take(forum.id, party_of(members, forum.plan.limits), states=SIGNING_UP):
        return True, None
    return False, ledger.next_in_line(forum.id)


def _places(forum: Forum, people: list[YoungPerson | Professional], *, together: bool) -> list[tuple[bool, int | None]]:
    members = [as_member(one) for one in people]
    if together:
        return [_place(forum, members)] * len(members)
    return [_place(forum, [member]) for member in members]
