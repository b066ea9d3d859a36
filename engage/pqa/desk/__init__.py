"""Staff pages of the panel."""

from engage.pqa.desk import cuts, files, heard, results
from engage.pqa.desk.pages import pages

__all__ = ["cuts", "files", "heard", "pages", "results"]
