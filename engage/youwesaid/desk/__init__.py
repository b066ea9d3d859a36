"""Staff pages of the answering back."""

from engage.youwesaid.desk import (
    action,
    briefing,
    concern,
    felt_check,
    file,
    newsletter,
    noted,
    proposing,
    quote,
    safety,
    scoreboard,
    steps,
    translation,
    update,
)
from engage.youwesaid.desk.pages import pages

__all__ = [
    "action", "briefing", "concern", "felt_check", "file", "newsletter", "noted", "pages", "proposing", "quote",
    "safety", "scoreboard", "steps", "translation", "update",
]  # fmt: skip
