"""Tables of the panel."""

from engage.pqa.models.figures import FigureRow
from engage.pqa.models.gaps import GapRow, PopulationRow

__all__ = [
    "FigureRow", "GapRow", "PopulationRow",
]  # fmt: skip
