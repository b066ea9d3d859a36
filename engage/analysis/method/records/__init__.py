"""The figures that pages show, already safe to show: plain Python, no true count in any of them."""

from engage.analysis.method.records.base import Record
from engage.analysis.method.records.charts import Anchor, Chart, ChartRow, Figure, Label, Mark, Shape, Unit
from engage.analysis.method.records.findings import Change, Direction, KaplanMeier, Ranked, Step, Theme
from engage.analysis.method.records.tables import (
    HIDDEN,
    Audit,
    Axis,
    Cell,
    Interval,
    Proportion,
    Protected,
    Range,
    Rule,
)

__all__ = [
    "HIDDEN",
    "Anchor",
    "Audit",
    "Axis",
    "Cell",
    "Change",
    "Chart",
    "ChartRow",
    "Direction",
    "Figure",
    "Interval",
    "KaplanMeier",
    "Label",
    "Mark",
    "Proportion",
    "Protected",
    "Range",
    "Ranked",
    "Record",
    "Rule",
    "Shape",
    "Step",
    "Theme",
    "Unit",
]
