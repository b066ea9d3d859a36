"""Forums, and who will be in the room."""

import json
from dataclasses import dataclass
from datetime import UTC, date
from functools import lru_cache
from time import monotonic
from typing import Any

from sqlalchemy import Engine, Row, Select, and_, bindparam, event, func, literal, or_, select

from engage.forums.models import ForumRoomRow, ForumRow, SignUpRow
from engage.forums.queries.links import key_of
from engage.forums.rules.forums import Forum, Kind, Plan
from engage.forums.rules.links import Opens
from engage.forums.rules.places import ADULT_PLACES, Limits, Place, Taken
from engage.forums.rules.states import HOLDS_PLACE
from engage.shared import db
from engage.shared.errors import NotFound
from engage.shared.words import N_

NO_SUCH = N_("We don't know this forum. Check the link, or look at the list of forums.")

ADULTS_COMING = and_(SignUpRow.place.in_(ADULT_PLACES), SignUpRow.state.in_(HOLDS_PLACE))


@dataclass(frozen=True)
class RoomLine:
    """One line of "who will be in the room": never a name. `planned`: the team wrote it down."""

    agency: str
    role: str
    planned: bool = False


def forum(forum_id: int) -> Forum:
    """Give one forum, a draft too. Raises `NotFound`."""
    return _one(BY_ID, id=forum_id)


def forum_by_slug(slug: str) -> Forum:
    """Give the forum whose address is /forums/`slug`; drafts and forums for invited people have none.

    Raises `NotFound`.
    """
    return _one(BY_SLUG, slug=slug)


def invited(token: str) -> Forum:
    """Give the forum that an invitation opens. Raises `NotFound`."""
    return _one(BY_KEY, key=key_of(Opens.INVITATION, token))


def lately(forum_id: int) -> Forum:
    """Give one forum as it was at most a second ago, for pages that only show it. Raises `NotFound`."""
    return _lately(db.engine(), BY_ID, "id", forum_id, int(monotonic()))


def lately_by_slug(slug: str) -> Forum:
    """Give the forum at an address, as it was at most a second ago: whoever changes anything looks again.

    Raises `NotFound`.
    """
    return _lately(db.engine(), BY_SLUG, "slug", slug, int(monotonic()))


def public_forums(today: date) -> list[Forum]:
    """Every forum the public sees: those to come in order, then those that have met, the latest first.

    A cancelled one stays until its day has passed.
    """
    shown = and_(ForumRow.kind == Kind.FORUM, ForumRow.state != "draft")
    told = or_(ForumRow.state != "cancelled", ForumRow.meets_on >= today)
    found = _all(select(ForumRow).where(shown, told).order_by(ForumRow.meets_on, ForumRow.id))
    over = [one for one in found if one.meets_on < today]
    return [one for one in found if one.meets_on >= today] + over[::-1]


def forums() -> list[Forum]:
    """Every forum, for the team: the latest day first, drafts without a day at the top."""
    found = _all(select(ForumRow).order_by(ForumRow.id.desc()))
    return sorted(found, key=lambda one: one.meets_on, reverse=True)


def in_room(forum_id: int, *, unseen: bool = False) -> list[RoomLine]:
    """Which agencies and roles will be in the room: those planned, and the adults who have a place; never a name.

    Who has a place and whose checks nobody has seen is among them only for the team, with `unseen`: what somebody
    typed about themselves stands on no public page before a person has looked at who they are.
    """
    coming = ADULTS_COMING if unseen else and_(ADULTS_COMING, SignUpRow.checks_seen_by.is_not(None))
    planned = select(ForumRoomRow.agency, ForumRoomRow.role, literal(1)).where(ForumRoomRow.forum_id == forum_id)
    signed_up = select(SignUpRow.agency, SignUpRow.role, literal(0)).where(SignUpRow.forum_id == forum_id, coming)
    rows = db.session.execute(planned.union(signed_up)).all()
    written = {(agency, role) for agency, role, by_team in rows if by_team}
    lines = sorted({(agency, role) for agency, role, _ in rows})
    return [RoomLine(agency, role, planned=(agency, role) in written) for agency, role in lines]


def waiting_in_line(forum_id: int) -> dict[Place, int]:
    """How many people wait for each type of place."""
    rows = db.session.execute(
        select(SignUpRow.place, func.count(SignUpRow.id))
        .where(SignUpRow.forum_id == forum_id, SignUpRow.state == "waitlisted")
        .group_by(SignUpRow.place)
    )
    return {Place(place): count for place, count in rows}


# Plain columns, and one statement for all requests.
FORUMS = select(*ForumRow.__table__.columns)
NO_DRAFT = ForumRow.state != "draft"
BY_ID = FORUMS.where(ForumRow.id == bindparam("id"))
BY_SLUG = FORUMS.where(ForumRow.slug == bindparam("slug"), NO_DRAFT, ForumRow.kind == Kind.FORUM.value)
BY_KEY = FORUMS.where(ForumRow.key == bindparam("key"), NO_DRAFT)


def _one(asked: Select[Any], **which: object) -> Forum:
    db.session.flush()
    row = db.session.connection().execute(asked, which).first()
    if row is None:
        raise NotFound(NO_SUCH)
    return as_forum(row)


# Every step of a sign-up asks for its forum, and what these pages show of one changes a few times.
@lru_cache(maxsize=128)
def _lately(_engine: Engine, asked: Select[Any], name: str, value: object, _second: int) -> Forum:
    return _one(asked, **{name: value})


def _forget(*_event: object) -> None:
    _lately.cache_clear()


for change in ("after_insert", "after_update", "after_delete"):
    event.listen(ForumRow, change, _forget)  # whoever changes a forum sees it at once; other processes within a second


def _all(statement: Select[tuple[ForumRow]]) -> list[Forum]:
    return [as_forum(row) for row in db.session.scalars(statement.execution_options(populate_existing=True))]


def as_forum(row: ForumRow | Row[Any]) -> Forum:
    """Give the record of a row."""
    return Forum(
        id=row.id,
        slug=row.slug,
        state=row.state,
        plan=_plan(row),
        taken=Taken(row.young, row.ambassador, row.professional, row.facilitator, row.load),
        key=row.key,
        translations=json.loads(row.translations),
        reason=row.reason,
        fed_back_on=row.fed_back_on,
        changed_at=row.changed_at and row.changed_at.replace(tzinfo=UTC),
    )


def _plan(row: ForumRow | Row[Any]) -> Plan:
    return Plan(
        kind=Kind(row.kind), theme=row.theme, about=row.about, meets_on=row.meets_on, starts=row.starts, ends=row.ends,
        venue=row.venue, address=row.address, access=row.access, lead=row.lead, lead_phone=row.lead_phone,
        risk_reference=row.risk_reference, programme=row.programme, age_from=row.age_from, age_to=row.age_to,
        limits=_limits(row), closes_on=row.closes_on, promised_on=row.promised_on,
    )  # fmt: skip


def _limits(row: ForumRow | Row[Any]) -> Limits:
    return Limits(
        capacity=row.capacity, young=row.young_quota, ambassador=row.ambassador_quota,
        professional=row.professional_quota, facilitator=row.facilitator_quota, floor=row.young_floor,
        agency_cap=row.agency_cap, adults=row.adults, younger_per_adult=row.younger_per_adult,
        older_per_adult=row.older_per_adult,
    )  # fmt: skip
