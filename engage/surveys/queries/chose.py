"""Who chose something: a true count, and keys of what they wrote; for the worker, which protects or seals it."""

from collections.abc import Collection

from sqlalchemy import func, select

from engage.shared import db
from engage.surveys.models import AnswerRow, ResponseRow, WrittenRow


def how_many_chose(wave_id: int, *, item: str, options: Collection[str]) -> int:
    """How many people of a wave chose one of these options; a true count, not for showing."""
    asked = (
        select(func.count(AnswerRow.response_key.distinct()))
        .join(ResponseRow, ResponseRow.key == AnswerRow.response_key)
        .where(ResponseRow.wave_id == wave_id, AnswerRow.item == item, AnswerRow.option.in_(options))
    )
    return db.session.scalar(asked) or 0


def written_by_those(wave_id: int, *, item: str, options: Collection[str]) -> set[bytes]:
    """The keys of what those who chose one of these options wrote, in whatever box."""
    asked = (
        select(WrittenRow.key)
        .join(AnswerRow, AnswerRow.response_key == WrittenRow.response_key)
        .where(WrittenRow.wave_id == wave_id, AnswerRow.item == item, AnswerRow.option.in_(options))
    )
    return set(db.session.scalars(asked))
