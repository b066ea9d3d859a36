"""How long alerts waited until somebody read them."""

from datetime import datetime

from sqlalchemy import select

from engage.safeguarding.models import AlertRow
from engage.shared import db
from engage.shared.clock import bare

A_MINUTE = 60


def minutes_to_read(at: datetime, *, since: datetime | None) -> list[float]:
    """Minutes from raised to first read, one for each alert raised by then; of one still unread, minutes so far."""
    end = bare(at)
    asked = select(AlertRow.raised_at, AlertRow.acknowledged_at).where(AlertRow.raised_at <= end)
    if since is not None:
        asked = asked.where(AlertRow.raised_at >= bare(since))
    rows = db.session.execute(asked.order_by(AlertRow.raised_at)).tuples()
    return [(min(read or end, end) - raised).total_seconds() / A_MINUTE for raised, read in rows]
