"""Staff pages: concerns, actions, updates, newsletters, briefings."""

from engage.youwesaid.desk import action, briefing, concern, newsletter, update
from engage.youwesaid.desk.pages import pages

__all__ = ["action", "briefing", "concern", "newsletter", "pages", "update"]
