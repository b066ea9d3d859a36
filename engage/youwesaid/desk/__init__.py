"""Staff pages: concerns, actions, updates."""

from engage.youwesaid.desk import action, concern, file, quote, safety, steps, update
from engage.youwesaid.desk.pages import pages

__all__ = ["action", "concern", "file", "pages", "quote", "safety", "steps", "update"]
