"""Load published figures."""

from pathlib import Path

from sqlalchemy import select

from engage.pqa.models import FigureRow
from engage.pqa.rules.figures import Figure, read_figures
from engage.pqa.rules.files import Report
from engage.shared import db


def import_figures(path: Path) -> Report:
    """Take every figure of a file; one taken before is renewed, not doubled. Raises `NotValid`."""
    taken, skipped = 0, []
    for one in read_figures(path):
        if isinstance(one, str):
            skipped.append(one)
        else:
            _keep(one)
            taken += 1
    return Report(taken, tuple(skipped))


def _keep(figure: Figure) -> None:
    same = select(FigureRow).where(
        FigureRow.area == figure.area, FigureRow.population == figure.population,
        FigureRow.measure == figure.measure, FigureRow.year == figure.year,
    )  # fmt: skip
    row = db.session.scalars(same).one_or_none() or FigureRow(
        area=figure.area, population=figure.population, measure=figure.measure, year=figure.year
    )
    row.item = f"{figure.item}.{figure.option}".rstrip(".")
    row.mode, row.n, row.ages, row.share, row.source = figure.mode, figure.n, figure.ages, figure.share, figure.source
    db.session.add(row)
