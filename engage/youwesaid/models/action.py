"""Table: what agencies agreed to do."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from engage.shared import db


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
