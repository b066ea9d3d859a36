"""Tables: concerns ("you said"), quotes, actions with their files, updates ("we did")."""

from engage.youwesaid.models.action import ActionRow, EvidenceFileRow
from engage.youwesaid.models.concern import ConcernHistoryRow, ConcernPriorityRow, ConcernRow, ConcernThemeRow
from engage.youwesaid.models.quote import QuoteRow
from engage.youwesaid.models.update import ApprovalRow, UpdateRow

__all__ = [
    "ActionRow", "ApprovalRow", "ConcernHistoryRow", "ConcernPriorityRow", "ConcernRow", "ConcernThemeRow",
    "EvidenceFileRow", "QuoteRow", "UpdateRow",
]  # fmt: skip
