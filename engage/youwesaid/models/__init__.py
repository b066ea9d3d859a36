"""Tables: concerns ("you said"), actions, updates ("we did"), newsletters."""

from engage.youwesaid.models.action import ActionRow
from engage.youwesaid.models.concern import ConcernHistoryRow, ConcernRow, ConcernThemeRow
from engage.youwesaid.models.newsletter import NewsletterRow
from engage.youwesaid.models.update import ApprovalRow, UpdateRow

__all__ = [
    "ActionRow", "ApprovalRow", "ConcernHistoryRow", "ConcernRow", "ConcernThemeRow", "NewsletterRow", "UpdateRow",
]  # fmt: skip
