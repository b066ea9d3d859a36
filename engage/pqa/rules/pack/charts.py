"""Cut a frozen drawing to its first rows, so that a pack shows the largest and stays short; no database."""

from collections.abc import Sequence
from dataclasses import replace

from engage.analysis.method.records import Chart, Label, Mark

ROW, TICK = "row", "tick"


def first_rows(chart: Chart, most: int) -> Chart:
    """Give the same drawing with its first rows only: marks, words, scale and table."""
    tops = [label.y for label in chart.labels if label.role == ROW]
    if len(tops) <= most:
        return chart
    foot = min(label.y for label in chart.labels if label.role == TICK)
    cut = tops[most] - tops[0]
    up = _foot_of_rows(tops) - cut
    return replace(
        chart,
        height=chart.height - up,
        marks=tuple(_shorter(mark, cut) for mark in chart.marks if mark.top < cut),
        labels=tuple(_moved(label, up) for label in chart.labels if label.y < cut or label.y >= foot),
        rows=chart.rows[:most],
    )


def _foot_of_rows(tops: Sequence[float]) -> float:
    return tops[-1] + (tops[1] - tops[0]) - tops[0]


def _shorter(mark: Mark, cut: float) -> Mark:
    return replace(mark, points=tuple((x, min(y, cut)) for x, y in mark.points))


def _moved(label: Label, up: float) -> Label:
    return replace(label, y=label.y - up) if label.role == TICK else label
