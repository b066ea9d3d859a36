"""The worker's heartbeat: each look at the clock leaves its moment here, so that web processes notice when none comes.

A worker that is dead can write to nobody, so nothing that tells of it may need the worker.
"""

from datetime import UTC, datetime, timedelta

from sqlalchemy import CheckConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from engage.shared import db
from engage.shared.clock import bare

SILENT_AFTER = timedelta(minutes=15)  # the clock looks every five minutes (confirm)


class HeartbeatRow(db.Model):
    """The one row that says when a worker last came to the end of a look at the clock; whichever worker it was."""

    __tablename__ = "heartbeat"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]


def beat(at: datetime) -> None:
    """Keep that the clock was looked at, in the same transaction as what it did: a look that fails leaves nothing."""
    row = db.insert_into(HeartbeatRow).values(id=1, at=bare(at))
    db.session.execute(row.on_conflict_do_update(index_elements=["id"], set_={"at": bare(at)}))


def last_beat() -> datetime | None:
    """When a worker last looked at the clock (UTC); None while none ever did."""
    at = db.session.scalar(select(HeartbeatRow.at))
    return None if at is None else at.replace(tzinfo=UTC)


def is_silent(at: datetime) -> bool:
    """True when no worker has looked at the clock lately, or ever."""
    return is_late(last_beat(), at)


def is_late(last: datetime | None, at: datetime) -> bool:
    """Answer whether a heartbeat is too long ago, or never was; both moments in UTC."""
    return last is None or at - last > SILENT_AFTER
