"""Tables: the code frame and the searches for themes."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from engage.shared import db
from engage.shared.crypto import Sealed


class ThemeRow(db.Model):
    """One theme of the code frame. A candidate comes from a run of the theme finder or from a person."""

    __tablename__ = "theme"
    __table_args__ = (CheckConstraint("state IN ('candidate', 'selected', 'retired')", name="state"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    definition: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[str] = mapped_column(String(20))
    sensitive: Mapped[bool] = mapped_column(default=False)
    merged_into: Mapped[int | None] = mapped_column(ForeignKey("theme.id"), index=True)
    run_id: Mapped[int | None] = mapped_column(ForeignKey("theme_run.id"), index=True)
    words: Mapped[str] = mapped_column(String(400), default="")  # the words that mark it, comma separated
    stability: Mapped[float | None]
    key: Mapped[str | None] = mapped_column(String(1))  # what to press for it while coding; gives the frame its order


class ThemeRunRow(db.Model):
    """One search for themes in a wave's or a source's texts, with all that is needed to run it again."""

    __tablename__ = "theme_run"
    __table_args__ = (CheckConstraint("(wave_id IS NULL) <> (source_id IS NULL)", name="one_origin"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    wave_id: Mapped[int | None] = mapped_column(ForeignKey("wave.id"), index=True)
    source_id: Mapped[int | None] = mapped_column(ForeignKey("feedback_source.id"), index=True)
    made_at: Mapped[datetime]
    texts: Mapped[int]
    seed: Mapped[int]
    method: Mapped[str] = mapped_column(String(80))
    inputs: Mapped[str] = mapped_column(String(64), default="")  # fingerprint of what was looked at
    body: Mapped[str] = mapped_column(Text, default="")  # the themes as they were found; empty for runs before 2026-11
    sha256: Mapped[str] = mapped_column(String(64), default="")


class ThemeExampleRow(db.Model):
    """What belongs to a theme, or does not: a checked answer that a person chose, or words that came with a frame."""

    __tablename__ = "theme_example"
    __table_args__ = (CheckConstraint("(excerpt_key IS NULL) <> (words IS NULL)", name="one_origin"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    theme_id: Mapped[int] = mapped_column(ForeignKey("theme.id"), index=True)
    belongs: Mapped[bool]
    excerpt_key: Mapped[bytes | None] = mapped_column(ForeignKey("excerpt.key", ondelete="CASCADE"), index=True)
    words: Mapped[str | None] = mapped_column(Sealed())
    by: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    on: Mapped[date]


class ThemeVoiceRow(db.Model):
    """Answers the worker chose to stand for a theme: two that are typical, and one that says the contrary."""

    __tablename__ = "theme_voice"
    __table_args__ = (db.NO_ORDER,)

    excerpt_key: Mapped[bytes] = mapped_column(ForeignKey("excerpt.key", ondelete="CASCADE"), primary_key=True)
    theme_id: Mapped[int] = mapped_column(ForeignKey("theme.id"), primary_key=True, index=True)
    contrary: Mapped[bool]


class ThemeHistoryRow(db.Model):
    """What people did to the code frame: named, confirmed, merged, retired."""

    __tablename__ = "theme_history"

    id: Mapped[int] = mapped_column(primary_key=True)
    theme_id: Mapped[int] = mapped_column(ForeignKey("theme.id"), index=True)
    on: Mapped[date]
    by: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    did: Mapped[str] = mapped_column(String(300))
    before: Mapped[str] = mapped_column(Text, default="")  # the definition that stood there


class ThemeReceiptRow(db.Model):
    """After a wave is reported: that somebody fed a theme (not sensitive, at least eight), by a mark of both.

    No response is named and no receipt: two marks of one receipt have nothing in common.
    """

    __tablename__ = "theme_receipt"
    __table_args__ = (db.NO_ORDER,)

    mark: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    theme_id: Mapped[int] = mapped_column(ForeignKey("theme.id"), index=True)
