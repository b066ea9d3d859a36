"""What the clock does: close sign-up, begin, end, let late offers go on, count who came, forget."""

from datetime import date, datetime

from sqlalchemy import Delete, Select, Update, delete, func, select, update

from engage.accounts.actions import note
from engage.forums.actions import ledger, letters
from engage.forums.actions.offers import expire_late, leave
from engage.forums.actions.parties import rows_of
from engage.forums.models import (
    AttendanceRow,
    CheckInRow,
    ConsentRow,
    ForumAgencyRow,
    ForumRow,
    GroupRow,
    GuardianRow,
    SignUpRow,
    TableNoteRow,
)
from engage.forums.queries.forums import as_forum
from engage.forums.rules.forums import Forum
from engage.forums.rules.places import Place
from engage.forums.rules.states import FORUM, SIGN_UP
from engage.shared import db
from engage.shared.states import CLOCK

BEFORE_THE_END = ("open", "full", "closed", "live")


def move_by_clock(at: datetime) -> None:
    """Let late offers go on, and move every forum whose hour has come."""
    expire_late(at)
    wanted = select(ForumRow).where(ForumRow.state.in_(BEFORE_THE_END)).order_by(ForumRow.id)
    for row in db.session.scalars(wanted.execution_options(populate_existing=True)).all():
        move_forum(row.id, at)


def move_forum(forum_id: int, at: datetime) -> None:
    """Move one forum through every state whose hour has come."""
    row = db.session.get_one(ForumRow, forum_id, populate_existing=True)
    while (verb := _due(as_forum(row), at)) is not None:
        _move(row, verb)


def _due(forum: Forum, at: datetime) -> str | None:
    if forum.state == "live":
        return "end" if at >= forum.ends_at else None
    if forum.state in ("open", "full", "closed") and at >= forum.doors_at:
        return "begin"
    if forum.state in ("open", "full") and at >= forum.closes_at:
        return "close"
    return None


def _move(row: ForumRow, verb: str) -> None:
    ledger.lock(row.id)
    db.session.refresh(row)
    row.state = FORUM.move(verb, state=row.state, roles={CLOCK})
    db.session.flush()
    if verb == "begin":
        _end_line(row.id)
    if verb == "end":
        _count(row.id)
    note({"close": "sign-up ended", "begin": "the doors opened", "end": "a forum ended"}[verb], f"forum {row.id}")
    db.session.refresh(row)


def _end_line(forum_id: int) -> None:
    """Nobody waits for a place any more once the doors are open, nor for an adult's yes."""
    rows = rows_of(forum_id, "waitlisted", "offered", "awaiting_consent")
    leave(rows, verb="expire", role=CLOCK)
    for row in rows:
        letters.tell(row)


def _count(forum_id: int) -> None:
    for row in rows_of(forum_id, "confirmed"):
        row.state = SIGN_UP.move("miss", state=row.state, roles={CLOCK})
    db.session.flush()
    count_who_came(forum_id)


def count_who_came(forum_id: int) -> None:
    """Keep how many of each type signed up and came; again, when the door's lines came in late."""
    counted = select(SignUpRow.place, SignUpRow.state, func.count(SignUpRow.id))
    rows = db.session.execute(
        counted.where(SignUpRow.forum_id == forum_id).group_by(SignUpRow.place, SignUpRow.state)
    ).all()
    found = {(place, state): count for place, state, count in rows}
    for place in Place:
        came, missed = found.get((place.value, "attended"), 0), found.get((place.value, "no_show"), 0)
        signed_up = sum(count for (of, _), count in found.items() if of == place.value)
        db.session.merge(
            AttendanceRow(forum_id=forum_id, place=place.value, signed_up=signed_up, attended=came, no_show=missed)
        )
    db.session.flush()


def forget_needs(before: date) -> int:
    """Forget access, diet and ways home of everybody at forums that met before a day, and give how many people."""
    filled = SignUpRow.access.is_not(None) | SignUpRow.diet.is_not(None) | SignUpRow.home.is_not(None)
    rows = update(SignUpRow).where(SignUpRow.forum_id.in_(_met(before)), filled)
    return _rows(rows.values(access=None, diet=None, home=None), "forgot access, diet and ways home", before)


def forget_sign_ups(before: date) -> int:
    """Forget who signed up for forums that met before a day, with their consents and check-ins, and give how many.

    What stays is how many of each type came.
    """
    met = _met(before)
    people = select(SignUpRow.id).where(SignUpRow.forum_id.in_(met))
    db.session.execute(delete(CheckInRow).where(CheckInRow.forum_id.in_(met)))
    db.session.execute(delete(ConsentRow).where(ConsentRow.sign_up_id.in_(people)))
    db.session.execute(delete(GuardianRow).where(GuardianRow.sign_up_id.in_(people)))
    gone = _rows(delete(SignUpRow).where(SignUpRow.forum_id.in_(met)), "forgot sign-ups", before)
    db.session.execute(delete(GroupRow).where(GroupRow.forum_id.in_(met)))
    db.session.execute(delete(ForumAgencyRow).where(ForumAgencyRow.forum_id.in_(met)))
    return gone


def forget_notes(before: date) -> int:
    """Forget what was written at the tables before a day, and give how many notes; its redacted copies stay."""
    rows = update(TableNoteRow).where(TableNoteRow.said_on < before, TableNoteRow.words.is_not(None))
    return _rows(rows.values(words=None), "forgot table notes", before)


def _met(before: date) -> Select[tuple[int]]:
    return select(ForumRow.id).where(ForumRow.meets_on < before)


def _rows(statement: Update | Delete, did: str, before: date) -> int:
    done = db.session.execute(statement, execution_options={"synchronize_session": False})
    count: int = done.rowcount  # type: ignore[attr-defined]
    if count:
        note(did, f"{count} before {before}")
    return count
