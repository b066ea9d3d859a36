"""Tables of the panel."""

from engage.pqa.models.challenge import ChallengeRow
from engage.pqa.models.decision import DecisionRow
from engage.pqa.models.figures import FigureRow
from engage.pqa.models.files import ResultFileRow
from engage.pqa.models.gaps import GapRow, PopulationRow
from engage.pqa.models.pack import AskedRow, MeetingRow, PackFileRow, PackRow, YouthPageRow

__all__ = [
    "AskedRow", "ChallengeRow", "DecisionRow", "FigureRow", "GapRow", "MeetingRow", "PackFileRow", "PackRow",
    "PopulationRow", "ResultFileRow", "YouthPageRow",
]  # fmt: skip
