"""The agencies that people choose from at a forum, and what was typed instead."""

from dataclasses import dataclass

from sqlalchemy import and_, or_, select

from engage.accounts.queries import agencies as partners
from engage.forums.models import ForumAgencyRow, ListedAgencyRow, SignUpRow
from engage.forums.queries.forums import ADULTS_COMING
from engage.forums.rules.agencies import ANOTHER, on_list
from engage.forums.rules.places import ADULT_PLACES, agency_key
from engage.forums.rules.states import LIVING
from engage.shared import db


@dataclass(frozen=True)
class Choosable:
    """One agency on the list: how many places count for it, and where it comes from.

    `id` is None for a partner: an administrator keeps those.
    """

    name: str
    taken: int
    whose: str
    id: int | None = None


@dataclass(frozen=True)
class TypedAgency:
    """A name that is not listed: how many people gave it, and whose count they are on."""

    name: str
    people: int
    counted_with: str


def listed_agencies(forum_id: int) -> list[str]:
    """The names that people choose from at one forum, in order, each once."""
    return sorted({agency_key(name): name for name in reversed([one.name for one in _found(forum_id)])}.values())


def choosable(forum_id: int) -> list[Choosable]:
    """The same for the organiser."""
    taken = taken_of_agencies(forum_id)
    found = {agency_key(one.name): one for one in reversed(_found(forum_id))}
    lines = [Choosable(one.name, taken.get(key, 0), one.whose, one.id) for key, one in found.items()]
    return sorted(lines, key=lambda one: one.name.casefold())


def taken_of_agencies(forum_id: int) -> dict[str, int]:
    """How many places count for each agency now, by the key its people are counted on."""
    rows = select(ForumAgencyRow.agency_key, ForumAgencyRow.taken).where(ForumAgencyRow.forum_id == forum_id)
    return dict(db.session.execute(rows).tuples().all())


def others_taken(forum_id: int) -> int:
    """How many places count for all organisations together that are on no list."""
    row = db.session.get(ForumAgencyRow, (forum_id, ANOTHER))
    return row.taken if row else 0


def typed_agencies(forum_id: int) -> list[TypedAgency]:
    """The names that people gave who come or wait, and that are not listed."""
    listed = listed_agencies(forum_id)
    here = and_(SignUpRow.forum_id == forum_id, SignUpRow.place.in_(ADULT_PLACES))
    wanted = select(SignUpRow.agency, SignUpRow.counted_as).where(here, or_(ADULTS_COMING, SignUpRow.state.in_(LIVING)))
    found: dict[str, list[tuple[str, str]]] = {}
    for name, counted_as in db.session.execute(wanted.order_by(SignUpRow.id)).tuples():
        if name and not on_list(name, listed):
            found.setdefault(agency_key(name), []).append((name, counted_as))
    by_key = {agency_key(name): name for name in listed}
    return [TypedAgency(same[0][0], len(same), by_key.get(same[0][1], "")) for _, same in sorted(found.items())]


def _found(forum_id: int) -> list[Choosable]:
    mine = or_(ListedAgencyRow.forum_id.is_(None), ListedAgencyRow.forum_id == forum_id)
    rows = db.session.scalars(select(ListedAgencyRow).where(mine).order_by(ListedAgencyRow.id))
    return [
        *(Choosable(one.name, 0, "a partner") for one in partners()),
        *(Choosable(one.name, 0, "at every forum" if one.forum_id is None else "at this one", one.id) for one in rows),
    ]
