"""Partners' feedback, as other features may know it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from engage.shared import db
from engage.shared.errors import NotFound
from engage.shared.words import N_
from engage.surveys.models import FeedbackRow, SourceRow


@dataclass(frozen=True)
class Source:
    """One partner's feedback; `comments` is how many there are."""

    id: int
    name: str
    imported_on: date
    comments: int


@dataclass(frozen=True)
class Feedback:
    """One comment with its words, for the worker and for those who may open the original."""

    key: bytes
    source_id: int
    question: str
    words: str | None
    said_on: date | None


def sources() -> list[Source]:
    """Every source, by name."""
    asked = (
        select(SourceRow, func.count(FeedbackRow.key))
        .outerjoin(FeedbackRow, FeedbackRow.source_id == SourceRow.id)
        .group_by(SourceRow.id, SourceRow.name, SourceRow.imported_on)
        .order_by(SourceRow.name)
    )
    return [Source(row.id, row.name, row.imported_on, count) for row, count in db.session.execute(asked)]


def source(source_id: int) -> Source:
    """One source. Raises `NotFound`."""
    found = next((one for one in sources() if one.id == source_id), None)
    if found is None:
        raise NotFound(N_("There is no such source of feedback"))
    return found


def feedback_keys(source_id: int) -> list[bytes]:
    """The keys of every comment of a source that still has its words, in their own random order."""
    asked = select(FeedbackRow.key).where(FeedbackRow.source_id == source_id, FeedbackRow.words.is_not(None))
    return list(db.session.scalars(asked.order_by(FeedbackRow.key)))


def feedback(keys: Collection[bytes]) -> list[Feedback]:
    """The comments with these keys (a few hundred at a time)."""
    rows = db.session.scalars(select(FeedbackRow).where(FeedbackRow.key.in_(keys)).order_by(FeedbackRow.key))
    return [Feedback(row.key, row.source_id, row.question, row.words, row.said_on) for row in rows]
