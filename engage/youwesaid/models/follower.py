"""Table: who wants to hear when something new is public. It knows an address, and nothing that anybody answered."""

from datetime import date

from sqlalchemy import CheckConstraint, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from engage.shared import db
from engage.shared.crypto import Sealed


class FollowerRow(db.Model):
    """One address that follows one topic (empty: everything), confirmed by its owner or forgotten in days.

    `mark` finds the same address again and tells nothing. `told_line` is the last public line of a concern's history
    they were told about, `told_on` the day of their last letter.
    """

    __tablename__ = "follower"
    __table_args__ = (
        UniqueConstraint("mark", "topic"),
        CheckConstraint("told_on IS NULL OR confirmed_on IS NOT NULL", name="told_once_confirmed"),
        Index("ix_follower_confirmed_on", "confirmed_on"),
        db.NO_ORDER,
    )

    key: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    mark: Mapped[bytes] = mapped_column(LargeBinary(32))
    address: Mapped[str | None] = mapped_column(Sealed("contact"))
    topic: Mapped[str] = mapped_column(String(40))
    language: Mapped[str] = mapped_column(String(8))
    asked_on: Mapped[date]
    confirmed_on: Mapped[date | None]
    told_line: Mapped[int] = mapped_column(default=0)
    told_on: Mapped[date | None]
