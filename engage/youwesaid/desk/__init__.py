"""Staff pages of the answering back."""

from engage.youwesaid.desk import action, concern, file, steps, update
from engage.youwesaid.desk.pages import pages

__all__ = [
    "action", "concern", "file", "pages", "steps", "update",
]  # fmt: skip
