"""Messages between the safeguarding lead and the holder of a receipt, and requests to be contacted."""

from datetime import datetime, timedelta

from sqlalchemy import and_, delete, or_, select, update

from engage.accounts.actions import note
from engage.accounts.rules import Person
from engage.safeguarding.actions.hiding import hide_new_request, keep_requests_hidden
from engage.safeguarding.models import AlertRow, ContactRequestRow, MessageRow
from engage.shared import db
from engage.shared.clock import bare
from engage.shared.errors import NotFound, NotOpen
from engage.shared.words import N_

SECOND_PRESS = timedelta(minutes=10)
MOVED_ON = N_("Somebody has moved this on already: look at it again")


def leave_message(alert_id: int, words: str, *, by: Person, at: datetime) -> None:
    """Leave words for the holder of the receipt. Raises `NotFound`, `NotOpen` where nobody holds one."""
    alert = db.session.get(AlertRow, alert_id)
    if alert is None:
        raise NotFound(N_("There is no such alert."))
    if alert.receipt_hash is None:
        raise NotOpen(N_("Nobody can be written back to: these words came without a receipt."))
    _add(alert.receipt_hash, words, alert_id=alert_id, by=by.id, at=at)
    note("left a message", f"alert {alert_id}")


def answer_message(receipt_hash: bytes, words: str, *, at: datetime) -> None:
    """Keep what the holder of a receipt answers, once however often it is sent. Raises `NotOpen` if nobody wrote."""
    last = select(MessageRow.alert_id).where(MessageRow.receipt_hash == receipt_hash, ~MessageRow.from_young_person)
    alert_id = db.session.scalars(last.order_by(MessageRow.written_at.desc(), MessageRow.id.desc())).first()
    if alert_id is None:
        raise NotOpen(N_("There is no message to answer. If you need help, see the end of this page."))
    if not _said_last(receipt_hash, words):
        _add(receipt_hash, words, alert_id=alert_id, by=None, at=at)


def mark_messages_read(receipt_hash: bytes, *, at: datetime) -> None:
    """Note that the holder of the receipt has seen what was left for them."""
    left = update(MessageRow).where(MessageRow.receipt_hash == receipt_hash, ~MessageRow.from_young_person)
    db.session.execute(left.where(MessageRow.read_at.is_(None)).values(read_at=bare(at)))


def mark_answers_read(alert_id: int, *, at: datetime) -> None:
    """Note that staff have seen the holder's answers."""
    sent = update(MessageRow).where(MessageRow.alert_id == alert_id, MessageRow.from_young_person)
    db.session.execute(sent.where(MessageRow.read_at.is_(None)).values(read_at=bare(at)))


def ask_for_contact(words: str, *, receipt_hash: bytes | None, at: datetime) -> None:
    """Keep "I want someone to contact me", apart from every answer; a second press of the button adds nothing.

    Only within `SECOND_PRESS`: who asks again with the same words because nobody came is heard again.
    """
    lately = select(ContactRequestRow).where(ContactRequestRow.asked_at > bare(at - SECOND_PRESS))
    same = (row.receipt_hash == receipt_hash and row.words == words for row in db.session.scalars(lately))
    if not any(same):
        row = ContactRequestRow(words=words, receipt_hash=receipt_hash, asked_at=bare(at))
        db.session.add(row)
        db.session.flush()
        hide_new_request(row, at=at)


def finish_contact(request_id: int, *, by: Person, at: datetime) -> None:
    """Note that somebody was in touch. Raises `NotFound`, `NotOpen` if somebody else noted that already."""
    row = _request(request_id)
    if row.done_by == by.id:
        return  # pressed twice
    if row.done_at is not None:
        raise NotOpen(MOVED_ON)
    row.done_at, row.done_by = bare(at), by.id
    note("was in touch", f"contact request {request_id}")


def wait_again(request_id: int) -> None:
    """Note that nobody was in touch yet: the request waits again. Raises `NotFound`, `NotOpen` once it was emptied."""
    row = _request(request_id)
    if row.words is None:
        raise NotOpen(MOVED_ON)
    if row.done_at is not None:
        row.done_at = row.done_by = None
        note("was not in touch yet", f"contact request {request_id}")


def forget_messages(before: datetime, *, unseen_before: datetime) -> int:
    """Delete messages seen before this moment, with the receipt they were for; unseen ones wait longer."""
    over = or_(MessageRow.read_at < bare(before), MessageRow.written_at < bare(unseen_before))
    gone = delete(MessageRow).where(or_(over, MessageRow.words.is_(None)))  # emptied ones had kept their receipt
    return db.session.execute(gone).rowcount  # type: ignore[attr-defined,no-any-return]


def forget_contact_requests(before: datetime, *, at_most: datetime | None = None) -> int:
    """Empty the words of requests answered before this moment, and forget whose they were; gives how many.

    One that nobody answered waits longer, until it was asked before `at_most`.
    """
    over = ContactRequestRow.done_at < bare(before)
    over = or_(over, ContactRequestRow.asked_at < bare(at_most)) if at_most else over
    kept = or_(ContactRequestRow.words.is_not(None), ContactRequestRow.receipt_hash.is_not(None))
    keep_requests_hidden(and_(over, kept))
    old = update(ContactRequestRow).where(over, kept)
    return db.session.execute(old.values(words=None, receipt_hash=None)).rowcount  # type: ignore[attr-defined,no-any-return]


def _request(request_id: int) -> ContactRequestRow:
    row = db.locked(ContactRequestRow, request_id)
    if row is None:
        raise NotFound(N_("There is no such request."))
    return row


def _said_last(receipt_hash: bytes, words: str) -> bool:
    thread = select(MessageRow).where(MessageRow.receipt_hash == receipt_hash)
    last = db.session.scalars(thread.order_by(MessageRow.written_at.desc(), MessageRow.id.desc()).limit(1)).first()
    return last is not None and last.from_young_person and last.words == words


def _add(receipt_hash: bytes, words: str, *, alert_id: int, by: int | None, at: datetime) -> None:
    db.session.add(
        MessageRow(
            receipt_hash=receipt_hash,
            alert_id=alert_id,
            from_young_person=by is None,
            written_by=by,
            words=words,
            written_at=bare(at),
        )
    )
    db.session.flush()
