"""Partners' feedback, and what was said at the tables of a forum."""

from datetime import date

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from engage.shared import db
from engage.shared.crypto import Sealed

KEY = LargeBinary(16)  # 16 random bytes: says nothing about when or in what order


class SourceRow(db.Model):
    """A partner's feedback brought into the loop, or what was said at the tables of a forum (kept there)."""

    __tablename__ = "feedback_source"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200), unique=True)
    imported_on: Mapped[date]
    forum_id: Mapped[int | None] = mapped_column(ForeignKey("forum.id"), unique=True)


class FeedbackRow(db.Model):
    """One comment of a partner's feedback. Its key is a keyed hash of all that is known of it."""

    __tablename__ = "feedback"
    __table_args__ = (db.NO_ORDER,)

    key: Mapped[bytes] = mapped_column(KEY, primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("feedback_source.id"), index=True)
    question: Mapped[str] = mapped_column(String(200))
    words: Mapped[str | None] = mapped_column(Sealed())
    said_on: Mapped[date | None]
