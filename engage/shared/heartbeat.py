"""The worker's heartbeat: each look at the clock leaves its moment here, so that web processes notice when none comes.

A worker that is dead can write to nobody, so nothing that tells of it may need the worker. A clock that beats is not
enough either: what people wrote is screened by a child of the worker, and a child can hang.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import CheckConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from engage.shared import db, wanted
from engage.shared.clock import bare

SILENT_AFTER = timedelta(minutes=15)  # the clock looks every five minutes (confirm)
UNSCREENED_AFTER = timedelta(minutes=30)  # a thousand answers are screened in one (confirm)
SCREENS = ("read", "notes")  # the kinds of wanted work by which what people wrote is screened


class HeartbeatRow(db.Model):
    """The one row that says when a worker last came to the end of a look at the clock; whichever worker it was."""

    __tablename__ = "heartbeat"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]


@dataclass(frozen=True)
class Trouble:
    """Words lie unscreened: no worker was heard of since, or ever (None); or one lives, and screens none of them."""

    since: datetime | None
    lives: bool


def beat(at: datetime) -> None:
    """Keep that the clock was looked at, in the same transaction as what it did: a look that fails leaves nothing."""
    row = db.insert_into(HeartbeatRow).values(id=1, at=bare(at))
    db.session.execute(row.on_conflict_do_update(index_elements=["id"], set_={"at": bare(at)}))


def last_beat() -> datetime | None:
    """When a worker last looked at the clock (UTC); None while none ever did."""
    at = db.session.scalar(select(HeartbeatRow.at))
    return None if at is None else at.replace(tzinfo=UTC)


def trouble(at: datetime) -> Trouble | None:
    """Say that no worker looked at the clock lately, or that words wait too long for one; None while all is well."""
    last = last_beat()
    if last is None or at - last > SILENT_AFTER:
        return Trouble(last, lives=False)
    unscreened = wanted.waiting_since(SCREENS)
    if unscreened is not None and at - unscreened > UNSCREENED_AFTER:
        return Trouble(unscreened, lives=True)
    return None
