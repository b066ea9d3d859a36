"""How far people agreed with what was suggested, theme by theme: a measure of the suggestions, not of anybody."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import case, func, select

from engage.analysis.models import CodingRow
from engage.shared import db
from engage.shared.counts import shown

FEWEST = 20  # suggestions that people decided on, before a share is said (rules.md N1)


@dataclass(frozen=True)
class Trust:
    """About how many suggestions people decided on (to the nearest five), and how many of a hundred they took."""

    decided: int
    percent: int


def trust_in(theme_ids: Collection[int]) -> dict[int, Trust]:
    """What became of the suggestions of each theme; a theme with fewer than twenty decided ones is left out."""
    taken = func.sum(case((CodingRow.refused, 0), else_=1))
    asked = select(CodingRow.theme_id, func.count(), taken).group_by(CodingRow.theme_id)
    decided = asked.where(
        CodingRow.theme_id.in_(theme_ids), CodingRow.confirmed_by.is_not(None), CodingRow.closeness > 0
    )
    return {
        theme_id: trust
        for theme_id, count, yes in db.session.execute(decided)
        if (trust := _trust(count, yes)) is not None
    }


def _trust(count: int, yes: int) -> Trust | None:
    about, of_them = shown(count, FEWEST), shown(yes, 0) or 0
    return None if about is None else Trust(about, round(100 * of_them / about))
