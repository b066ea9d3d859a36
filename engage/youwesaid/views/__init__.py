"""Pages that anybody may open: you said, we did, and the newsletters made of it."""

from engage.youwesaid.views import concerns, news
from engage.youwesaid.views.blueprint import pages

__all__ = ["concerns", "news", "pages"]
