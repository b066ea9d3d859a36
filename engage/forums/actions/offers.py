"""The waiting list: offer what was freed to the next in line, take or leave an offer, let late ones go on."""

from datetime import datetime

from sqlalchemy import or_, select

from engage.accounts.actions import note
from engage.forums.actions import ledger, letters
from engage.forums.actions.adding import same_person
from engage.forums.actions.parties import (
    as_party,
    bare,
    consented_all,
    give_back,
    held,
    parties_in_line,
    party_rows,
    rows_of,
)
from engage.forums.models import GroupRow, SignUpRow
from engage.forums.queries.forums import forum as forum_by_id
from engage.forums.queries.history import LET_GO, RAN_OUT
from engage.forums.rules.forums import Forum, check_not_over
from engage.forums.rules.places import fits
from engage.forums.rules.signing_up import offered_until
from engage.forums.rules.states import ATTENDEE, FOLLOWS, SIGN_UP
from engage.shared import db
from engage.shared.errors import NotOpen
from engage.shared.states import CLOCK
from engage.shared.words import N_

MAY_OFFER = ("open", "full", "closed")
NO_WAY_BACK = N_("This sign-up cannot be taken up again. If you signed up once more, use that page; else ask the team")
NOTHING_OFFERED = N_("There is no offer for you now: your page says how things stand")


def promote(forum_id: int, *, at: datetime) -> int:
    """Offer free places along the line: to each party whose quota, ratio and consents allow all of it; give how many.

    A group too large for what is free keeps its number and waits on, and the next smaller party is asked.
    """
    ledger.lock(forum_id)
    forum, offered = forum_by_id(forum_id), list[SignUpRow]()
    if forum.state not in MAY_OFFER:
        return 0
    for rows in parties_in_line(forum_id):
        party = as_party(rows)
        if not fits(party, forum.taken, forum.plan.limits):
            _say_too_large(rows, forum)
            continue
        if consented_all(rows) and ledger.take(forum_id, party, states=MAY_OFFER):
            _offer(rows, until=offered_until(at, forum.starts_at))
            forum, offered = forum_by_id(forum_id), [*offered, *rows]
    letters.tell_all(offered)
    return len(offered)


def accept(sign_up_id: int, *, at: datetime) -> str:
    """Take an offered place, with all of a group kept together; give the new state: "expired" when it came too late.

    Raises `NotOpen` when nothing is offered (any more).
    """
    row = held(sign_up_id)
    if row.state == "confirmed":
        return row.state  # pressed twice
    if row.offered_until is None:
        raise NotOpen(NOTHING_OFFERED)
    _take(party_rows(row), at=at)
    return row.state


def accept_group(sign_up_ids: list[int], *, at: datetime) -> None:
    """Take every place that is offered to members of one group; its leader hears of them once.

    What is offered no more is passed over: the page says how each stands.
    """
    rows = [held(one) for one in sign_up_ids]
    _take([row for row in rows if row.state == "offered"], at=at)


def _take(rows: list[SignUpRow], *, at: datetime) -> None:
    late = [row for row in rows if _is_late(row, at)]
    for row in late:
        note("took an offer too late", f"sign-up {row.id}")
    in_time = [row for row in rows if row not in late]
    for row in in_time:
        row.state = SIGN_UP.move("accept", state=row.state, roles={ATTENDEE})
        row.offered_until = row.line = None
    db.session.flush()
    letters.tell_all(in_time)
    _expire(late, at=at)


def decline(sign_up_id: int, *, at: datetime) -> None:
    """Leave an offered place to the next in line. Raises `NotOpen` when nothing is offered (any more)."""
    row = held(sign_up_id)
    if row.state != "offered":
        raise NotOpen(NOTHING_OFFERED)
    rows = party_rows(row)
    leave(rows, verb="cancel", role=ATTENDEE)
    _note_all(LET_GO, rows)
    promote(row.forum_id, at=at)


