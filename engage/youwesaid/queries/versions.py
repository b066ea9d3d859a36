"""What stood on a concern's page before: changed and withdrawn words, merged addresses; and the plans it serves."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from engage.shared import db
from engage.youwesaid.models import ConcernPriorityRow, ConcernRow, UpdateRow
from engage.youwesaid.rules.priorities import PRIORITIES, Priority


@dataclass(frozen=True)
class Changed:
    """A published update that says something else than it did at first: "changed on", never the words before."""

    update_id: int
    version: int
    first_on: date
    changed_on: date


@dataclass(frozen=True)
class Withdrawn:
    """An update that was taken back: when it stood there, why in one word, and nothing of what it said."""

    concern_id: int
    shown_on: date
    withdrawn_on: date
    for_safety: bool


def changes(concern_ids: Collection[int]) -> dict[int, Changed]:
    """By update: what was published again with other words, and when first."""
    rows = db.session.execute(
        select(UpdateRow.id, UpdateRow.replaces_id, UpdateRow.version, UpdateRow.shown_on, UpdateRow.state)
        .where(UpdateRow.concern_id.in_(concern_ids), UpdateRow.shown_on.is_not(None))
        .order_by(UpdateRow.id)
    ).tuples()
    first: dict[int, date] = {}
    found: dict[int, Changed] = {}
    for update_id, replaces, version, shown_on, state in rows:
        if shown_on is None:
            continue
        first[update_id] = first.get(replaces or 0, shown_on)
        if version > 1 and state == "published":
            found[update_id] = Changed(update_id, version, first[update_id], shown_on)
    return found


def withdrawn(concern_ids: Collection[int]) -> dict[int, tuple[Withdrawn, ...]]:
    """By concern: which updates were taken back, newest first; a reader is told so, and not what they said."""
    rows = db.session.execute(
        select(UpdateRow.concern_id, UpdateRow.shown_on, UpdateRow.ended_on, UpdateRow.for_safety)
        .where(UpdateRow.concern_id.in_(concern_ids), UpdateRow.state == "withdrawn")
        .order_by(UpdateRow.ended_on.desc(), UpdateRow.id.desc())
    ).tuples()
    found: dict[int, tuple[Withdrawn, ...]] = {}
    for concern_id, shown_on, ended_on, for_safety in rows:
        if shown_on is not None and ended_on is not None:
            one = Withdrawn(concern_id, shown_on, ended_on, for_safety)
            found[concern_id] = (*found.get(concern_id, ()), one)
    return found


def overridden(concern_ids: Collection[int]) -> frozenset[int]:
    """The published updates that the safeguarding lead let out past the other steps: the page says so."""
    rows = select(UpdateRow.id).where(UpdateRow.concern_id.in_(concern_ids), UpdateRow.state == "published")
    return frozenset(db.session.scalars(rows.where(UpdateRow.overridden)))


def moved_to(slug: str) -> str | None:
    """The address where a concern is found that was put together with another, as long as that one is public."""
    target = select(ConcernRow.merged_into_id).where(ConcernRow.slug == slug).scalar_subquery()
    public = select(ConcernRow.slug).where(ConcernRow.id == target, ConcernRow.state != "proposed")
    return db.session.scalar(public.where(ConcernRow.about_agency_id.is_(None) | ConcernRow.released))


def priorities(concern_ids: Iterable[int]) -> dict[int, tuple[Priority, ...]]:
    """By concern: the priorities it serves, in the order of the plans."""
    rows = db.session.execute(
        select(ConcernPriorityRow.concern_id, ConcernPriorityRow.priority).where(
            ConcernPriorityRow.concern_id.in_(list(concern_ids))
        )
    ).tuples()
    order = {code: place for place, code in enumerate(PRIORITIES)}
    known = sorted((row for row in rows if row[1] in order), key=lambda row: order[row[1]])
    found: dict[int, tuple[Priority, ...]] = {}
    for concern_id, code in known:
        found[concern_id] = (*found.get(concern_id, ()), PRIORITIES[code])
    return found


def serving(priority: str) -> frozenset[int]:
    """The concerns that serve one priority."""
    rows = select(ConcernPriorityRow.concern_id).where(ConcernPriorityRow.priority == priority)
    return frozenset(db.session.scalars(rows))
