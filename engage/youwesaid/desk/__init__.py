"""Staff pages: concerns, actions, updates, felt-checks, themes that are noted, the scoreboard."""

from engage.youwesaid.desk import action, concern, felt_check, noted, scoreboard, update
from engage.youwesaid.desk.pages import pages

__all__ = ["action", "concern", "felt_check", "noted", "pages", "scoreboard", "update"]
