"""What the panel's pack may say of concerns and actions: nothing that is about an agency and not released."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, or_, select

from engage.accounts.queries import agencies
from engage.shared import db
from engage.youwesaid.models import ActionRow, ConcernRow, UpdateRow
from engage.youwesaid.rules.concerns import shown_state


@dataclass(frozen=True)
class PanelConcern:
    """A concern as every member of the panel may know it; `shown` is what a reader sees on the day asked for."""

    id: int
    title: str
    state: str
    shown: str
    said_on: date
    promised_on: date
    look_again_on: date | None


@dataclass(frozen=True)
class PanelAction:
    """What one agency agreed to do, without names of people."""

    id: int
    agency: str
    what: str
    concern: str
    state: str
    due_on: date | None
    claimed_on: date | None
    verified_on: date | None
    evidence: str


@dataclass(frozen=True)
class PublishedUpdate:
    """The public words of one "we did"."""

    concern: str
    we_did: str
    published_on: date


def panel_concerns(*, today: date) -> list[PanelConcern]:
    """Every concern that all of the panel may know, the first promised first."""
    rows = db.session.scalars(_open_to_all().order_by(ConcernRow.promised_on, ConcernRow.id))
    return [
        PanelConcern(
            row.id, row.title, row.state, shown_state(row.state, row.promised_on, today=today), row.said_on,
            row.promised_on, row.look_again_on,
        )
        for row in rows
    ]  # fmt: skip


def panel_actions() -> list[PanelAction]:
    """Every action on those concerns (one with steps by its steps only), by agency, then the next due first."""
    with_steps = select(ActionRow.parent_id).where(ActionRow.parent_id.is_not(None))
    known = _open_to_all().with_only_columns(ConcernRow.id)
    rows = db.session.execute(
        select(ActionRow, ConcernRow.title)
        .join(ConcernRow, ConcernRow.id == ActionRow.concern_id)
        .where(ActionRow.concern_id.in_(known), ActionRow.id.not_in(with_steps))
        .order_by(ActionRow.due_on.is_(None), ActionRow.due_on, ActionRow.id)
    ).tuples()
    names = {one.id: one.name for one in agencies()}
    found = [
        PanelAction(
            row.id, names[row.agency_id], row.what, title, row.state, row.due_on, row.claimed_on, row.verified_on,
            row.evidence,
        )
        for row, title in rows
    ]  # fmt: skip
    return sorted(found, key=lambda one: one.agency)


def published_between(since: date, until: date) -> list[PublishedUpdate]:
    """The updates published from one day to another, the first first."""
    known = _open_to_all().with_only_columns(ConcernRow.id)
    rows = db.session.execute(
        select(ConcernRow.title, UpdateRow.we_did, UpdateRow.published_on)
        .join(ConcernRow, ConcernRow.id == UpdateRow.concern_id)
        .where(UpdateRow.concern_id.in_(known), UpdateRow.published_on.between(since, until))
        .order_by(UpdateRow.published_on, UpdateRow.id)
    ).tuples()
    return [PublishedUpdate(title, words, day) for title, words, day in rows if day is not None]


def _open_to_all() -> Select[tuple[ConcernRow]]:
    released = or_(ConcernRow.about_agency_id.is_(None), ConcernRow.released)
    return select(ConcernRow).where(released, ConcernRow.merged_into_id.is_(None))
