"""Tables: concerns ("you said"), actions, updates ("we did"), newsletters and briefings."""

from engage.youwesaid.models.action import ActionRow
from engage.youwesaid.models.briefing import BriefingRow, BriefingUseRow
from engage.youwesaid.models.concern import ConcernHistoryRow, ConcernRow, ConcernThemeRow
from engage.youwesaid.models.newsletter import NewsletterRow
from engage.youwesaid.models.update import ApprovalRow, UpdateRow

__all__ = [
    "ActionRow", "ApprovalRow", "BriefingRow", "BriefingUseRow", "ConcernHistoryRow", "ConcernRow", "ConcernThemeRow",
    "NewsletterRow", "UpdateRow",
]  # fmt: skip
