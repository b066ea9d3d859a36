"""Tables: surveys, drafts, frozen versions, waves, settings, half-done sittings, what was sent, imported feedback."""

from engage.surveys.models.draft import DraftRow
from engage.surveys.models.feedback import FeedbackRow, SourceRow
from engage.surveys.models.response import AnswerRow, ResponseRow, SittingRow, WrittenRow
from engage.surveys.models.survey import SurveyRow, VersionRow
from engage.surveys.models.wave import SettingRow, WaveRow

__all__ = [
    "AnswerRow",
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
