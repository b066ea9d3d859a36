"""Tables: the public words of "we did", and what ambassadors said of them."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from engage.shared import db


class UpdateRow(db.Model):
    """The public words of "we did". `unchecked` means no young person had checked them when they were published.

    A changed text is a new row that `replaces_id` another; `shown_on` and `ended_on` are the days it went public and
    was replaced or taken back, and stay. `overridden`: the safeguarding lead published it past the other steps.
    """

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
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("concern_update.id"), index=True)
    version: Mapped[int] = mapped_column(default=1)
    shown_on: Mapped[date | None]
    ended_on: Mapped[date | None]
    for_safety: Mapped[bool] = mapped_column(default=False)
    overridden: Mapped[bool] = mapped_column(default=False)
    wrong: Mapped[str] = mapped_column(Text, default="")  # what the fact-checker found, until it is written again


class ApprovalRow(db.Model):
    """One ambassador's word on an update: approved, or sent back for one of five reasons."""

    __tablename__ = "approval"
    __table_args__ = (UniqueConstraint("update_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    update_id: Mapped[int] = mapped_column(ForeignKey("concern_update.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    sent_back: Mapped[str] = mapped_column(String(40), default="")
    on: Mapped[date]
