"""Tables: concerns ("you said"), actions, updates ("we did"), felt-checks, themes that were noted."""

from engage.youwesaid.models.action import ActionRow
from engage.youwesaid.models.concern import ConcernHistoryRow, ConcernRow, ConcernThemeRow
from engage.youwesaid.models.felt_check import FeltCheckRow, FeltHandsRow, FeltMarkRow, FeltTallyRow
from engage.youwesaid.models.noted import NotedThemeRow
from engage.youwesaid.models.update import ApprovalRow, UpdateRow

__all__ = [
    "ActionRow",
    "ApprovalRow",
    "ConcernHistoryRow",
    "ConcernRow",
    "ConcernThemeRow",
    "FeltCheckRow",
    "FeltHandsRow",
    "FeltMarkRow",
    "FeltTallyRow",
    "NotedThemeRow",
    "UpdateRow",
]
