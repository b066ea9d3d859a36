"""The figures that pages show, already safe to show: plain Python, no true count in any of them."""

from engage.analysis.method.records.base import Record
from engage.analysis.method.records.charts import Anchor, Chart, ChartRow, Figure, Label, Mark, Shape, Unit
from engage.analysis.method.records.findings import Change, Direction, KaplanMeier, Ranked, Step, Theme
from engage.analysis.method.records.reading import Agreement, CouldSee, Emerging, Mood, Rise, Suggestion, Telling
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
    "Agreement",
    "Anchor",
    "Audit",
    "Axis",
    "Cell",
    "Change",
    "Chart",
    "ChartRow",
    "CouldSee",
    "Direction",
    "Emerging",
    "Figure",
    "Interval",
    "KaplanMeier",
    "Label",
    "Mark",
    "Mood",
    "Proportion",
    "Protected",
    "Range",
    "Ranked",
    "Record",
    "Rise",
    "Rule",
    "Shape",
    "Step",
    "Suggestion",
    "Telling",
    "Theme",
    "Unit",
]
