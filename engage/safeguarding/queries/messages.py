"""Messages by receipt, and requests to be contacted."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import ColumnElement, select

from engage.safeguarding.models import AlertRow, ContactRequestRow, MessageRow
from engage.safeguarding.queries.about import kept_from
from engage.shared import db
from engage.shared.clock import LONDON
from engage.shared.errors import NotFound
from engage.shared.words import N_


@dataclass(frozen=True)
class Message:
    """One message of a thread, with the day it was written; `read_on` is the day the other side saw it."""

    from_young_person: bool
    words: str
    written_on: date
    read_on: date | None


@dataclass(frozen=True)
class ContactLine:
    """One request to be contacted; `words` is None once they were forgotten. Moments are UTC without a zone.

    `receipt_hash` is there where they ticked that their answers may be seen too, and the request is read alone.
    """

    id: int
    words: str | None
    asked_at: datetime
    done_at: datetime | None
    receipt_hash: bytes | None = None


def messages_for(receipt_hash: bytes) -> list[Message]:
    """The messages between the safeguarding lead and the holder of this receipt, oldest first."""
    return _messages(MessageRow.receipt_hash == receipt_hash)


def messages_of_alert(alert_id: int) -> list[Message]:
    """The messages about one alert, oldest first."""
    return _messages(MessageRow.alert_id == alert_id)


def knows_receipt(receipt_hash: bytes) -> bool:
    """True when an alert, a message or a contact request carries this receipt."""
    tables = (AlertRow, MessageRow, ContactRequestRow)
    held = [select(table.id).where(table.receipt_hash == receipt_hash).limit(1).exists() for table in tables]
    return bool(db.session.scalar(select(held[0] | held[1] | held[2])))


def contact_requests(*, done: bool, agencies: Collection[int] = ()) -> list[ContactLine]:
    """Requests still to be answered, oldest first; or the last fifty that were. Their words stay closed here.

    `agencies` are the reader's own: what came with an alert about somebody there is left out.
    """
    facts = select(ContactRequestRow.id, ContactRequestRow.asked_at, ContactRequestRow.done_at)
    facts = facts.where(~kept_from(agencies))
    newest = ContactRequestRow.done_at.desc(), ContactRequestRow.id
    longest = ContactRequestRow.asked_at, ContactRequestRow.id
    if done:
        rows = facts.where(ContactRequestRow.done_at.is_not(None)).order_by(*newest).limit(50)
    else:
        rows = facts.where(ContactRequestRow.done_at.is_(None)).order_by(*longest)
    return [ContactLine(row_id, None, asked, done_at) for row_id, asked, done_at in db.session.execute(rows)]


def contact_request(request_id: int, *, agencies: Collection[int] = ()) -> ContactLine:
    """One request with its words. Raises `NotFound`, also where it came with an alert about the reader's own agency."""
    asked = select(ContactRequestRow).where(ContactRequestRow.id == request_id, ~kept_from(agencies))
    row = db.session.scalars(asked).one_or_none()
    if row is None:
        raise NotFound(N_("There is no such request."))
    return ContactLine(row.id, row.words, row.asked_at, row.done_at, row.receipt_hash)


def _messages(of_whom: ColumnElement[bool]) -> list[Message]:
    rows = db.session.scalars(select(MessageRow).where(of_whom).order_by(MessageRow.written_at, MessageRow.id))
    return [
        Message(row.from_young_person, row.words, _day(row.written_at), _day(row.read_at) if row.read_at else None)
        for row in rows
        if row.words is not None
    ]


def _day(moment: datetime) -> date:
    return moment.replace(tzinfo=UTC).astimezone(LONDON).date()