def renew(sign_up_id: int, *, at: datetime, role: str = ATTENDEE) -> str:
    """Let somebody whose place went on join the line again, at its end; a free place is offered at once.

    Who cancelled comes back by themselves, whatever a group does; by their own link they take their own no back.
    Raises `NotOpen` when the forum has met or was cancelled, nothing of theirs ran out, or the team cancelled it.
    """
    row = held(sign_up_id)
    check_not_over(forum_by_id(row.forum_id))
    if row.why or (row.declined and role != ATTENDEE) or _is_there_again(row):
        raise NotOpen(NO_WAY_BACK)
    rows = party_rows(row) if row.state == "expired" else [row]
    line = ledger.next_in_line(row.forum_id)
    for one in rows:
        one.state, one.line = SIGN_UP.move("renew", state=one.state, roles={role}), line
        one.same, one.declined = _same(one), False
    note("joined the line again", f"sign-up {row.id}")
    db.session.flush()
    promote(row.forum_id, at=at)
    return row.state


def _same(row: SignUpRow) -> bytes | None:
    """What one person is known by, so that they come once; members of a group are their leader's to know."""
    if row.group_id is not None:
        return None
    adult = letters.adult_of(row)
    return same_person(row, (adult.contact or "") if adult else "")


def _is_there_again(row: SignUpRow) -> bool:
    """Answer whether they signed up anew meanwhile: one person comes once."""
    same = _same(row)
    others = select(SignUpRow.id).where(SignUpRow.forum_id == row.forum_id, SignUpRow.id != row.id)
    return same is not None and db.session.scalar(others.where(SignUpRow.same == same)) is not None


def expire_late(at: datetime) -> int:
    """Let every offer and every place held for consent that has run out go on to the next; give how many."""
    over = or_(SignUpRow.offered_until <= bare(at), SignUpRow.held_until <= bare(at))
    late = list(db.session.scalars(select(SignUpRow.forum_id).where(over).distinct().order_by(SignUpRow.forum_id)))
    return sum(_expire_of(forum_id, at=at) for forum_id in late)


def _expire_of(forum_id: int, *, at: datetime) -> int:
    ledger.lock(forum_id)
    rows = [row for row in rows_of(forum_id, "offered", "awaiting_consent") if _is_late(row, at)]
    _expire(rows, at=at)
    return len(rows)


def _is_late(row: SignUpRow, at: datetime) -> bool:
    until = row.offered_until or row.held_until
    return until is not None and until <= bare(at)


def _expire(late: list[SignUpRow], *, at: datetime) -> None:
    parties = {min(one.id for one in rows): rows for rows in map(party_rows, late)}
    for rows in parties.values():
        leave(rows, verb="expire", role=CLOCK)
        _note_all(RAN_OUT, rows)
    letters.tell_all([row for rows in parties.values() for row in rows])
    if late:
        promote(late[0].forum_id, at=at)


def _note_all(did: str, rows: list[SignUpRow]) -> None:
    for row in rows:
        note(did, f"sign-up {row.id}")


def leave(rows: list[SignUpRow], *, verb: str, role: str) -> None:
    """Let sign-ups give up what they hold and end in the state `verb` leads to."""
    give_back(rows)
    for row in rows:
        row.state = SIGN_UP.move(verb, state=row.state, roles={role})
        row.offered_until = row.held_until = row.line = row.same = None
    db.session.flush()


def _say_too_large(rows: list[SignUpRow], forum: Forum) -> None:
    """Write it down where some of a group would have a place and all of it has not: its leader may split it."""
    if len(rows) > 1 and any(fits(as_party([one]), forum.taken, forum.plan.limits) for one in rows):
        note("left out a group too large for the places left", f"group {rows[0].group_id}")
        _tell_few(db.session.get_one(GroupRow, rows[0].group_id))


def _tell_few(group: GroupRow) -> None:
    """Write to the leader once: the group's page says how many would have a place, and how to split."""
    if not group.told_few:
        group.told_few = True
        letters.tell_leader(group.id, "few")


def _offer(rows: list[SignUpRow], *, until: datetime) -> None:
    for row in rows:
        row.state = SIGN_UP.move("offer", state=row.state, roles={FOLLOWS})
        row.offered_until = bare(until)
    db.session.flush()
