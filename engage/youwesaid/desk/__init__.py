"""Staff pages of the answering back."""

from engage.youwesaid.desk import (
    action,
    briefing,
    concern,
    felt_check,
    file,
    newsletter,
    noted,
    quote,
    safety,
    scoreboard,
    steps,
    translation,
    update,
)
from engage.youwesaid.desk.pages import pages

__all__ = [
    "action", "briefing", "concern", "felt_check", "file", "newsletter", "noted", "pages", "quote", "safety",
    "scoreboard", "steps", "translation", "update",
]  # fmt: skip
