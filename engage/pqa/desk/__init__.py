"""Staff pages of the panel."""

from engage.pqa.desk import results
from engage.pqa.desk.pages import pages

__all__ = [
    "pages", "results",
]  # fmt: skip
