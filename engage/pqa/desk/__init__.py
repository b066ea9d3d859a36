"""Staff pages of the panel."""

from engage.pqa.desk import cuts, results
from engage.pqa.desk.pages import pages

__all__ = ["cuts", "pages", "results"]
