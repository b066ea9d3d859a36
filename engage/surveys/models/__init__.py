"""Tables: surveys, drafts, versions, waves, settings, cards, half-done sittings, what was sent, imported feedback,
languages signed off.
"""

from engage.surveys.models.draft import DraftRow
from engage.surveys.models.feedback import FeedbackRow, SourceRow
from engage.surveys.models.response import AnswerRow, ResponseRow, SheetRow, SittingRow, WrittenRow
from engage.surveys.models.sign_off import SignOffRow
from engage.surveys.models.survey import SurveyRow, VersionRow
from engage.surveys.models.wave import CardRow, SettingRow, SpentCardRow, WaveRow

__all__ = [
    "AnswerRow",
    "CardRow",
    "DraftRow",
    "FeedbackRow",
    "ResponseRow",
    "SettingRow",
    "SheetRow",
    "SignOffRow",
    "SittingRow",
    "SourceRow",
    "SpentCardRow",
    "SurveyRow",
    "VersionRow",
    "WaveRow",
    "WrittenRow",
]
