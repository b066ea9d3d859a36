"""Staff pages: reading, themes."""

from engage.analysis.desk import reading, theme, themes
from engage.analysis.desk.pages import pages

__all__ = ["pages", "reading", "theme", "themes"]
