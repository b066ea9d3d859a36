"""Tables: concerns ("you said"), actions, updates ("we did"), and their history."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from engage.shared import db


class ConcernRow(db.Model):
    """What young people said, on its way to an answer; public from `heard` on.

    `about_agency_id` hides it from that agency until `released`. `said_on` is the day its wave closed or its forum met.
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
    sources: Mapped[str] = mapped_column(String(300), default="")  # "the autumn survey and a forum"
    proposed_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    about_agency_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"), index=True)
    released: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str] = mapped_column(Text, default="")
    decided_by: Mapped[str] = mapped_column(String(160), default="")
    look_again_on: Mapped[date | None]


class ConcernThemeRow(db.Model):
    """Which themes a concern answers."""

    __tablename__ = "concern_theme"

    concern_id: Mapped[int] = mapped_column(ForeignKey("concern.id"), primary_key=True)
    theme_id: Mapped[int] = mapped_column(ForeignKey("theme.id"), primary_key=True, index=True)


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


class ActionRow(db.Model):
    """What one agency agreed to do."""

    __tablename__ = "action"
    __table_args__ = (
        CheckConstraint("state <> 'not_done' OR reason <> ''", name="not_done_says_why"),
        CheckConstraint("state NOT IN ('done_claimed', 'done_verified') OR evidence <> ''", name="done_has_evidence"),
        Index("ix_action_state_due_on", "state", "due_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    concern_id: Mapped[int] = mapped_column(ForeignKey("concern.id"), index=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"), index=True)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    what: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(20))
    due_on: Mapped[date | None]
    evidence: Mapped[str] = mapped_column(Text, default="")
    reason: Mapped[str] = mapped_column(Text, default="")
    claimed_on: Mapped[date | None]
    verified_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    verified_on: Mapped[date | None]


class UpdateRow(db.Model):
    """The public words of "we did". `unchecked` means no young person had checked them when they were published."""

    __tablename__ = "concern_update"
    __table_args__ = (
        CheckConstraint("checked_by IS NULL OR checked_by <> written_by", name="facts_by_another"),
        CheckConstraint("(state = 'published') = (published_on IS NOT NULL)", name="published_has_day"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    concern_id: Mapped[int] = mapped_column(ForeignKey("concern.id"), index=True)
    state: Mapped[str] = mapped_column(String(20))
    we_did: Mapped[str] = mapped_column(Text)
    next_step: Mapped[str] = mapped_column(String(300), default="")
    next_by: Mapped[date | None]
    written_by: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    written_on: Mapped[date]
    checked_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    checked_on: Mapped[date | None]
    published_on: Mapped[date | None]
    unchecked: Mapped[bool] = mapped_column(default=False)


class ApprovalRow(db.Model):
    """One ambassador's word on an update: approved, or sent back for one of five reasons."""

    __tablename__ = "approval"
    __table_args__ = (UniqueConstraint("update_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    update_id: Mapped[int] = mapped_column(ForeignKey("concern_update.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    sent_back: Mapped[str] = mapped_column(String(40), default="")
    on: Mapped[date]
