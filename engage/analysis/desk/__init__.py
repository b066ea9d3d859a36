"""Staff pages: reading, reading again, coding, the code frame, themes, what is new, the few."""

from engage.analysis.desk import (
    coding,
    emerging,
    frame,
    reading,
    rereading,
    rise,
    second,
    serious,
    splitting,
    theme,
    themes,
)
from engage.analysis.desk.pages import pages

__all__ = [
    "coding", "emerging", "frame", "pages", "reading", "rereading", "rise", "second", "serious", "splitting", "theme",
    "themes",
]  # fmt: skip
