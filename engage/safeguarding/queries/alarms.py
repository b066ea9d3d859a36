"""What the clock looks at before it calls for people: what waits since when, and when anybody last opened something."""

from datetime import UTC, datetime

from sqlalchemy import func, or_, select

from engage.accounts.models import AuditRow
from engage.safeguarding.models import AlertRow, ContactRequestRow, MessageRow
from engage.shared import db
from engage.shared.clock import bare

THINGS = ("alert %", "contact request %")


def raised_since(moment: datetime) -> int:
    """How many alerts were raised since a moment and wait to be read."""
    new = select(func.count(AlertRow.id)).where(AlertRow.state == "raised", AlertRow.raised_at >= bare(moment))
    return db.session.scalar(new) or 0


def waiting_since() -> datetime | None:
    """Since when (UTC) the oldest alert, request or answer of a young person waits for somebody to open it."""
    unread = select(func.min(MessageRow.written_at)).where(MessageRow.from_young_person, MessageRow.read_at.is_(None))
    oldest = db.session.execute(
        select(
            select(func.min(AlertRow.raised_at)).where(AlertRow.state == "raised").scalar_subquery(),
            select(func.min(ContactRequestRow.asked_at)).where(ContactRequestRow.done_at.is_(None)).scalar_subquery(),
            unread.scalar_subquery(),
        )
    ).one()
    return min((moment.replace(tzinfo=UTC) for moment in oldest if moment is not None), default=None)


def last_opened() -> datetime | None:
    """When (UTC) anybody last opened an alert or a request to be contacted, by the audit."""
    opened = or_(*(AuditRow.about.like(thing) for thing in THINGS))
    at = db.session.scalar(select(func.max(AuditRow.at)).where(AuditRow.did == "opened", opened))
    return None if at is None else at.replace(tzinfo=UTC)
