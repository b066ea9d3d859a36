"""Read published figures."""

from sqlalchemy import select

from engage.pqa.models import FigureRow
from engage.pqa.rules.figures import Figure
from engage.shared import db


def figures() -> dict[str, list[Figure]]:
    """Published figures by the item of ours that asks the same, oldest first; those without one are under ""."""
    found: dict[str, list[Figure]] = {}
    for row in db.session.scalars(select(FigureRow).order_by(FigureRow.item, FigureRow.year, FigureRow.area)):
        figure = _figure(row)
        found.setdefault(figure.item, []).append(figure)
    return found


def _figure(row: FigureRow) -> Figure:
    item, _, option = row.item.partition(".")
    return Figure(
        row.area, row.population, row.measure, item, option, row.year, row.mode, row.n, row.ages, row.share, row.source
    )
