"""Staff pages of the answering back."""

from engage.youwesaid.desk import action, briefing, concern, file, newsletter, noted, scoreboard, steps, update
from engage.youwesaid.desk.pages import pages

__all__ = [
    "action", "briefing", "concern", "file", "newsletter", "noted", "pages", "scoreboard", "steps", "update",
]  # fmt: skip
