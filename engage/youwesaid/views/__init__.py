"""Pages that anybody may open: you said, we did, and the newsletters and briefings made of it."""

from engage.safeguarding.ear import listen
from engage.youwesaid.views import briefings, concerns, news
from engage.youwesaid.views.blueprint import pages

__all__ = ["briefings", "concerns", "news", "pages"]

listen(pages, secret=lambda: None, place=lambda field: f"You said, we did: {field}")
