"""Pages that anybody may open: you said, we did."""

from engage.youwesaid.views import concerns, feeds, made, waves
from engage.youwesaid.views.blueprint import pages

__all__ = ["concerns", "feeds", "made", "pages", "waves"]
