"""Raise alerts, and move them on."""

from dataclasses import replace
from datetime import datetime
from itertools import count
from secrets import SystemRandom
from typing import Any

from sqlalchemy import and_, func, or_, select, update
from sqlalchemy.orm import Session, scoped_session

from engage.accounts.actions import note
from engage.accounts.rules import Person
from engage.safeguarding.actions.hiding import keep_hidden
from engage.safeguarding.actions.telling import tell_of_alerts
from engage.safeguarding.models import AboutRow, AlertRow
from engage.safeguarding.queries.alerts import box_key
from engage.safeguarding.rules.about import check_about_said
from engage.safeguarding.rules.alerts import (
    ALERT,
    GATHERED,
    OUTCOMES,
    NewAlert,
    both,
    check_second_reader,
    gathered,
    gathered_place,
    holds_too,
    is_overdue,
    wants_second_reader,
)
from engage.shared import crypto, db
from engage.shared.clock import bare, now
from engage.shared.errors import NotFound, NotValid
from engage.shared.states import CLOCK
from engage.shared.words import N_

AnySession = Session | scoped_session[Any]


def raise_alert(alert: NewAlert, *, at: datetime, again: bool = False) -> None:
    """Raise an alert from the worker's screen, or update the one the ear raised for the same box of the sitting.

    `again` is for a person who worries: it waits to be read once more, whatever was decided about it before.
    """
    keep_heard(db.session, alert, at=at, same_box=True, again=again)


def keep_heard(session: AnySession, alert: NewAlert, *, at: datetime, same_box: bool, again: bool = False) -> None:
    """Keep one alert for each box of a sitting (`same_box`), or one for the same words where there is no sitting."""
    key = heard_from(alert, same_box=same_box)
    if not _insert(session, alert, key=key, at=at):
        _add(_kept(session, key), alert, at=at, again=again)


def heard_from(alert: NewAlert, *, same_box: bool) -> bytes:
    """Give the keyed hash that makes two alerts the same one."""
    box = alert.item if same_box and alert.receipt_hash else f"{alert.item}\0{alert.words}"
    return box_key(alert.receipt_hash or b"", box)


def keep_gathered(session: AnySession, alert: NewAlert, *, at: datetime) -> None:
    """Keep what came in a flood together with others of its hour; a new alert only where the last one is full."""
    said = replace(alert, words=gathered(alert), place=gathered_place(""), item="")
    for number in count(max(0, _gathered(session, at) - 1)):
        key = crypto.keyed("heard from", f"gathered\0{at:%Y-%m-%d %H}\0{number}".encode())
        if _insert(session, said, key=key, at=at):
            return
        row = _kept(session, key)
        if holds_too(row.words or "", said.words):
            _add(row, said, at=at)
            row.place = gathered_place(row.words or "")
            return


def acknowledge(alert_id: int, *, by: Person, at: datetime) -> None:
    """Say that somebody is looking into it. Raises `NotAllowed`, `NotFound`, `NotOpen`."""
    row = _row(alert_id)
    row.state = ALERT.move("acknowledge", state=row.state, roles=by.roles)
    row.acknowledged_at, row.acknowledged_by = bare(at), by.id
    note("looks into an alert", f"alert {alert_id}")


def close(alert_id: int, outcome: str, notes: str, *, by: Person, at: datetime) -> None:
    """Record what was done. Raises `NotAllowed`, `NotFound`, `NotOpen`, `NotValid` for an unknown outcome."""
    row = _row(alert_id)
    if outcome not in OUTCOMES:
        raise NotValid(N_("Choose what was done."))
    row.state = ALERT.move("close", state=row.state, roles=by.roles)
    check_about_said(outcome, agency_id=row.about_agency_id, outsider=row.about_outsider)
    row.outcome, row.notes = outcome, both(row.notes, notes)
    row.closed_at, row.closed_by, row.second_read_by = bare(at), by.id, None
    row.second_reader_wanted = wants_second_reader(outcome, row.score, draw=SystemRandom().random())
    note("closed an alert", f"alert {alert_id}")  # how stands at the alert: people of whom it is about read the audit


def read_again(alert_id: int, *, agrees: bool, notes: str, by: Person) -> None:
    """Record the second reader's view: agreed, or to be looked at again. Raises as `close` does.

    Whoever closed it themselves may look again, as anybody may, and never agree with themselves.
    """
    row = _row(alert_id)
    state = ALERT.move("agree" if agrees else "reopen", state=row.state, roles=by.roles)
    if agrees:
        check_second_reader(row.closed_by, by.id)
    if notes:
        row.notes = both(row.notes, notes)
    row.second_reader_wanted, row.second_read_by, row.state = False, by.id, state
    if not agrees:
        row.outcome = row.closed_at = row.closed_by = None
    note("read an alert a second time", f"alert {alert_id}", "agreed" if agrees else "to be looked at again")


