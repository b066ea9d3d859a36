"""Answers to one question that say exactly the same, and are read with one press; never a flagged one."""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, and_, exists, func, select
from sqlalchemy.orm import aliased

from engage.analysis.models import ExcerptRow
from engage.shared import db

_OTHER = aliased(ExcerptRow)
_TWIN = and_(_OTHER.alike == ExcerptRow.alike, _OTHER.read_on.is_(None), ~_OTHER.flagged)
# One unread answer stands for all that say the same: the one whose random key comes first.
STANDS_FOR_ALL = ExcerptRow.flagged | ~exists().where(_TWIN, _OTHER.key < ExcerptRow.key)


def unread_like(row: ExcerptRow) -> ColumnElement[bool]:
    """The condition that holds for an answer, and for all that say the same and wait to be read."""
    alone = ExcerptRow.key == row.key
    if row.alike is None or row.flagged:
        return alone
    return alone | and_(ExcerptRow.alike == row.alike, ExcerptRow.read_on.is_(None), ~ExcerptRow.flagged)


def times(rows: Iterable[ExcerptRow]) -> dict[str, int]:
    """How many unread answers say the same as each of these, itself among them, by its id, where there are more."""
    marks = {row.alike: row.key for row in rows if row.alike is not None and not row.flagged and row.read_on is None}
    if not marks:
        return {}
    asked = select(ExcerptRow.alike, func.count()).where(ExcerptRow.alike.in_(marks), ExcerptRow.read_on.is_(None))
    found = db.session.execute(asked.where(~ExcerptRow.flagged).group_by(ExcerptRow.alike))
    return {marks[mark].hex(): count for mark, count in found if count > 1}
