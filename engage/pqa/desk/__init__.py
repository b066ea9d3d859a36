"""Staff pages of the panel."""

from engage.pqa.desk import decisions, our_page, pack, reports, results
from engage.pqa.desk.pages import pages

__all__ = [
    "decisions", "our_page", "pack", "pages", "reports", "results",
]  # fmt: skip
