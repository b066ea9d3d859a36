"""Tables: what agencies agreed to do, and the files that show it."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from engage.shared import db
from engage.shared.crypto import Sealed, SealedFile


class ActionRow(db.Model):
    """What one agency agreed to do; a step of a larger one names it as its parent, and a parent follows its steps."""

    __tablename__ = "action"
    __table_args__ = (
        CheckConstraint("state <> 'not_done' OR reason <> ''", name="not_done_says_why"),
        CheckConstraint("state NOT IN ('done_claimed', 'done_verified') OR evidence <> ''", name="done_has_evidence"),
        Index("ix_action_state_due_on", "state", "due_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    concern_id: Mapped[int] = mapped_column(ForeignKey("concern.id"), index=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("action.id"), index=True)
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


class EvidenceFileRow(db.Model):
    """A picture that shows that something was done; nobody opens it before the worker has cleaned it."""

    __tablename__ = "evidence_file"
    __table_args__ = (
        CheckConstraint("state IN ('waiting', 'clean', 'refused')", name="state"),
        CheckConstraint("state <> 'refused' OR (content IS NULL AND why <> '')", name="refused_is_empty"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    action_id: Mapped[int] = mapped_column(ForeignKey("action.id"), index=True)
    name: Mapped[str | None] = mapped_column(Sealed())
    content: Mapped[bytes | None] = mapped_column(SealedFile())
    kind: Mapped[str] = mapped_column(String(10))
    size: Mapped[int]
    state: Mapped[str] = mapped_column(String(10))
    why: Mapped[str] = mapped_column(String(200), default="")
    added_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    added_on: Mapped[date]
