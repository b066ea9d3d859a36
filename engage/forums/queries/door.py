"""Who is at the door, and who comes through it."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import select

from engage.accounts.rules import Person
from engage.forums.models import CheckInRow, ForumDoorRow, ForumRow
from engage.forums.queries.forums import as_forum
from engage.forums.queries.sign_ups import SignUp, consents_of_forum, people
from engage.forums.rules.consents import Purpose
from engage.forums.rules.door import AT_DOOR, ENTERS, AtDoor, Mark, may_see_door, meter, too_few, with_one_more
from engage.forums.rules.forums import Forum
from engage.forums.rules.places import Limits, weight
from engage.forums.rules.signing_up import Professional, YoungPerson
from engage.shared import db
from engage.shared.clock import now
from engage.shared.waiting import Waiting


def door_list(forum: Forum) -> list[AtDoor]:
    """Everybody who has a place, by name."""
    given = consents_of_forum(forum.id)
    found = [at_door(one, given.get(one.id, frozenset()), forum.plan.limits) for one in people(forum.id, AT_DOOR)]
    return sorted(found, key=lambda one: (not one.young, one.name.casefold(), one.id))


def at_door(one: SignUp, given: frozenset[Purpose], limits: Limits) -> AtDoor:
    """What the door sees of one sign-up."""
    return AtDoor(
        id=one.id, name=one.door_name, place=one.place, age=one.age, presence=one.presence, given=given,
        weight=weight(one.age, limits), has_needs=bool(one.access or one.diet), checks_seen=one.checks_seen,
        needs_check=one.needs_check,
    )  # fmt: skip


def asks_first(forum: Forum, one: Mark) -> str:
    """The question before this tap lets somebody under 18 in where adults are too few, "" where there is none."""
    froms = ENTERS.get(one.did, ())
    people = door_list(forum) if froms else []
    coming = [who for who in people if who.id == one.sign_up_id and who.minor and who.presence in froms]
    return too_few(with_one_more(meter(people), load=coming[0].weight, minor=True)) if coming else ""


def asks_walk_in(forum: Forum, new: YoungPerson | Professional) -> str:
    """The same for somebody who has not signed up."""
    load = weight(new.age, forum.plan.limits) if isinstance(new, YoungPerson) else 0
    return too_few(with_one_more(meter(door_list(forum)), load=load, minor=True)) if load else ""


def is_named(forum_id: int, person_id: int) -> bool:
    """True when this person is on the door team of that forum."""
    return db.session.get(ForumDoorRow, (forum_id, person_id)) is not None


def has_mark(key: str) -> bool:
    """True when this tap is stored already."""
    return db.session.scalar(select(CheckInRow.key).where(CheckInRow.key == key)) is not None


def last_seen(sign_up_id: int) -> datetime | None:
    """When the door last saw somebody, in UTC."""
    at = db.session.scalar(
        select(CheckInRow.at).where(CheckInRow.sign_up_id == sign_up_id).order_by(CheckInRow.at.desc()).limit(1)
    )
    return at.replace(tzinfo=UTC) if at else None


@dataclass(frozen=True)
class DoorLine:
    """One line of the door about one person, with who took them home where they were collected. `at` is UTC."""

    at: datetime
    did: str
    collector: str
    by: int


def door_lines(sign_up_id: int) -> list[DoorLine]:
    """Everything the door wrote down about one person, in its order."""
    rows = db.session.scalars(
        select(CheckInRow).where(CheckInRow.sign_up_id == sign_up_id).order_by(CheckInRow.at, CheckInRow.key)
    )
    return [DoorLine(one.at.replace(tzinfo=UTC), one.did, one.collector or "", one.by) for one in rows]


def met_between(first: date, last: date) -> list[Forum]:
    """The forums that met from one day to another and were not cancelled."""
    rows = db.session.scalars(
        select(ForumRow)
        .where(ForumRow.meets_on.between(first, last), ForumRow.state.not_in(["draft", "cancelled"]))
        .order_by(ForumRow.meets_on, ForumRow.id)
    )
    return [as_forum(row) for row in rows]


def waiting_at_door(person: Person, today: date) -> list[Waiting]:
    """The doors this person is at today."""
    rows = db.session.scalars(
        select(ForumRow)
        .join(ForumDoorRow, ForumDoorRow.forum_id == ForumRow.id)
        .where(ForumDoorRow.person_id == person.id, ForumRow.meets_on.is_not(None))
        .order_by(ForumRow.meets_on)
    )
    mine = [as_forum(row) for row in rows]
    open_now = [one for one in mine if may_see_door(one, person, named=True, at=now())]
    return [Waiting(f"You are at the door: {one.theme}", 1, today, f"/desk/forums/{one.id}/door") for one in open_now]
