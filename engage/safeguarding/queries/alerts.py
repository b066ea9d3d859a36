"""Alerts as the people who read them see them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, case, func, or_, select
from sqlalchemy.orm import aliased

from engage.accounts.models import AgencyRow, AuditRow, PersonRow
from engage.safeguarding.models import AlertRow, MessageRow
from engage.safeguarding.queries.about import hidden_from
from engage.safeguarding.rules.about import REFERRED_ON
from engage.safeguarding.rules.alerts import HIGH, STILL_IN, due_at
from engage.shared import crypto, db
from engage.shared.clock import LONDON
from engage.shared.errors import NotFound
from engage.shared.paging import LINES, Page
from engage.shared.words import N_

CHILD_FIRST = case((AlertRow.kind == STILL_IN, 0), else_=1)
ORDER = case((AlertRow.state == "raised", 0), (AlertRow.state == "acknowledged", 1), else_=2)


Box = tuple[bytes, str]  # a receipt's hash, and the box of the survey it was written in


@dataclass(frozen=True)
class AlertLine:
    """One alert in the list, without its words. Moments are UTC without a zone."""

    id: int
    state: str
    place: str
    kind: str
    score: float
    raised_at: datetime
    escalated_at: datetime | None
    outcome: str | None
    closed_by: int | None
    second_reader_wanted: bool
    further_at: datetime | None
    wants_reference: bool
    unread_answers: int

    @property
    def due_at(self) -> datetime:
        """By when (London time) somebody must have looked."""
        return due_at(self.raised_at.replace(tzinfo=UTC), self.score).astimezone(LONDON)

    @property
    def is_high(self) -> bool:
        """True for what is read first."""
        return self.score >= HIGH

    @property
    def is_child_still_in(self) -> bool:
        """True for a child who may still be in a building, and whom nobody has looked for yet."""
        return self.kind == STILL_IN and self.state == "raised"


@dataclass(frozen=True)
class Alert(AlertLine):
    """One alert with its words; `words` is None once they were forgotten."""

    words: str | None
    notes: str | None
    reference: str | None
    about_agency_id: int | None
    about_outsider: bool
    about: str
    can_be_answered: bool
    acknowledged_at: datetime | None
    acknowledged_by: str
    closed_at: datetime | None
    closed_by_name: str


def closed_alerts(number: int, *, agencies: Collection[int] = ()) -> Page[AlertLine]:
    """One page of closed alerts, counted from 1: those for a second reader first, then the last ones closed.

    `agencies` are the reader's own: what is about somebody there is left out.
    """
    newest = AlertRow.second_reader_wanted.desc(), AlertRow.closed_at.desc(), AlertRow.id.desc()
    shown = select(*_facts()).where(AlertRow.state == "closed", ~hidden_from(agencies)).order_by(*newest)
    lines = _lines(shown.limit(LINES + 1).offset((number - 1) * LINES))
    return Page(tuple(lines[:LINES]), number, more=len(lines) > LINES)


def open_alerts(*, agencies: Collection[int] = ()) -> list[AlertLine]:
    """Alerts that are open or were answered since: a child still in a building first, then who waits longest.

    `agencies` are the reader's own: what is about somebody there is left out.
    """
    shown = select(*_facts())
    open_ones = or_(AlertRow.state != "closed", _unread_answers() > 0)
    return _lines(
        shown.where(open_ones, ~hidden_from(agencies)).order_by(ORDER, CHILD_FIRST, AlertRow.raised_at, AlertRow.id)
    )


def alert(alert_id: int, *, agencies: Collection[int] = ()) -> Alert:
    """One alert with its words. Raises `NotFound`, also where it is about somebody of the reader's own agency."""
    first, last = aliased(PersonRow), aliased(PersonRow)
    row = db.session.execute(
        select(
            *_facts(),
            AlertRow.words,
            AlertRow.notes,
            AlertRow.reference,
            AlertRow.about_agency_id,
            AlertRow.about_outsider,
            func.coalesce(AgencyRow.name, ""),
            AlertRow.receipt_hash.is_not(None),
            AlertRow.acknowledged_at,
            func.coalesce(first.name, ""),
            AlertRow.closed_at,
            func.coalesce(last.name, ""),
        )
        .outerjoin(first, first.id == AlertRow.acknowledged_by)
        .outerjoin(last, last.id == AlertRow.closed_by)
        .outerjoin(AgencyRow, AgencyRow.id == AlertRow.about_agency_id)
        .where(AlertRow.id == alert_id, ~hidden_from(agencies))
    ).one_or_none()
    if row is None:
        raise NotFound(N_("There is no such alert."))
    return Alert(*row)


def check_seen_by(alert_id: int, agencies: Collection[int]) -> None:
    """Raise `NotFound` for an alert that is not there, or is about somebody of these agencies."""
    seen = select(AlertRow.id).where(AlertRow.id == alert_id, ~hidden_from(agencies))
    if db.session.scalar(seen) is None:
        raise NotFound(N_("There is no such alert."))


def has_opened(alert_id: int, person_id: int) -> bool:
    """True when this person opened the words of an alert since the last of them came."""
    opened = (
        select(AuditRow.id)
        .join(AlertRow, AuditRow.at >= AlertRow.words_at)
        .where(AlertRow.id == alert_id, AuditRow.person_id == person_id)
        .where(AuditRow.did == "opened", AuditRow.about == f"alert {alert_id}")
    )
    return bool(db.session.scalar(select(opened.exists())))


def wants_reference() -> ColumnElement[bool]:
    """The closed alerts of which nobody has said yet what MASH, the police or the LADO calls them."""
    return and_(
        AlertRow.state == "closed",
        AlertRow.outcome.in_(REFERRED_ON),
        AlertRow.reference.is_(None),
        AlertRow.words.is_not(None),
    )


def _unread_answers() -> ScalarSelect[int]:
    unread = select(func.count(MessageRow.id)).where(
        MessageRow.alert_id == AlertRow.id, MessageRow.from_young_person, MessageRow.read_at.is_(None)
    )
    return unread.correlate(AlertRow).scalar_subquery()


def _facts() -> tuple[Any, ...]:
    return (
        AlertRow.id,
        AlertRow.state,
        AlertRow.place,
        AlertRow.kind,
        AlertRow.score,
        AlertRow.raised_at,
        AlertRow.escalated_at,
        AlertRow.outcome,
        AlertRow.closed_by,
        AlertRow.second_reader_wanted,
        AlertRow.further_at,
        wants_reference(),
        _unread_answers(),
    )


def _lines(statement: Select[Any]) -> list[AlertLine]:
    return [AlertLine(*row) for row in db.session.execute(statement)]


def box_key(receipt_hash: bytes, box: str) -> bytes:
    """Give the keyed hash by which an alert knows the box it was written in; it leads back to nobody."""
    return crypto.keyed("heard from", receipt_hash + b"\0" + box.encode("utf-8", "replace"))


def states_of(boxes: Collection[Box]) -> dict[Box, str]:
    """The state of the alert about each of these boxes, where there is one."""
    keys = {box_key(*box): box for box in boxes}
    rows = db.session.execute(select(AlertRow.heard_from, AlertRow.state).where(AlertRow.heard_from.in_(keys)))
    return {keys[key]: state for key, state in rows}
