"""Staff pages: reading, themes, coding, the code frame."""

from engage.analysis.desk import coding, frame, reading, second, splitting, theme, themes
from engage.analysis.desk.pages import pages

__all__ = ["coding", "frame", "pages", "reading", "second", "splitting", "theme", "themes"]
