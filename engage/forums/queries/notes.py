"""What was said at the tables of a forum, for those who wrote it down and for the analysis."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from engage.forums.models import TableNoteRow
from engage.shared import db


@dataclass(frozen=True)
class Note:
    """One thing that was said; `words` is None once it was forgotten."""

    key: bytes
    forum_id: int
    table: str
    question: str
    words: str | None
    language: str
    said_on: date


@dataclass(frozen=True)
class Table:
    """How many things were written down at one table about one question."""

    name: str
    question: str
    notes: int


def note_keys(forum_id: int) -> list[bytes]:
    """The keys of everything that was written down and still has its words, in their random order."""
    rows = select(TableNoteRow.key).where(TableNoteRow.forum_id == forum_id, TableNoteRow.words.is_not(None))
    return list(db.session.scalars(rows.order_by(TableNoteRow.key)))


def notes(keys: Collection[bytes]) -> list[Note]:
    """The notes with these keys (a few hundred at a time)."""
    rows = db.session.scalars(select(TableNoteRow).where(TableNoteRow.key.in_(keys)).order_by(TableNoteRow.key))
    return [_note(row) for row in rows]


def tables(forum_id: int) -> list[Table]:
    """How much was written down at each table."""
    rows = db.session.execute(
        select(TableNoteRow.table, TableNoteRow.question, func.count(TableNoteRow.key))
        .where(TableNoteRow.forum_id == forum_id)
        .group_by(TableNoteRow.table, TableNoteRow.question)
        .order_by(TableNoteRow.table, TableNoteRow.question)
    )
    return [Table(*row) for row in rows]


def notes_by(forum_id: int, person_id: int) -> list[Note]:
    """What one person wrote down at a forum, by table."""
    mine = select(TableNoteRow).where(TableNoteRow.forum_id == forum_id, TableNoteRow.written_by == person_id)
    kept = mine.where(TableNoteRow.words.is_not(None)).order_by(TableNoteRow.table, TableNoteRow.key)
    return [_note(row) for row in db.session.scalars(kept)]


def _note(row: TableNoteRow) -> Note:
    return Note(row.key, row.forum_id, row.table, row.question, row.words, row.language, row.said_on)
