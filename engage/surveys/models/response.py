"""Half-done sittings, sheets of paper being typed in, and what was sent."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from engage.shared import db
from engage.shared.crypto import Sealed

KEY = LargeBinary(16)  # 16 random bytes: says nothing about when or in what order
HALF_DONE = text("receipt_hash IS NOT NULL")


class SittingRow(db.Model):
    """A survey being filled in. Its key is a hash of the phone's secret; once sent, only the hash stays, for a day.

    `answers` is what was typed so far, sealed; nobody reads it. It is emptied when the answers are sent. Every index
    costs each submission a page, so there is none that only the night's work would use.
    """

    __tablename__ = "sitting"
    __table_args__ = (
        CheckConstraint("sent = (answers IS NULL)", name="sent_is_empty"),
        Index("ix_sitting_receipt_hash", "receipt_hash", sqlite_where=HALF_DONE, postgresql_where=HALF_DONE),
        db.NO_ORDER,
    )

    key: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    wave_id: Mapped[int] = mapped_column(ForeignKey("wave.id"))
    receipt_hash: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    answers: Mapped[str | None] = mapped_column(Sealed())
    saved_on: Mapped[date]
    sent: Mapped[bool] = mapped_column(default=False)


class ResponseRow(db.Model):
    """What one person sent: no identity, no clock, no order. `receipt_hash` is destroyed when the wave is reported."""

    __tablename__ = "response"
    __table_args__ = (db.NO_ORDER,)

    key: Mapped[bytes] = mapped_column(KEY, primary_key=True)
    wave_id: Mapped[int] = mapped_column(ForeignKey("wave.id"), index=True)
    setting_id: Mapped[int | None] = mapped_column(ForeignKey("setting.id"))
    language: Mapped[str] = mapped_column(String(8))
    sent_on: Mapped[date]
    receipt_hash: Mapped[bytes | None] = mapped_column(LargeBinary(32), unique=True)


class AnswerRow(db.Model):
    """One chosen option of one item, or a missing code; several rows for "pick up to 3", none for an item not asked.

    The wave is the response's: an index of its own here would cost a third of every submission.
    """

    __tablename__ = "answer"
    __table_args__ = (db.NO_ORDER,)

    response_key: Mapped[bytes] = mapped_column(ForeignKey("response.key", ondelete="CASCADE"), primary_key=True)
    item: Mapped[str] = mapped_column(String(60), primary_key=True)
    option: Mapped[str] = mapped_column(String(60), primary_key=True)


class WrittenRow(db.Model):
    """What one person wrote in one box, sealed. Emptied a year after the wave is reported."""

    __tablename__ = "written"
    __table_args__ = (db.NO_ORDER,)

    key: Mapped[bytes] = mapped_column(KEY, primary_key=True)
    response_key: Mapped[bytes] = mapped_column(ForeignKey("response.key", ondelete="CASCADE"), index=True)
    wave_id: Mapped[int] = mapped_column(ForeignKey("wave.id"), index=True)
    item: Mapped[str] = mapped_column(String(60))
    language: Mapped[str] = mapped_column(String(8))
    words: Mapped[str | None] = mapped_column(Sealed())
    sent_on: Mapped[date]


class SheetRow(db.Model):
    """One survey on paper that two people type: `number` stands on its corner, `typed` is what the first one read.

    Once both agree the answers are sent like any others, and `typed` is emptied; nothing joins the two.
    """

    __tablename__ = "sheet"
    __table_args__ = (UniqueConstraint("wave_id", "number"), db.NO_ORDER)

    key: Mapped[bytes] = mapped_column(KEY, primary_key=True)
    wave_id: Mapped[int] = mapped_column(ForeignKey("wave.id"))
    number: Mapped[str] = mapped_column(String(12))
    typed_by: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    typed: Mapped[str | None] = mapped_column(Sealed())
