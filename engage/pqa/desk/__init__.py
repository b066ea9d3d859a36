"""Staff pages of the panel."""

from engage.pqa.desk import cuts, decisions, drawings, files, heard, merged, our_page, pack, reports, results
from engage.pqa.desk.pages import pages

__all__ = [
    "cuts", "decisions", "drawings", "files", "heard", "merged", "our_page", "pack", "pages", "reports", "results",
]  # fmt: skip
