"""Group what people wrote into themes that a person can name, the same way each time."""

from engage.analysis.method.themes.finder import ThemeFinder
from engage.analysis.method.themes.matching import match
from engage.analysis.method.themes.words import same_words, says_nothing

__all__ = ["ThemeFinder", "match", "same_words", "says_nothing"]
