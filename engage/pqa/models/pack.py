"""Tables: the panel's meetings, what it is asked to decide, young people's page, and packs."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from engage.shared import db


class MeetingRow(db.Model):
    """The day the panel meets on a quarter; `quarter` is the year and its first month, as 2026-07."""

    __tablename__ = "panel_meeting"

    quarter: Mapped[str] = mapped_column(String(7), primary_key=True)
    meets_on: Mapped[date]


class AskedRow(db.Model):
    """A question the panel is asked to decide on, and what stands behind it."""

    __tablename__ = "asked_decision"

    id: Mapped[int] = mapped_column(primary_key=True)
    quarter: Mapped[str] = mapped_column(String(7), index=True)
    words: Mapped[str] = mapped_column(String(300))
    why: Mapped[str] = mapped_column(Text)
    asked_by: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    asked_on: Mapped[date]


class YouthPageRow(db.Model):
    """The page of a quarter's pack that ambassadors write."""

    __tablename__ = "youth_page"

    quarter: Mapped[str] = mapped_column(String(7), primary_key=True)
    title: Mapped[str] = mapped_column(String(120))
    words: Mapped[str] = mapped_column(Text)
    ask: Mapped[str] = mapped_column(String(400))
    written_by: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    written_on: Mapped[date]


class PackRow(db.Model):
    """One version of a quarter's pack as it was frozen; `sha256` is the fingerprint of `body`, locked once issued."""

    __tablename__ = "pack"
    __table_args__ = (
        UniqueConstraint("quarter", "version"),
        CheckConstraint("(state = 'issued') = (issued_on IS NOT NULL)", name="issued_has_day"),
        CheckConstraint("version = 1 OR reason <> ''", name="correction_says_why"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    quarter: Mapped[str] = mapped_column(String(7))
    version: Mapped[int]
    state: Mapped[str] = mapped_column(String(20))
    since: Mapped[date]
    until: Mapped[date]
    made_on: Mapped[date]
    made_by: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    issued_on: Mapped[date | None]
    issued_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    reason: Mapped[str] = mapped_column(String(300), default="")
    changed: Mapped[str] = mapped_column(Text, default="")
    body: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(String(64))


class PackFileRow(db.Model):
    """A version of a pack as a tagged PDF, made by the worker from the frozen record."""

    __tablename__ = "pack_file"

    pack_id: Mapped[int] = mapped_column(ForeignKey("pack.id"), primary_key=True)
    made_on: Mapped[date]
    content: Mapped[bytes] = mapped_column(LargeBinary)
    sha256: Mapped[str] = mapped_column(String(64))
