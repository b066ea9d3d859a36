"""Draw protected figures: marks, places for words and a table, in no language."""

from engage.analysis.method.charts.across import bar, changes, likert, pair, themes
from engage.analysis.method.charts.along import TrendPoint, trend

__all__ = ["TrendPoint", "bar", "changes", "likert", "pair", "themes", "trend"]
