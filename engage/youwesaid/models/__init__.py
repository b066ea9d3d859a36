"""Tables of the answering back: concerns, actions, updates, and what is made of them."""

from engage.youwesaid.models.action import ActionRow, EvidenceFileRow
from engage.youwesaid.models.area import ConcernAreaRow
from engage.youwesaid.models.briefing import BriefingRow, BriefingUseRow
from engage.youwesaid.models.concern import ConcernHistoryRow, ConcernPriorityRow, ConcernRow, ConcernThemeRow
from engage.youwesaid.models.edition import EditionRow
from engage.youwesaid.models.felt_check import FeltCheckRow, FeltHandsRow, FeltMarkRow, FeltTallyRow
from engage.youwesaid.models.follower import FollowerRow
from engage.youwesaid.models.newsletter import NewsletterRow
from engage.youwesaid.models.noted import NotedThemeRow
from engage.youwesaid.models.quote import QuoteRow
from engage.youwesaid.models.translation import TranslationRow
from engage.youwesaid.models.update import ApprovalRow, UpdateRow

__all__ = [
    "ActionRow", "ApprovalRow", "BriefingRow", "BriefingUseRow", "ConcernAreaRow", "ConcernHistoryRow",
    "ConcernPriorityRow", "ConcernRow", "ConcernThemeRow", "EditionRow", "EvidenceFileRow", "FeltCheckRow",
    "FeltHandsRow", "FeltMarkRow", "FeltTallyRow", "FollowerRow", "NewsletterRow", "NotedThemeRow", "QuoteRow",
    "TranslationRow", "UpdateRow",
]  # fmt: skip
