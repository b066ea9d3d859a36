"""Staff pages of the answering back."""

from engage.youwesaid.desk import action, concern, file, noted, scoreboard, steps, update
from engage.youwesaid.desk.pages import pages

__all__ = [
    "action", "concern", "file", "noted", "pages", "scoreboard", "steps", "update",
]  # fmt: skip
