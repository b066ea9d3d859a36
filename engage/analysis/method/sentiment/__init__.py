"""How answers feel, "mixed" among the moods: from a word list at first, then from the labels of the team."""

from engage.analysis.method.sentiment.lexicon import MOODS
from engage.analysis.method.sentiment.moods import Sentiment

__all__ = ["MOODS", "Sentiment"]
