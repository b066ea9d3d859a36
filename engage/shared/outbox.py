"""The outbox: a letter is written with what causes it, in the same transaction; the worker sends it after the commit.

What a letter says is sealed, and is gone the moment it is sent. Nothing in it tells anything: whoever else reads the
phone sees that something waits, never what.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import token_hex
from typing import Any

from flask import current_app
from sqlalchemy import CheckConstraint, ColumnElement, Index, String, and_, delete, insert, or_, select, update
from sqlalchemy.orm import Mapped, mapped_column

from engage.settings import Settings
from engage.shared import db
from engage.shared.clock import bare, now
from engage.shared.crypto import Sealed
from engage.shared.errors import NotFound, NotOpen
from engage.shared.words import N_

EMAIL, TEXT = "email", "text"
WAITING, LEASED, SENT, FAILED = STATES = ("waiting", "leased", "sent", "failed")
LEASE = timedelta(minutes=3)  # longer than a mail server may take to answer
USEFUL = timedelta(days=7)  # after that a letter is given up, unless its writer said otherwise
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60))  # the last one again and again
TOO_LATE = N_("It could not be sent in time")


class LetterRow(db.Model):
    """One letter; `key` is drawn at random, and tells the mail server that a second try is the same letter."""

    __tablename__ = "letter"
    __table_args__ = (
        CheckConstraint("state IN ('waiting', 'leased', 'sent', 'failed')", name="state"),
        CheckConstraint("state <> 'sent' OR body IS NULL", name="sent_is_empty"),
        Index("ix_letter_state_due_at", "state", "due_at"),
    )

    key: Mapped[str] = mapped_column(String(32), primary_key=True)
    once: Mapped[str | None] = mapped_column(String(120), unique=True)
    kind: Mapped[str] = mapped_column(String(60))
    way: Mapped[str] = mapped_column(String(10))
    to: Mapped[str | None] = mapped_column(Sealed("contact"))
    subject: Mapped[str | None] = mapped_column(Sealed())
    body: Mapped[str | None] = mapped_column(Sealed())
    stop_at: Mapped[str | None] = mapped_column(Sealed())  # where a mailbox may stop letters of this kind, if anywhere
    language: Mapped[str] = mapped_column(String(12))
    due_at: Mapped[datetime]
    useful_until: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(10))
    tries: Mapped[int]
    reason: Mapped[str] = mapped_column(String(200))
    taken_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]


INSERT = insert(LetterRow)
GIVEN = ("way", "to", "subject", "body", "language", "tries", "stop_at")  # what the worker gets, in a Letter's order


@dataclass(frozen=True)
class NewLetter:
    """What to say to whom: `to` is an e-mail address, or a phone number for a text (which has no subject).

    `kind` names it for staff in a few words; `language` is the one the words are in. `stop_at` is the address that a
    mailbox may post to when somebody presses its own "unsubscribe" (RFC 8058).
    """

    kind: str
    to: str
    subject: str
    body: str
    language: str = "en"
    stop_at: str = ""

    @property
    def way(self) -> str:
        """How it travels."""
        return EMAIL if "@" in self.to else TEXT


@dataclass(frozen=True)
class Letter:
    """A letter in the worker's hands; `tries` counts this one."""

    key: str
    way: str
    to: str
    subject: str
    body: str
    language: str
    tries: int
    stop_at: str | None = None


@dataclass(frozen=True)
class LetterLine:
    """A letter as staff see it, without what it says and where it goes. Moments are UTC without a zone."""

    key: str
    kind: str
    way: str
    state: str
    due_at: datetime
    tries: int
    reason: str


def write(
    letter: NewLetter,
    *,
    not_before: datetime | None = None,
    useful_until: datetime | None = None,
    once: str = "",
) -> None:
    """Write a letter in the current transaction; a second one with the same `once` is not written."""
    due_at = not_before or now()
    row = {
        "key": token_hex(16),
        "once": once or None,
        "kind": letter.kind[:60],
        "way": letter.way,
        "to": letter.to.strip(),
        "subject": " ".join(letter.subject.split()),
        "body": letter.body,
        "stop_at": letter.stop_at or None,
        "language": letter.language,
        "due_at": bare(due_at),
        "useful_until": bare(useful_until or due_at + USEFUL),
        "state": WAITING,
        "tries": 0,
        "reason": "",
    }
    if once:
        db.session.execute(db.insert_into(LetterRow).values(row).on_conflict_do_nothing(index_elements=["once"]))
    else:  # "on conflict" would have the statement put together anew at every letter
        db.session.connection().execute(INSERT, row)


def take_back(once: str) -> None:
    """Delete a letter that has lost its point, if nobody has sent it yet."""
    db.session.execute(delete(LetterRow).where(LetterRow.once == once, LetterRow.state == WAITING))


def link(path: str) -> str:
    """Give the whole address of one of our pages, as it stands in a letter."""
    return _settings().home + path


