"""Wanted work: what a page would like the worker to do, kept in the database until it is done.

A row names a kind and a subject (a wave, a source), never a response: nothing in a queue points at a person.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import (
    ColumnElement,
    String,
    Update,
    and_,
    case,
    delete,
    false,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.orm import Mapped, mapped_column

from engage.shared import db
from engage.shared.clock import bare, now

LEASE = timedelta(minutes=15)
Which = tuple[str, str]  # a kind, and how a subject begins
# Written out, so that both databases read it and no library puts it together again for each answer sent.
WANT = """
    INSERT INTO wanted_work (kind, subject, asked_at, progress, failed) VALUES (:kind, :subject, :asked_at, '', '')
    ON CONFLICT (kind, subject) DO UPDATE SET taken_at = NULL, failed = '', progress = ''
    WHERE wanted_work.taken_at IS NOT NULL OR wanted_work.failed <> ''
"""


class WantedWork(db.Model):
    """One piece of work; the same kind and subject is wanted once, however often it is asked for."""

    __tablename__ = "wanted_work"

    kind: Mapped[str] = mapped_column(String(40), primary_key=True)
    subject: Mapped[str] = mapped_column(String(80), primary_key=True)
    asked_at: Mapped[datetime]
    taken_at: Mapped[datetime | None]
    progress: Mapped[str] = mapped_column(String(200), default="")
    failed: Mapped[str] = mapped_column(String(200), default="")


@dataclass(frozen=True)
class Wanted:
    """One piece of work as pages and the worker see it; `failed` is a plain sentence, empty while all is well."""

    kind: str
    subject: str
    progress: str
    failed: str


def want(kind: str, subject: str) -> None:
    """Ask for one piece of work; asking twice changes nothing."""
    db.run(WANT, {"kind": kind, "subject": subject, "asked_at": db.written(bare(now()))})
    db.session.expire_all()


def waiting() -> list[Wanted]:
    """Everything wanted and not yet done, oldest first."""
    rows = db.session.scalars(select(WantedWork).order_by(WantedWork.asked_at, WantedWork.kind, WantedWork.subject))
    return [Wanted(row.kind, row.subject, row.progress, row.failed) for row in rows]


def take(at: datetime, *, first: Iterable[Which] = (), only_first: bool = False) -> Wanted | None:
    """Take the oldest piece nobody holds, what is in `first` before the rest; a piece held past `LEASE` was lost."""
    before = _among(first)
    free = and_(_free(at), before) if only_first else _free(at)
    asked = select(WantedWork).where(free).order_by(case((before, 0), else_=1), WantedWork.asked_at).limit(1)
    row = db.session.scalars(asked).first()
    if row is None:
        return None
    held = db.session.execute(_one(row.kind, row.subject).where(free).values(taken_at=bare(at)))
    taken = Wanted(row.kind, row.subject, row.progress, "")
    db.session.expire_all()
    return taken if held.rowcount else None  # type: ignore[attr-defined]


def is_waiting(at: datetime, first: Iterable[Which]) -> bool:
    """True while a piece that goes first is held by nobody."""
    return db.session.scalar(select(WantedWork.kind).where(_free(at), _among(first)).limit(1)) is not None


def since(kind: str, subject: str) -> datetime | None:
    """The moment from which a piece has been wanted: all that it is about came then or later."""
    row = db.session.get(WantedWork, (kind, subject))
    return None if row is None else row.asked_at.replace(tzinfo=UTC)


def waiting_since(kinds: Iterable[str]) -> datetime | None:
    """The moment from which the oldest piece of these kinds has been wanted; None where there is none."""
    at = db.session.scalar(select(func.min(WantedWork.asked_at)).where(WantedWork.kind.in_(kinds)))
    return None if at is None else at.replace(tzinfo=UTC)


def standing() -> list[tuple[object, ...]]:
    """All that is to be done, by kind and subject: held since when, and how far; unchanged while nobody gets on."""
    columns = (WantedWork.kind, WantedWork.subject, WantedWork.taken_at, WantedWork.progress)
    return [
        tuple(row) for row in db.session.execute(select(*columns).where(WantedWork.failed == "").order_by(*columns))
    ]


def fail_held(why: str) -> None:
    """Set aside all that somebody holds: whoever held it hangs."""
    held = update(WantedWork).where(WantedWork.taken_at.is_not(None))
    db.session.execute(held.values(failed=why[:200], taken_at=None))


def say(kind: str, subject: str, progress: str) -> None:
    """Show how far a piece has come."""
    db.session.execute(_one(kind, subject).values(progress=progress[:200]))


def fail(kind: str, subject: str, why: str, *, taken_before: datetime) -> None:
    """Set a piece aside with a plain sentence, unless it was asked for again after it was taken."""
    db.session.execute(_taken(kind, subject, taken_before).values(failed=why[:200], taken_at=None))


def try_again(which: Iterable[Which]) -> None:
    """Let what was set aside be taken once more: a lock or a full disk may have been in the way."""
    aside = update(WantedWork).where(_among(which), WantedWork.failed != "")
    db.session.execute(aside.values(failed="").execution_options(synchronize_session=False))


def put_back(kind: str, subject: str, *, taken_before: datetime) -> None:
    """Let go of a piece that is not finished; it is taken again in its turn."""
    db.session.execute(_taken(kind, subject, taken_before).values(taken_at=None))


def done(kind: str, subject: str, *, taken_before: datetime) -> None:
    """Forget a finished piece, unless it was asked for again after it was taken: then only what came since is left."""
    finished = and_(WantedWork.kind == kind, WantedWork.subject == subject, WantedWork.taken_at <= bare(taken_before))
    db.session.execute(delete(WantedWork).where(finished).execution_options(synchronize_session=False))
    db.session.execute(_one(kind, subject).values(asked_at=bare(taken_before)))


def free_all() -> None:
    """Let go of everything a worker held, when that worker is gone and there is no other."""
    db.session.execute(update(WantedWork).values(taken_at=None))


def _one(kind: str, subject: str) -> Update:
    mine = update(WantedWork).where(WantedWork.kind == kind, WantedWork.subject == subject)
    return mine.execution_options(synchronize_session=False)


def _taken(kind: str, subject: str, before: datetime) -> Update:
    return _one(kind, subject).where(WantedWork.taken_at <= bare(before))


def _free(at: datetime) -> ColumnElement[bool]:
    nobody = or_(WantedWork.taken_at.is_(None), WantedWork.taken_at < bare(at) - LEASE)
    return and_(nobody, WantedWork.failed == "")


def _among(which: Iterable[Which]) -> ColumnElement[bool]:
    return or_(false(), *(and_(WantedWork.kind == kind, WantedWork.subject.startswith(start)) for kind, start in which))


class Later(Exception):
    """Something more urgent waits: the piece stops where it is, and goes on after that."""
