"""Tables: surveys, drafts, versions, waves, settings, cards, half-done sittings, what was sent, imported feedback."""

from engage.surveys.models.draft import DraftRow
from engage.surveys.models.feedback import FeedbackRow, SourceRow
from engage.surveys.models.response import AnswerRow, ResponseRow, SittingRow, WrittenRow
from engage.surveys.models.survey import SurveyRow, VersionRow
from engage.surveys.models.wave import CardRow, SettingRow, WaveRow

__all__ = [
    "AnswerRow",
    "CardRow",
    "DraftRow",
    "FeedbackRow",
    "ResponseRow",
    "SettingRow",
    "SittingRow",
    "SourceRow",
    "SurveyRow",
    "VersionRow",
    "WaveRow",
    "WrittenRow",
]
