"""Pages that anybody may open: you said, we did."""

from engage.youwesaid.views import concerns, feeds, made, waves
from engage.youwesaid.views.blueprint import pages
from engage.youwesaid.views.following import following

__all__ = ["concerns", "feeds", "following", "made", "pages", "waves"]
