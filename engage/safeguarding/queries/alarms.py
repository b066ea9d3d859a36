"""What the clock looks at before it calls for people: what waits since when, and when anybody last opened something."""

from collections.abc import Collection
from datetime import UTC, datetime

from sqlalchemy import String, cast, func, literal, or_, select

from engage.accounts.models import AuditRow
from engage.safeguarding.models import AlertRow, ContactRequestRow, MessageRow
from engage.safeguarding.queries.about import hidden_from, kept_from
from engage.shared import db
from engage.shared.clock import bare

THINGS = ("alert %", "contact request %")
Asking = tuple[str, int]  # "request" or "answer", and its number


def raised_since(moment: datetime) -> frozenset[int]:
    """The alerts that were raised since a moment and wait to be read."""
    new = select(AlertRow.id).where(AlertRow.state == "raised", AlertRow.raised_at >= bare(moment))
    return frozenset(db.session.scalars(new))


def seen_of(alert_ids: Collection[int], agencies: Collection[int]) -> frozenset[int]:
    """Of these alerts, those that somebody of these agencies may see."""
    seen = select(AlertRow.id).where(AlertRow.id.in_(alert_ids), ~hidden_from(agencies))
    return frozenset(db.session.scalars(seen))


def unopened(agencies: Collection[int] = ()) -> dict[Asking, datetime]:
    """Each request to be contacted and each answer of a young person that nobody has opened, with when (UTC) it came.

    What is about somebody of these agencies, the reader's own, is left out.
    """
    name = literal("contact request ") + cast(ContactRequestRow.id, String)
    opened = select(AuditRow.id).where(AuditRow.did == "opened", AuditRow.about == name).exists()
    asked = select(literal("request"), ContactRequestRow.id, ContactRequestRow.asked_at)
    asked = asked.where(ContactRequestRow.done_at.is_(None), ~opened, ~kept_from(agencies))
    unread = select(literal("answer"), MessageRow.id, MessageRow.written_at)
    unread = unread.join(AlertRow, AlertRow.id == MessageRow.alert_id)
    unread = unread.where(MessageRow.from_young_person, MessageRow.read_at.is_(None), ~hidden_from(agencies))
    rows = [*db.session.execute(asked), *db.session.execute(unread)]
    return {(kind, number): came.replace(tzinfo=UTC) for kind, number, came in rows}


def waiting_since(agencies: Collection[int] = ()) -> datetime | None:
    """Since when (UTC) the oldest alert, request or answer of a young person waits for somebody to open it.

    What is about somebody of these agencies, the reader's own, is left out.
    """
    alert = select(func.min(AlertRow.raised_at)).where(AlertRow.state == "raised", ~hidden_from(agencies))
    asked = select(func.min(ContactRequestRow.asked_at)).where(ContactRequestRow.done_at.is_(None))
    unread = select(func.min(MessageRow.written_at)).join(AlertRow, AlertRow.id == MessageRow.alert_id)
    unread = unread.where(MessageRow.from_young_person, MessageRow.read_at.is_(None), ~hidden_from(agencies))
    parts = alert, asked.where(~kept_from(agencies)), unread
    oldest = db.session.execute(select(*(part.scalar_subquery() for part in parts))).one()
    return min((moment.replace(tzinfo=UTC) for moment in oldest if moment is not None), default=None)


def last_opened() -> datetime | None:
    """When (UTC) anybody last opened an alert or a request to be contacted, by the audit."""
    opened = or_(*(AuditRow.about.like(thing) for thing in THINGS))
    at = db.session.scalar(select(func.max(AuditRow.at)).where(AuditRow.did == "opened", opened))
    return None if at is None else at.replace(tzinfo=UTC)