def escalate_overdue(at: datetime) -> int:
    """Mark every alert that nobody looked at in time, and write to who should read; give how many were marked now."""
    waiting = select(AlertRow).where(AlertRow.state == ALERT.first, AlertRow.escalated_at.is_(None))
    held = waiting.with_for_update().execution_options(populate_existing=True)
    late = [row for row in db.session.scalars(held) if is_overdue(row.raised_at, row.score, now=at)]
    for row in late:
        row.state = ALERT.move("escalate", state=row.state, roles=[CLOCK])
        row.escalated_at = bare(at)
    if late:
        tell_of_alerts(frozenset(row.id for row in late), at=at, late=True)
    return len(late)


def forget_alerts(before: datetime, *, at_most: datetime | None = None) -> int:
    """Empty the words and notes of alerts closed before this moment, and forget whose they were; gives how many.

    One that waits for a second reader waits longer, until it was closed before `at_most`.
    """
    closed, read = AlertRow.closed_at < bare(before), AlertRow.second_reader_wanted.is_(False)
    over = or_(and_(closed, read), AlertRow.closed_at < bare(at_most)) if at_most else and_(closed, read)
    kept = or_(AlertRow.words.is_not(None), AlertRow.receipt_hash.is_not(None))
    going = and_(AlertRow.state == "closed", over, kept)
    keep_hidden(going)
    old = update(AlertRow).where(going)
    return db.session.execute(old.values(words=None, notes=None, reference=None, receipt_hash=None)).rowcount  # type: ignore[attr-defined,no-any-return]


def _insert(session: AnySession, alert: NewAlert, *, key: bytes, at: datetime) -> bool:
    row = db.insert_into(AlertRow).values(
        state=ALERT.first,
        heard_from=key,
        receipt_hash=alert.receipt_hash,
        place=alert.place[:200],
        kind=alert.kind,
        score=alert.score,
        words=both(None, alert.words),
        raised_at=bare(at),
        words_at=bare(at),
        second_reader_wanted=False,
        about_agency_id=_about_of(alert.receipt_hash),
    )
    # What comes back says whether it is new: PostgreSQL's driver counts no rows of such a statement.
    added = session.execute(row.on_conflict_do_nothing(index_elements=["heard_from"]).returning(AlertRow.id))
    return added.first() is not None


def _about_of(receipt_hash: bytes | None) -> Any:
    """The agency that something of the same person is about: it is hidden from the same people."""
    if receipt_hash is None:
        return None
    said = select(AboutRow.agency_id).where(AboutRow.receipt_hash == receipt_hash)
    return said.order_by(AboutRow.id).limit(1).scalar_subquery()


def _gathered(session: AnySession, at: datetime) -> int:
    """Count the gathered alerts of this hour: the last one may have room."""
    hour = bare(at).replace(minute=0, second=0, microsecond=0)
    asked = select(func.count(AlertRow.id)).where(AlertRow.raised_at >= hour, AlertRow.place.startswith(GATHERED))
    return session.scalar(asked) or 0


def _kept(session: AnySession, key: bytes) -> AlertRow:
    held = select(AlertRow).where(AlertRow.heard_from == key).with_for_update()
    return session.scalars(held.execution_options(populate_existing=True)).one()


def _add(row: AlertRow, alert: NewAlert, *, at: datetime, again: bool = False) -> None:
    words = both(row.words, alert.words)
    more = again or words != row.words
    row.words = words
    if more:
        row.words_at = bare(now())  # not `at`: the worker's screen may add what was said longer ago
    if again or alert.score > row.score:
        row.score, row.kind = max(row.score, alert.score), alert.kind
    if more and row.state != ALERT.first:
        _open_again(row, at=at)
    elif row.outcome and row.second_read_by is None and wants_second_reader(row.outcome, row.score, draw=1):
        row.second_reader_wanted = True  # it was closed as no concern, and is louder now than whoever closed it saw


def _open_again(row: AlertRow, *, at: datetime) -> None:
    """More was sent after somebody had looked: it waits again, and what was decided stays in the notes."""
    row.state = ALERT.move("hear_more", state=row.state, roles=[CLOCK])
    if row.outcome:
        row.notes = both(row.notes, f"Closed before as: {OUTCOMES[row.outcome]}")
    row.raised_at, row.second_reader_wanted, row.second_read_by = bare(at), False, None
    row.outcome = row.closed_at = row.closed_by = row.acknowledged_at = row.acknowledged_by = None
    row.escalated_at = row.further_at = None


def _row(alert_id: int) -> AlertRow:
    row = db.locked(AlertRow, alert_id)
    if row is None:
        raise NotFound(N_("There is no such alert."))
    return row
