"""Charts that read along time."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from engage.analysis.method.charts.sheet import COLUMNS, EDGE, FOOT, RADIUS, Sheet, figures
from engage.analysis.method.records import Chart, ChartRow, Figure, Proportion

TALL = 240.0
HEAD = 24.0
SIDE = 48.0
LINES = (0, 25, 50, 75, 100)


@dataclass(frozen=True)
class TrendPoint:
    """One wave of a series; `joins` False where wording or way of asking differ from the wave before."""

    key: str
    part: Proportion | None
    joins: bool = True


def trend(points: Sequence[TrendPoint]) -> Chart:
    """Draw a figure over waves, joined only where it was asked the same way.

    Parameters
    ----------
    points : sequence of TrendPoint, oldest first, at least one
        A hidden wave (`part` None) has no dot and breaks the line.

    Returns
    -------
    chart : Chart
        Dots of role "before" and, for the last wave, "now"; lines of role "join"; upright lines of role "interval".
        Labels: the waves' keys; table columns "people", "of", "percent", "low", "high".

    Raises
    ------
    ValueError
        If there is no wave.

    Examples
    --------
    >>> from engage.analysis.method.proportions import published
    >>> chart = trend([TrendPoint("2020", published(60, 500)), TrendPoint("2021", published(70, 500), joins=False)])
    >>> [mark.role for mark in chart.marks if mark.role != "grid"]
    ['interval', 'before', 'interval', 'now']
    """
    if not points:
        raise ValueError("There is no wave to draw: give at least one")
    sheet = Sheet(TALL + FOOT, edges=(SIDE, SIDE))
    sheet.axes.set_xlim(-0.25, len(points) - 0.75)
    _scale(sheet, len(points))
    for place, (before, now) in enumerate(pairwise([None, *points])):
        if before and now and before.part and now.part and now.joins:
            _join(sheet, place, before.part, now.part)
    for place, point in enumerate(points):
        if point.part is not None:
            _point(sheet, place, point.part, "now" if place == len(points) - 1 else "before")
        sheet.word("wave", sheet.at(place, 0)[0], TALL + FOOT - EDGE / 2, point.key, anchor="middle")
    return sheet.chart("trend", COLUMNS, [ChartRow(point.key, figures(point.part)) for point in points])


def _down(share: float) -> float:
    return HEAD + (TALL - HEAD) * (1 - share)


def _scale(sheet: Sheet, n_points: int) -> None:
    for line in LINES:
        y = _down(line / 100)
        sheet.line("grid", [-0.25, n_points - 0.75], [y, y])
        sheet.number("tick", (SIDE - EDGE, round(y + 5, 1)), Figure(line, "percent"), anchor="end")


def _join(sheet: Sheet, place: int, before: Proportion, now: Proportion) -> None:
    sheet.line("join", [place - 1, place], [_down(before.share), _down(now.share)])


def _point(sheet: Sheet, place: int, part: Proportion, role: str) -> None:
    ends = [_down(part.interval.low), _down(1.0 if part.interval.high is None else part.interval.high)]
    sheet.line("interval", [place, place], ends)
    sheet.line(role, [place], [_down(part.share)])
    across, top = sheet.at(place, min(ends))
    sheet.number("value", (across, round(top - RADIUS, 1)), Figure(part.percent, "percent"))
