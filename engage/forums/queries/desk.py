"""What the organiser sees: how full each type is, who of staff is at the door, what waits."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import and_, func, select

from engage.accounts.rules import Person, Role
from engage.forums.models import ForumDoorRow, ForumRow, GroupRow, SignUpRow
from engage.forums.queries.forums import as_forum, waiting_in_line
from engage.forums.rules.forums import Forum
from engage.forums.rules.places import ADULT_PLACES, Occupancy, Place, is_unbalanced
from engage.forums.rules.states import HOLDS_PLACE, SIGNING_UP
from engage.shared import db
from engage.shared.waiting import Waiting


@dataclass(frozen=True)
class LedGroup:
    """One group on the organiser's list: who leads it, and how to reach them."""

    leader: str
    contact: str
    agency: str
    together: bool

    @property
    def words(self) -> str:
        """Say whose group it is."""
        whose = ", ".join(filter(None, (self.leader, self.agency)))
        return f"Group of {whose}, {'kept together' if self.together else 'may be split'}"


SOON = timedelta(days=7)
MANY = {
    Place.YOUNG: "young people",
    Place.AMBASSADOR: "ambassadors",
    Place.PROFESSIONAL: "professionals",
    Place.FACILITATOR: "facilitators",
}


def occupancies(forum: Forum) -> list[Occupancy]:
    """How full each type of place is that the forum has."""
    waits = waiting_in_line(forum.id)
    found = [
        Occupancy(place, forum.taken.of(place), forum.plan.limits.of(place), waits.get(place, 0)) for place in Place
    ]
    return [one for one in found if one.quota or one.waiting]


def at_door(forum_id: int) -> set[int]:
    """The ids of the staff who are at the door of one forum."""
    rows = db.session.scalars(select(ForumDoorRow.person_id).where(ForumDoorRow.forum_id == forum_id))
    return set(rows)


def led_groups(forum_id: int) -> dict[int, LedGroup]:
    """The groups of one forum by their ids."""
    rows = db.session.scalars(select(GroupRow).where(GroupRow.forum_id == forum_id).order_by(GroupRow.id))
    return {one.id: LedGroup(one.leader or "", one.contact or "", one.agency, one.together) for one in rows}


def waiting(person: Person, today: date) -> list[Waiting]:
    """Everything about forums that the team can act on now."""
    if Role.VOICE not in person.roles:
        return []
    return [line for line in (*_unbalanced(), *_crowded(), _unseen(today), *_untold(today)) if line.count]


def _unbalanced() -> list[Waiting]:
    rows = db.session.scalars(select(ForumRow).where(ForumRow.state.in_(SIGNING_UP)).order_by(ForumRow.meets_on))
    forums = [as_forum(row) for row in rows]
    return [
        Waiting(f"Adults fill up, young people do not ({shares(full)}): {one.theme}", 1, None, f"/desk/forums/{one.id}")
        for one, full in ((one, _full(one)) for one in forums)
        if is_unbalanced(full)
    ]


def _crowded() -> list[Waiting]:
    """Forums that are full while others wait: more places, or a second evening."""
    rows = db.session.scalars(select(ForumRow).where(ForumRow.state == "full").order_by(ForumRow.meets_on))
    lines = [(one, sum(waiting_in_line(one.id).values())) for one in map(as_forum, rows)]
    return [
        Waiting(f"Full, and people wait for a place: {one.theme}", count, None, f"/desk/forums/{one.id}")
        for one, count in lines
    ]


def _full(forum: Forum) -> list[Occupancy]:
    return [Occupancy(place, forum.taken.of(place), forum.plan.limits.of(place), 0) for place in Place]


def shares(occupancies: list[Occupancy]) -> str:
    """Say how full each type is that there are places for: "professionals 90 %, young people 40 %"."""
    return ", ".join(f"{MANY[one.place]} {one.share:.0%}".replace("%", " %") for one in occupancies if one.quota)


def _unseen(today: date) -> Waiting:
    adults = and_(SignUpRow.place.in_(ADULT_PLACES), SignUpRow.state.in_(HOLDS_PLACE))
    unseen = and_(adults, SignUpRow.checks_seen_by.is_(None))
    soon = and_(ForumRow.meets_on >= today, ForumRow.meets_on <= today + SOON, ForumRow.state != "cancelled")
    found = select(func.count(SignUpRow.id), func.min(SignUpRow.signed_up_at), func.min(ForumRow.id))
    rows = found.join(ForumRow, ForumRow.id == SignUpRow.forum_id).where(soon, unseen)
    count, since, forum_id = db.session.execute(rows).tuples().one()
    day = since.date() if isinstance(since, datetime) else None
    return Waiting("See the checks of adults who come", count, day, f"/desk/forums/{forum_id}/people")


def _untold(today: date) -> list[Waiting]:
    over = select(ForumRow.id, ForumRow.theme, ForumRow.meets_on, ForumRow.promised_on)
    rows = db.session.execute(over.where(ForumRow.state == "ended").order_by(ForumRow.meets_on))
    return [
        Waiting(
            f"Say what happened because of a forum: {theme}", 1, met, f"/desk/forums/{forum_id}",
            late=promised is not None and promised < today,
        )
        for forum_id, theme, met, promised in rows
    ]  # fmt: skip
