"""Tables: forums with their counters, who is in the room, groups, sign-ups, consents, check-ins, table notes."""

from engage.forums.models.day import AttendanceRow, CheckInRow, ForumAnswerRow, TableNoteRow
from engage.forums.models.forum import (
    ForumAgencyRow,
    ForumChangeRow,
    ForumDoorRow,
    ForumRoomRow,
    ForumRow,
    ListedAgencyRow,
)
from engage.forums.models.sign_up import ConsentRow, DraftRow, GroupRow, GuardianRow, SignUpRow

__all__ = [
    "AttendanceRow",
    "CheckInRow",
    "ConsentRow",
    "DraftRow",
    "ForumAgencyRow",
    "ForumAnswerRow",
    "ForumChangeRow",
    "ForumDoorRow",
    "ForumRoomRow",
    "ForumRow",
    "GroupRow",
    "GuardianRow",
    "ListedAgencyRow",
    "SignUpRow",
    "TableNoteRow",
]
