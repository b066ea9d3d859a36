"""Tables of the panel."""

from engage.pqa.models.figures import FigureRow

__all__ = [
    "FigureRow",
]  # fmt: skip
