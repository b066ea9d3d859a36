"""Pages that anybody may open: you said, we did, and how well we keep our word."""

from engage.youwesaid.views import concerns, scoreboard
from engage.youwesaid.views.blueprint import pages

__all__ = ["concerns", "pages", "scoreboard"]
