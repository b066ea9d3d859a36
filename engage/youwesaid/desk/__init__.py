"""Staff pages: concerns, actions, updates, themes that are noted, the scoreboard."""

from engage.youwesaid.desk import action, concern, noted, scoreboard, update
from engage.youwesaid.desk.pages import pages

__all__ = ["action", "concern", "noted", "pages", "scoreboard", "update"]
