"""Pages that anybody may open: you said, we did, and what is made of it."""

from engage.safeguarding.ear import listen
from engage.youwesaid.views import briefings, concerns, feeds, made, moved, news, scoreboard, waves
from engage.youwesaid.views.blueprint import pages
from engage.youwesaid.views.following import following

__all__ = [
    "briefings", "concerns", "feeds", "following", "made", "moved", "news", "pages", "scoreboard", "waves",
]  # fmt: skip

listen(pages, secret=lambda: None, place=lambda field: f"You said, we did: {field}")
