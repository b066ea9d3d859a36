"""Staff pages: concerns, actions, updates, newsletters."""

from engage.youwesaid.desk import action, concern, newsletter, update
from engage.youwesaid.desk.pages import pages

__all__ = ["action", "concern", "newsletter", "pages", "update"]
