"""Staff pages: reading, reading again, themes, what is new, the few."""

from engage.analysis.desk import emerging, reading, rereading, rise, serious, theme, themes
from engage.analysis.desk.pages import pages

__all__ = ["emerging", "pages", "reading", "rereading", "rise", "serious", "theme", "themes"]
