"""True counts of one question by one or two others; for the worker, which protects them before anybody sees one."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import aliased

from engage.shared import db
from engage.surveys.models import AnswerRow, ResponseRow
from engage.surveys.rules.conditions import MISSING_CODES

Groups = tuple[str | None, ...]


def cut_counts(wave_id: int, item: str, by: Sequence[str]) -> dict[tuple[str, Groups], int]:
    """How many chose each option of an item, by (option, groups); None stands for who did not say their group."""
    asked, groups = _cut(wave_id, item, by)
    rows = db.session.execute(
        asked.add_columns(AnswerRow.option, func.count()).group_by(AnswerRow.option, *groups).order_by(AnswerRow.option)
    )
    return {(option, tuple(found)): count for *found, option, count in rows}


def cut_people(wave_id: int, item: str, by: Sequence[str]) -> dict[Groups, int]:
    """How many people chose an answer of an item, by groups, however many answers each chose."""
    asked, groups = _cut(wave_id, item, by)
    rows = db.session.execute(asked.add_columns(func.count(AnswerRow.response_key.distinct())).group_by(*groups))
    return {tuple(found): count for *found, count in rows}


def _cut(wave_id: int, item: str, by: Sequence[str]) -> tuple[Select[Any], list[Any]]:
    broken = [aliased(AnswerRow) for _ in by]
    asked = select(*(one.option for one in broken)).select_from(AnswerRow)
    asked = asked.join(ResponseRow, ResponseRow.key == AnswerRow.response_key)
    for one, code in zip(broken, by, strict=True):
        same = (one.response_key == AnswerRow.response_key) & (one.item == code)
        asked = asked.outerjoin(one, same & one.option.not_in(MISSING_CODES))
    said = AnswerRow.option.not_in(MISSING_CODES)
    return asked.where(ResponseRow.wave_id == wave_id, AnswerRow.item == item, said), [one.option for one in broken]
