"""Pages that anybody may open: you said, we did."""

from engage.youwesaid.views import concerns, moved
from engage.youwesaid.views.blueprint import pages

__all__ = ["concerns", "moved", "pages"]
