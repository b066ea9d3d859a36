"""Tables: what is written down on the day and after it."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from engage.forums.models.forum import KEY
from engage.shared import db
from engage.shared.crypto import Sealed


class CheckInRow(db.Model):
    """One line at the door. `key` is made by the phone, so that a line sent twice is stored once."""

    __tablename__ = "check_in"
    __table_args__ = (Index("ix_check_in_forum_id_at", "forum_id", "at"),)

    key: Mapped[str] = mapped_column(String(36), primary_key=True)
    forum_id: Mapped[int] = mapped_column(ForeignKey("forum.id"))
    sign_up_id: Mapped[int] = mapped_column(ForeignKey("sign_up.id", ondelete="CASCADE"), index=True)
    did: Mapped[str] = mapped_column(String(12))  # a verb of the state table CHECK_IN, or "also_named"
    at: Mapped[datetime]
    by: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    collector: Mapped[str | None] = mapped_column(Sealed())  # who took a young person home


class TableNoteRow(db.Model):
    """What was said at one table, as a facilitator wrote it down; read by the analysis like an answer."""

    __tablename__ = "table_note"
    __table_args__ = (Index("ix_table_note_forum_id", "forum_id"), db.NO_ORDER)

    key: Mapped[bytes] = mapped_column(KEY, primary_key=True)
    forum_id: Mapped[int] = mapped_column(ForeignKey("forum.id"))
    table: Mapped[str] = mapped_column(String(60))
    question: Mapped[str] = mapped_column(String(200), default="")
    words: Mapped[str | None] = mapped_column(Sealed())
    language: Mapped[str] = mapped_column(String(8), default="en")
    said_on: Mapped[date]
    written_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)


class AttendanceRow(db.Model):
    """How many of one type signed up and came, kept when the sign-ups themselves are forgotten."""

    __tablename__ = "forum_attendance"

    forum_id: Mapped[int] = mapped_column(ForeignKey("forum.id"), primary_key=True)
    place: Mapped[str] = mapped_column(String(20), primary_key=True)
    signed_up: Mapped[int]
    attended: Mapped[int]
    no_show: Mapped[int]


class ForumAnswerRow(db.Model):
    """One thing that happened because of a forum, in public words; `concern` may name the concern it belongs to."""

    __tablename__ = "forum_answer"

    id: Mapped[int] = mapped_column(primary_key=True)
    forum_id: Mapped[int] = mapped_column(ForeignKey("forum.id"), index=True)
    words: Mapped[str] = mapped_column(Text)
    said_on: Mapped[date]
    concern: Mapped[str] = mapped_column(String(120), default="")  # the last part of its public address
    written_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
