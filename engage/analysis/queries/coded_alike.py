"""Answers that say exactly the same as one on the coding workbench, and are coded with it; never a flagged one."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, select

from engage.analysis.models import CodedRow, CodedThemeRow, ExcerptRow
from engage.analysis.queries.coding import CODED
from engage.shared import db

MOST = 100  # answers coded with one press


def uncoded_like(excerpt_id: str, most: int = MOST) -> list[str]:
    """The other answers that say the same and that nobody has coded, as many as one press codes."""
    waits = _others(excerpt_id).where(~CODED).order_by(ExcerptRow.key).limit(most - 1)
    return [key.hex() for key in db.session.scalars(waits)]


def coded_with(excerpt_id: str, by: int) -> list[str]:
    """The other answers that say the same and that this person alone coded, on the same day and in the same way."""
    mine = db.session.get(CodedRow, (bytes.fromhex(excerpt_id), by))
    if mine is None:
        return []
    asked = _others(excerpt_id).join(CodedRow, CodedRow.excerpt_key == ExcerptRow.key)
    keys = db.session.scalars(asked.where(CodedRow.person_id == by, CodedRow.on == mine.on, ~CodedRow.second)).all()
    talked = set(
        db.session.scalars(select(CodedRow.excerpt_key).where(CodedRow.excerpt_key.in_(keys), CodedRow.second))
    )
    chosen = _themes([mine.excerpt_key, *keys], by)
    return [key.hex() for key in keys if key not in talked and chosen[key] == chosen[mine.excerpt_key]]


def _others(excerpt_id: str) -> Select[Any]:
    key = bytes.fromhex(excerpt_id)
    mark = select(ExcerptRow.alike).where(ExcerptRow.key == key, ~ExcerptRow.flagged).scalar_subquery()
    there = (ExcerptRow.key != key, ~ExcerptRow.flagged, ExcerptRow.words.is_not(None))
    return select(ExcerptRow.key).where(ExcerptRow.alike == mark, *there)


def _themes(keys: Sequence[bytes], by: int) -> dict[bytes, set[int]]:
    found: dict[bytes, set[int]] = {key: set() for key in keys}
    asked = select(CodedThemeRow.excerpt_key, CodedThemeRow.theme_id)
    for key, theme_id in db.session.execute(
        asked.where(CodedThemeRow.excerpt_key.in_(keys), CodedThemeRow.person_id == by)
    ):
        found[key].add(theme_id)
    return found
