"""Bring a partner's feedback into the loop, and forget it when its time has come."""

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from pathlib import Path

from sqlalchemy import and_, or_, select, update
from sqlalchemy.orm import Session

from engage.shared import crypto, db
from engage.surveys.models import FeedbackRow, SourceRow
from engage.surveys.rules.feedback import LONGEST, Columns, Comment, Skipped, read

TOGETHER = 500  # rows of one short transaction


@dataclass
class Report:
    """What became of each row: new ones taken, ones we had, ones skipped and why; `cut` were too long."""

    source_id: int = 0
    today: date = date.max  # a later day is a mistake of the file
    taken: int = 0
    had: int = 0
    cut: int = 0
    undated: int = 0
    skipped: Counter[Skipped] = field(default_factory=Counter)

    @property
    def rows(self) -> int:
        return self.taken + self.had + self.skipped.total()

    def in_words(self) -> str:
        """Say what became of the rows, a line each."""
        lines = [f"{self.rows:,} rows: {self.taken:,} taken, {self.had:,} were here already"]
        lines += [f"  {count:,} left out: {why.value}" for why, count in self.skipped.most_common()]
        lines += [f"  {self.cut:,} were too long and are kept up to {LONGEST:,} characters"] if self.cut else []
        wrong = "a day we could not read, or that has not come"
        lines += [f"  {self.undated:,} have {wrong}, and are kept without"] if self.undated else []
        lines += ["  They raise no alerts: those that sound worrying stand first in Reading, and Today counts them"]
        return "\n".join(lines)


def bring_in(path: Path, *, source: str, columns: Columns, today: date, said: Callable[[Report], None]) -> Report:
    """Take every comment of a CSV file, in short transactions of its own; a second run of the same file adds nothing.

    `said` hears how far it has come after each few hundred rows. Raises `NotValid` for a file that is no CSV, or a
    column it lacks.
    """
    rows = read(path, columns)
    first = list(islice(rows, 1))  # a file that cannot be read leaves no source behind
    report = Report(source_id=_source(source, today), today=today)
    with closing(sqlite3.connect("")) as seen:  # on disk, so that a million rows need no memory
        seen.execute("CREATE TABLE seen (key BLOB PRIMARY KEY, times INTEGER) WITHOUT ROWID")
        for piece in _pieces(first, rows):
            _take(piece, report, seen, dated=columns.date is not None)
            said(report)
    return report


def source_of_forum(forum_id: int, *, name: str, met_on: date) -> int:
    """Give the id of the source that stands for a forum, made where there is none yet; its words stay with it."""
    found = db.session.scalar(select(SourceRow.id).where(SourceRow.forum_id == forum_id))
    if found is not None:
        return found
    row = SourceRow(name=name[:200], imported_on=met_on, forum_id=forum_id)
    db.session.add(row)
    db.session.flush()
    return row.id


def forget_feedback(before: date) -> int:
    """Empty comments said before a day (brought in before it, where no day is known); gives how many."""
    long_ago = select(SourceRow.id).where(SourceRow.imported_on < before)
    undated = and_(FeedbackRow.said_on.is_(None), FeedbackRow.source_id.in_(long_ago))
    old = update(FeedbackRow).where(or_(FeedbackRow.said_on < before, undated), FeedbackRow.words.is_not(None))
    emptied = db.session.execute(old.values(words=None).execution_options(synchronize_session=False))
    return int(emptied.rowcount)  # type: ignore[attr-defined]


def _pieces(first: list[Comment | Skipped], rows: Iterator[Comment | Skipped]) -> Iterator[list[Comment | Skipped]]:
    while piece := [*first, *islice(rows, TOGETHER - len(first))]:
        first = []
        yield piece


def _source(name: str, today: date) -> int:
    with db.apart() as own:
        row = own.scalars(select(SourceRow).where(SourceRow.name == name)).first()
        if row is None:
            row = SourceRow(name=name, imported_on=today)
            own.add(row)
            own.flush()
        return row.id


def _take(piece: Iterable[Comment | Skipped], report: Report, seen: sqlite3.Connection, *, dated: bool) -> None:
    comments = [row for row in piece if isinstance(row, Comment)]
    keyed = {_key(report.source_id, comment, seen): comment for comment in comments}
    with db.apart() as own:
        had = _had(own, list(keyed))
        own.add_all(_row(key, comment, report) for key, comment in keyed.items() if key not in had)
    report.skipped.update(row for row in piece if isinstance(row, Skipped))
    report.had += len(had)
    report.taken += len(keyed) - len(had)
    report.cut += sum(comment.cut for comment in comments)
    report.undated += sum(dated and _day(comment, report) is None for comment in comments)


def _key(source_id: int, comment: Comment, seen: sqlite3.Connection) -> bytes:
    said = repr((source_id, comment.question, comment.said_on, comment.words)).encode()
    mark = crypto.keyed("feedback", said)[:16]
    again = "INSERT INTO seen VALUES (?, 1) ON CONFLICT DO UPDATE SET times = times + 1 RETURNING times"
    times = seen.execute(again, (mark,)).fetchone()[0]
    return crypto.keyed("feedback again", mark + str(times).encode())[:16]


def _had(own: Session, keys: list[bytes]) -> set[bytes]:
    return set(own.scalars(select(FeedbackRow.key).where(FeedbackRow.key.in_(keys))))


def _row(key: bytes, comment: Comment, report: Report) -> FeedbackRow:
    said_on = _day(comment, report)
    return FeedbackRow(
        key=key, source_id=report.source_id, question=comment.question, words=comment.words, said_on=said_on
    )


def _day(comment: Comment, report: Report) -> date | None:
    return comment.said_on if comment.said_on and comment.said_on <= report.today else None
