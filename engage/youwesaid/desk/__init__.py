"""Staff pages: concerns, actions, updates."""

from engage.youwesaid.desk import action, concern, translation, update
from engage.youwesaid.desk.pages import pages

__all__ = ["action", "concern", "pages", "translation", "update"]
