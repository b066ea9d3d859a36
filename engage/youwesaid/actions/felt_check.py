"""Ask young people whether they notice, keep what forums and waves said, and let it decide."""

import json
import secrets
from datetime import date

from sqlalchemy import delete, select

from engage.accounts.actions import note
from engage.accounts.rules import Person
from engage.shared import db
from engage.shared.errors import NotFound, NotOpen, NotValid
from engage.shared.states import CLOCK
from engage.shared.words import N_
from engage.youwesaid.actions.concern import weigh_felt_checks
from engage.youwesaid.models import ConcernRow, FeltCheckRow, FeltHandsRow, FeltMarkRow
from engage.youwesaid.queries.felt_check import done_days
from engage.youwesaid.queries.felt_counts import counts_by_way, weighed_of
from engage.youwesaid.queries.public import is_public
from engage.youwesaid.rules.concerns import felt_verdict
from engage.youwesaid.rules.felt_check import (
    AGAIN,
    ANSWERS,
    FELT_CHECK,
    NewHands,
    check_met,
    check_window,
    may_report,
    told,
)

MOVES = frozenset({("done", "felt"), ("done", "not felt"), ("felt", "not felt")})  # state and verdict that change it
CODE, LETTERS = 6, "abcdefghjkmnpqrstuvwxyz23456789"  # none that is read for another


def ask(concern_id: int, *, closes_on: date | None, by: Person, today: date) -> int:
    """Ask young people about a concern that was done eight weeks ago. Raises `NotFound`, `NotOpen`, `NotValid`."""
    concern = db.locked(ConcernRow, concern_id)
    if concern is None:
        raise NotFound(N_("There is no such concern, or it is not for you to see."))
    if concern.state not in {"done", "felt"}:
        raise NotOpen(N_("This is not done, so there is nothing to notice yet."))
    if not is_public(concern.slug):
        raise NotOpen(N_("This is not public, so young people cannot be asked about it."))
    check_window(closes_on, done_on=done_days().get(concern_id), today=today)
    asking = select(FeltCheckRow.id).where(FeltCheckRow.concern_id == concern_id, FeltCheckRow.reported_on.is_(None))
    if db.session.scalar(asking) is not None:
        raise NotOpen(N_("Young people are being asked about this already."))
    row = FeltCheckRow(concern_id=concern_id, code=_new_code(), opened_on=today, opened_by=by.id, closes_on=closes_on)
    db.session.add(row)
    db.session.flush()
    note("asked whether it is felt", f"concern {concern_id}")
    return row.id


def count_hands(check_id: int, new: NewHands, *, by: Person, today: date) -> None:
    """Keep what a forum said by a show of hands or its tables' notes. Raises `NotOpen`, `NotValid`."""
    row = _held_open(check_id)
    check_met(new.met_on, opened_on=row.opened_on, today=today)
    if not new.counts.people:
        raise NotValid(N_("Nobody put a hand up: there is nothing to keep."))
    same = FeltHandsRow.check_id == check_id, FeltHandsRow.forum == new.forum, FeltHandsRow.met_on == new.met_on
    if db.session.scalar(select(FeltHandsRow.id).where(*same)) is not None:
        raise NotValid(N_("What this forum said on this day is kept already. Take it out first to change it."))
    said = {name: getattr(new.counts, name) for name in ANSWERS}
    db.session.add(FeltHandsRow(check_id=check_id, forum=new.forum, met_on=new.met_on, by=by.id, on=today, **said))
    note("kept what a forum said of a felt-check", f"felt-check {check_id}")


def drop_hands(check_id: int, hands_id: int) -> None:
    """Take out what was typed about a forum. Raises `NotFound`, `NotOpen`."""
    _held_open(check_id)
    row = db.session.get(FeltHandsRow, hands_id)
    if row is None or row.check_id != check_id:
        raise NotFound(N_("It was taken out already."))
    db.session.delete(row)
    note("took out what a forum said of a felt-check", f"felt-check {check_id}")


def use_wave(check_id: int, *, wave_code: str, item: str) -> None:
    """Let a question of a wave count, by its frozen results; empty codes let none. Raises `NotOpen`."""
    row = _held_open(check_id)
    row.wave_code, row.item = wave_code, item


def report(check_id: int, *, by: Person, today: date) -> str:
    """Close a felt-check and let it decide; gives the verdict. Raises `NotFound`, `NotAllowed`, `NotOpen`."""
    row = _row(check_id)
    FELT_CHECK.move("report", state="reported" if row.reported_on else "open", roles=by.roles)
    _better, base = weighed_of(counts_by_way(row))
    if not may_report(base, row.closes_on, today=today):
        raise NotOpen(N_("Fewer than 20 have answered so far. Ask at a forum, or wait for its last day."))
    note("closed a felt-check", f"felt-check {check_id}")
    return _report(row, by=by, today=today)


def report_due(today: date) -> int:
    """Close every felt-check whose last day has gone; the clock does this. Gives how many."""
    over = select(FeltCheckRow.id).where(FeltCheckRow.reported_on.is_(None), FeltCheckRow.closes_on < today)
    due = list(db.session.scalars(over.order_by(FeltCheckRow.id)))
    for check_id in due:
        FELT_CHECK.move("report", state="open", roles={CLOCK})
        _report(_row(check_id), by=None, today=today)
    return len(due)


def _report(row: FeltCheckRow, *, by: Person | None, today: date) -> str:
    ways = counts_by_way(row)
    better, base = weighed_of(ways)
    verdict = felt_verdict(better, base)
    row.body = json.dumps(told(ways, better=better, base=base).to_json())
    row.better, row.base, row.verdict = better, base, verdict
    row.reported_on, row.reported_by = today, by.id if by else None
    db.session.execute(delete(FeltMarkRow).where(FeltMarkRow.check_id == row.id))
    concern = db.locked(ConcernRow, row.concern_id)
    if concern is not None and (concern.state, verdict) in MOVES:
        weigh_felt_checks(row.concern_id, better=better, base=base, promised_on=today + AGAIN, today=today)
    return verdict


def _held_open(check_id: int) -> FeltCheckRow:
    row = _row(check_id)
    if row.reported_on is not None:
        raise NotOpen(N_("This felt-check is closed: nothing can be added any more."))
    return row


def _row(check_id: int) -> FeltCheckRow:
    row = db.locked(FeltCheckRow, check_id)
    if row is None:
        raise NotFound(N_("There is no such felt-check."))
    return row


def _new_code() -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(CODE))
