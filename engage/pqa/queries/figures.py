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


def published_series(item: str) -> list[tuple[str, float, int]]:
    """What was published of the borough's young people in the series that an item of ours continues, oldest first.

    Who and when, the share (0 to 1), and how many were asked; a figure without that has no interval and is no dot.
    """
    asked = select(FigureRow).where(FigureRow.item == item, FigureRow.n.is_not(None)).order_by(FigureRow.year)
    rows = db.session.scalars(asked.order_by(FigureRow.id))
    return [(f"{row.area} {row.year}", row.share, row.n) for row in rows if row.n]


def _figure(row: FigureRow) -> Figure:
    item, _, option = row.item.partition(".")
    return Figure(
        row.area, row.population, row.measure, item, option, row.year, row.mode, row.n, row.ages, row.share, row.source
    )
