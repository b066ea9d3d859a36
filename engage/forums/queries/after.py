"""What came of a forum: answers the public reads, and how many came."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from engage.forums.models import AttendanceRow, ForumAnswerRow, ForumRow
from engage.forums.rules.places import Place
from engage.shared import db

CONCERNS = "/you-said-we-did/"


@dataclass(frozen=True)
class Answer:
    """One thing that happened because of a forum; `address` is the public page of its concern, "" where it has none."""

    id: int
    words: str
    said_on: date
    address: str


@dataclass(frozen=True)
class Attendance:
    """How many of one type signed up for a forum and came: true counts, to be protected before anybody sees them."""

    forum_id: int
    theme: str
    met_on: date
    place: Place
    signed_up: int
    attended: int


def answers(forum_id: int) -> list[Answer]:
    """What happened because of a forum, the newest first."""
    rows = db.session.scalars(
        select(ForumAnswerRow)
        .where(ForumAnswerRow.forum_id == forum_id)
        .order_by(ForumAnswerRow.said_on.desc(), ForumAnswerRow.id.desc())
    )
    return [Answer(row.id, row.words, row.said_on, row.concern and CONCERNS + row.concern) for row in rows]


def attendance() -> list[Attendance]:
    """Who signed up and who came, by type, for every forum that was held, the latest first."""
    rows = db.session.execute(
        select(
            AttendanceRow.forum_id, ForumRow.theme, ForumRow.meets_on, AttendanceRow.place,
            AttendanceRow.signed_up, AttendanceRow.attended,
        )
        .join(ForumRow, ForumRow.id == AttendanceRow.forum_id)
        .where(ForumRow.meets_on.is_not(None), AttendanceRow.signed_up > 0)
        .order_by(ForumRow.meets_on.desc(), ForumRow.id.desc(), AttendanceRow.place)
    )  # fmt: skip
    return [Attendance(forum, theme, on, Place(place), *counts) for forum, theme, on, place, *counts in rows if on]
