"""True counts of a wave's answers, one GROUP BY each; for the worker, which protects them before anybody sees one."""

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from engage.shared import db
from engage.surveys.models import AnswerRow, ResponseRow
from engage.surveys.rules.conditions import MISSING_CODES

Crossed = dict[str, dict[str, int]]


def responses(wave_id: int) -> int:
    """How many responses a wave has."""
    return db.session.scalar(select(func.count()).where(ResponseRow.wave_id == wave_id)) or 0


def counts_by_item(wave_id: int) -> dict[str, dict[str, int]]:
    """Item code to option code (or missing code) to how many chose it."""
    rows = db.session.execute(
        select(AnswerRow.item, AnswerRow.option, func.count())
        .join(ResponseRow, ResponseRow.key == AnswerRow.response_key)
        .where(ResponseRow.wave_id == wave_id)
        .group_by(AnswerRow.item, AnswerRow.option)
        .order_by(AnswerRow.item, AnswerRow.option)
    )
    counts: dict[str, dict[str, int]] = {}
    for item, option, count in rows:
        counts.setdefault(item, {})[option] = count
    return counts


def crossed_counts(wave_id: int, *, by: str) -> dict[str, Crossed]:
    """Item code to option code to the option of the item `by` to how many chose both."""
    broken = aliased(AnswerRow)
    rows = db.session.execute(
        select(AnswerRow.item, AnswerRow.option, broken.option, func.count())
        .join(broken, (broken.response_key == AnswerRow.response_key) & (broken.item == by))
        .join(ResponseRow, ResponseRow.key == AnswerRow.response_key)
        .where(ResponseRow.wave_id == wave_id, AnswerRow.item != by)
        .group_by(AnswerRow.item, AnswerRow.option, broken.option)
        .order_by(AnswerRow.item, AnswerRow.option, broken.option)
    )
    counts: dict[str, Crossed] = {}
    for item, option, group, count in rows:
        counts.setdefault(item, {}).setdefault(option, {})[group] = count
    return counts


def people_by_item(wave_id: int) -> dict[str, int]:
    """Item code to how many people chose an answer of it, however many answers each chose."""
    rows = db.session.execute(
        select(AnswerRow.item, func.count(AnswerRow.response_key.distinct()))
        .join(ResponseRow, ResponseRow.key == AnswerRow.response_key)
        .where(ResponseRow.wave_id == wave_id, AnswerRow.option.not_in(MISSING_CODES))
        .group_by(AnswerRow.item)
        .order_by(AnswerRow.item)
    )
    return dict(rows.tuples().all())


def people_crossed(wave_id: int, *, by: str) -> dict[str, dict[str, int]]:
    """Item code to the option of the item `by` to how many people chose an answer of the first."""
    broken = aliased(AnswerRow)
    rows = db.session.execute(
        select(AnswerRow.item, broken.option, func.count(AnswerRow.response_key.distinct()))
        .join(broken, (broken.response_key == AnswerRow.response_key) & (broken.item == by))
        .join(ResponseRow, ResponseRow.key == AnswerRow.response_key)
        .where(ResponseRow.wave_id == wave_id, AnswerRow.item != by, AnswerRow.option.not_in(MISSING_CODES))
        .group_by(AnswerRow.item, broken.option)
        .order_by(AnswerRow.item, broken.option)
    )
    counts: dict[str, dict[str, int]] = {}
    for item, group, count in rows:
        counts.setdefault(item, {})[group] = count
    return counts
