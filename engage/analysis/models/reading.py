"""Tables: excerpts, read and read again, how far people agree, and where a model placed an answer."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from engage.shared import db
from engage.shared.crypto import Sealed

KEY = LargeBinary(16)


class ExcerptRow(db.Model):
    """A written answer or comment as it waits to be read: `words` is redacted, sealed, and may be shown once `checked`.

    `key` is random; `written_key` finds the original (a survey's written answer or a feedback comment) for as long as
    it is kept. `urgency` only orders reading. Exactly one of wave and source is set. `day` is the day it was said,
    if known.
    """

    __tablename__ = "excerpt"
    __table_args__ = (
        CheckConstraint("(wave_id IS NULL) <> (source_id IS NULL)", name="one_origin"),
        CheckConstraint("(read_by IS NULL) = (read_on IS NULL)", name="read_by_somebody"),
        Index("ix_excerpt_queue", "read_on", "urgency"),
        Index("ix_excerpt_alike", "alike", "read_on", "key"),
        db.NO_ORDER,
    )

    key: Mapped[bytes] = mapped_column(KEY, primary_key=True)
    written_key: Mapped[bytes | None] = mapped_column(KEY, unique=True)
    wave_id: Mapped[int | None] = mapped_column(ForeignKey("wave.id"), index=True)
    source_id: Mapped[int | None] = mapped_column(ForeignKey("feedback_source.id"), index=True)
    item: Mapped[str] = mapped_column(String(200))
    language: Mapped[str] = mapped_column(String(8))
    day: Mapped[date | None]
    words: Mapped[str | None] = mapped_column(Sealed())
    machine_words: Mapped[str | None] = mapped_column(Sealed())  # as they were before a person took more out
    why: Mapped[str | None] = mapped_column(Sealed())  # what the screen noticed, "kind: phrase" a line
    urgency: Mapped[float]
    flagged: Mapped[bool]
    details: Mapped[int] = mapped_column(default=0)  # how many personal details were taken out
    read_on: Mapped[date | None]
    read_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    checked: Mapped[bool] = mapped_column(default=False)  # a person has looked at the redaction
    alike: Mapped[bytes | None] = mapped_column(
        KEY
    )  # keyed: the same for short answers to one question in the same words
    turn: Mapped[int | None]  # its place among the answers to code next, where the model has learnt enough to say


class ExcerptAboutRow(db.Model):
    """An answer about somebody who works for an agency, or for each of several: none of their people ever sees it."""

    __tablename__ = "excerpt_about"
    __table_args__ = (db.NO_ORDER,)

    excerpt_key: Mapped[bytes] = mapped_column(ForeignKey("excerpt.key", ondelete="CASCADE"), primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"), primary_key=True, index=True)


class DrawRow(db.Model):
    """One week's draw of answers to be read a second time; `of` is how many could have been drawn."""

    __tablename__ = "reread_draw"

    week: Mapped[date] = mapped_column(primary_key=True)  # its Monday
    seed: Mapped[int]
    of: Mapped[int]
    drawn: Mapped[int]


class RereadRow(db.Model):
    """An answer that the screen passed over and somebody read, to be read again by another, who sees neither."""

    __tablename__ = "reread"
    __table_args__ = (
        CheckConstraint("(read_by IS NULL) = (worrying IS NULL)", name="read_by_somebody"),
        CheckConstraint("read_by <> first_reader", name="by_another"),
        db.NO_ORDER,
    )

    excerpt_key: Mapped[bytes] = mapped_column(ForeignKey("excerpt.key", ondelete="CASCADE"), primary_key=True)
    week: Mapped[date] = mapped_column(ForeignKey("reread_draw.week"), index=True)
    first_reader: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    read_on: Mapped[date | None]
    read_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    worrying: Mapped[bool | None]


class AgreementRow(db.Model):
    """How far two people agreed on the answers of a wave or source that both coded; the newest counts."""

    __tablename__ = "agreement"
    __table_args__ = (CheckConstraint("(wave_id IS NULL) <> (source_id IS NULL)", name="one_origin"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    wave_id: Mapped[int | None] = mapped_column(ForeignKey("wave.id"), index=True)
    source_id: Mapped[int | None] = mapped_column(ForeignKey("feedback_source.id"), index=True)
    made_at: Mapped[datetime]
    answers: Mapped[int]
    coders: Mapped[int]
    same: Mapped[int]
    alpha: Mapped[float | None]
    low: Mapped[float | None]
    high: Mapped[float | None]


class MeaningRow(db.Model):
    """Where a sentence model placed an answer, so that it is asked once; `key` tells no words, and the row is sealed.

    Only used where a model is installed. Somebody's words cannot be read off it, but guessed at: it is kept like words.
    """

    __tablename__ = "meaning"
    __table_args__ = (db.NO_ORDER,)

    key: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    direction: Mapped[str] = mapped_column(Sealed())
    used_on: Mapped[date]
