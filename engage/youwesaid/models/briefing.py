"""Tables: seven-minute briefings for people who work with young people, and that a team used one."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from engage.shared import db


class BriefingRow(db.Model):
    """One page in seven boxes about a concern; `boxes` is JSON, box code to words."""

    __tablename__ = "briefing"
    __table_args__ = (
        CheckConstraint("checked_by IS NULL OR checked_by <> written_by", name="boxes_by_another"),
        CheckConstraint("(state = 'published') = (published_on IS NOT NULL)", name="published_has_day"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(120), unique=True)
    concern_id: Mapped[int] = mapped_column(ForeignKey("concern.id"), index=True)
    title: Mapped[str] = mapped_column(String(160))
    state: Mapped[str] = mapped_column(String(20))
    boxes: Mapped[str] = mapped_column(Text)
    written_by: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    written_on: Mapped[date]
    checked_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    published_on: Mapped[date | None]


class BriefingUseRow(db.Model):
    """One team that says it used a briefing: which agency, how, on which day; nobody's name."""

    __tablename__ = "briefing_use"

    id: Mapped[int] = mapped_column(primary_key=True)
    briefing_id: Mapped[int] = mapped_column(ForeignKey("briefing.id"), index=True)
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"), index=True)
    how: Mapped[str] = mapped_column(String(20))
    on: Mapped[date]