def ways_here() -> tuple[str, ...]:
    """The ways a letter can leave this installation; none in the demo."""
    post = _settings().post
    if _settings().demo:
        return ()
    return ((EMAIL,) if post.sends_email else ()) + ((TEXT,) if post.sends_texts else ())


def is_due(at: datetime, travels: Sequence[str]) -> bool:
    """True when a letter waits to be sent by one of these ways."""
    return db.session.scalar(select(LetterRow.key).where(_free(at), LetterRow.way.in_(travels)).limit(1)) is not None


def take(at: datetime, travels: Sequence[str]) -> Letter | None:
    """Take the letter that waited longest; one held longer than `LEASE` was lost with its worker."""
    due = select(LetterRow.key).where(_free(at), LetterRow.way.in_(travels)).order_by(LetterRow.due_at).limit(1)
    key = db.session.scalar(due)
    if key is None:
        return None
    held = db.session.execute(
        update(LetterRow)
        .where(LetterRow.key == key, _free(at))
        .values(state=LEASED, taken_at=bare(at), tries=LetterRow.tries + 1)
        .returning(*(getattr(LetterRow, name) for name in GIVEN))
        .execution_options(synchronize_session=False)
    ).one_or_none()
    return Letter(key, *held) if held else None


def sent(key: str, *, at: datetime) -> None:
    """Keep that a letter was sent, and nothing of what it said."""
    _end(key, state=SENT, at=at, to=None, subject=None, body=None, stop_at=None, reason="")


def fail(key: str, why: str, *, at: datetime) -> None:
    """Give a letter up, with a plain sentence for staff."""
    _end(key, state=FAILED, at=at, reason=why[:200])


def put_back(key: str, why: str, *, at: datetime) -> None:
    """Let a letter wait for another try, longer each time; past its use it is given up."""
    row = db.session.get_one(LetterRow, key)
    due_at = bare(at) + PAUSES[min(row.tries, len(PAUSES)) - 1]
    if due_at > row.useful_until:
        fail(key, f"{TOO_LATE}: {why}", at=at)
        return
    row.state, row.taken_at, row.due_at, row.reason = WAITING, None, due_at, why[:200]


def give_up_late(at: datetime) -> int:
    """Give up what still waits and is of no more use; give how many letters."""
    late = update(LetterRow).where(LetterRow.state == WAITING, LetterRow.useful_until < bare(at))
    return _count(late.values(state=FAILED, reason=TOO_LATE, ended_at=bare(at)))


def try_again(key: str, *, at: datetime) -> None:
    """Let a letter that was given up wait once more. Raises `NotFound`, `NotOpen`."""
    row = db.locked(LetterRow, key)
    if row is None:
        raise NotFound(N_("This letter is no longer kept."))
    if row.state != FAILED:
        raise NotOpen(N_("Somebody has moved this on already: look at it again"))
    row.state, row.tries, row.ended_at, row.taken_at = WAITING, 0, None, None
    row.due_at, row.useful_until = bare(at), bare(at + USEFUL)


def forget_letters(before: datetime) -> int:
    """Delete letters that were sent or given up before this moment; give how many."""
    return _count(delete(LetterRow).where(LetterRow.ended_at < bare(before)))


def unsent() -> list[LetterLine]:
    """Every letter that waits or was given up, those given up first, then the one that waited longest."""
    lines = select(
        LetterRow.key,
        LetterRow.kind,
        LetterRow.way,
        LetterRow.state,
        LetterRow.due_at,
        LetterRow.tries,
        LetterRow.reason,
    )
    waits = lines.where(LetterRow.state != SENT).order_by(LetterRow.state != FAILED, LetterRow.due_at, LetterRow.key)
    return [LetterLine(*row) for row in db.session.execute(waits)]


def stuck() -> list[LetterLine]:
    """Letters that were given up, or that nothing here can send; none in the demo, where none leaves."""
    travels = ways_here()
    lines = [] if _settings().demo else unsent()
    return [line for line in lines if line.state == FAILED or line.way not in travels]


def shown_in_demo() -> list[Letter]:
    """What the letters say that would have been sent, newest first; nothing outside the demo."""
    if not _settings().demo:
        return []
    rows = db.session.scalars(select(LetterRow).where(LetterRow.body.is_not(None)).order_by(LetterRow.due_at.desc()))
    return [
        Letter(row.key, row.way, row.to or "", row.subject or "", row.body or "", row.language, row.tries)
        for row in rows
    ]


def _free(at: datetime) -> ColumnElement[bool]:
    waits = and_(LetterRow.state == WAITING, LetterRow.due_at <= bare(at))
    lost = and_(LetterRow.state == LEASED, LetterRow.taken_at < bare(at) - LEASE)
    return or_(waits, lost)


def _end(key: str, *, at: datetime, **kept: Any) -> None:
    db.session.execute(update(LetterRow).where(LetterRow.key == key).values(ended_at=bare(at), taken_at=None, **kept))


def _count(statement: Any) -> int:
    return db.session.execute(statement).rowcount  # type: ignore[attr-defined,no-any-return]


def _settings() -> Settings:
    settings: Settings = current_app.extensions["settings"]
    return settings
