"""Tables: concerns ("you said"), actions, updates ("we did"), their areas and translations, and the pages' edition."""

from engage.youwesaid.models.action import ActionRow
from engage.youwesaid.models.area import ConcernAreaRow
from engage.youwesaid.models.concern import ConcernHistoryRow, ConcernRow, ConcernThemeRow
from engage.youwesaid.models.edition import EditionRow
from engage.youwesaid.models.follower import FollowerRow
from engage.youwesaid.models.translation import TranslationRow
from engage.youwesaid.models.update import ApprovalRow, UpdateRow

__all__ = [
    "ActionRow", "ApprovalRow", "ConcernAreaRow", "ConcernHistoryRow", "ConcernRow", "ConcernThemeRow", "EditionRow",
    "FollowerRow", "TranslationRow", "UpdateRow",
]  # fmt: skip
