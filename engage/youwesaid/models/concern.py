"""Tables: concerns ("you said"), their themes, priorities and history."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.engine.default import DefaultExecutionContext
from sqlalchemy.orm import Mapped, mapped_column

from engage.shared import db


def same_day(context: DefaultExecutionContext) -> date:
    """Keep the day that was promised first: the promise that moves with each update is another."""
    day: date = (context.current_parameters or {})["promised_on"]
    return day


class ConcernRow(db.Model):
    """What young people said, on its way to an answer; public from `heard` on.

    `about_agency_id` hides it from that agency until `released`. `said_on` is the day its wave closed or its forum met.
    One that was put together with another keeps its address, which leads to `merged_into_id`.
    """

    __tablename__ = "concern"
    __table_args__ = (
        CheckConstraint("state <> 'cannot' OR (reason <> '' AND look_again_on IS NOT NULL)", name="cannot_says_why"),
        Index("ix_concern_state", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(120), unique=True)
    title: Mapped[str] = mapped_column(String(160))
    you_said: Mapped[str] = mapped_column(Text)
    topic: Mapped[str] = mapped_column(String(40))
    state: Mapped[str] = mapped_column(String(20))
    said_on: Mapped[date]
    promised_on: Mapped[date]
    first_promised_on: Mapped[date] = mapped_column(default=same_day)  # what "answered by the promised date" means
    sources: Mapped[str] = mapped_column(String(300), default="")  # "the autumn survey and a forum"
    proposed_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    about_agency_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"), index=True)
    released: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str] = mapped_column(Text, default="")
    decided_by: Mapped[str] = mapped_column(String(160), default="")
    look_again_on: Mapped[date | None]
    sent_back: Mapped[str] = mapped_column(Text, default="")  # what the panel misses, until it is written again
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("concern.id"), index=True)


class ConcernThemeRow(db.Model):
    """Which themes a concern answers."""

    __tablename__ = "concern_theme"

    concern_id: Mapped[int] = mapped_column(ForeignKey("concern.id"), primary_key=True)
    theme_id: Mapped[int] = mapped_column(ForeignKey("theme.id"), primary_key=True, index=True)


class ConcernPriorityRow(db.Model):
    """Which priorities of the partners' plans a concern serves, by their codes (see priorities.yaml)."""

    __tablename__ = "concern_priority"

    concern_id: Mapped[int] = mapped_column(ForeignKey("concern.id"), primary_key=True)
    priority: Mapped[str] = mapped_column(String(40), primary_key=True, index=True)


class ConcernHistoryRow(db.Model):
    """One dated line of a concern's history; `public` lines stand on its page."""

    __tablename__ = "concern_history"

    id: Mapped[int] = mapped_column(primary_key=True)
    concern_id: Mapped[int] = mapped_column(ForeignKey("concern.id"), index=True)
    on: Mapped[date]
    state: Mapped[str] = mapped_column(String(20))
    words: Mapped[str] = mapped_column(String(400))
    public: Mapped[bool]
    by: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
