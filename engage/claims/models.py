"""Tables: claims, and what was done about each."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from engage.shared import db
from engage.shared.crypto import Sealed


class ClaimRow(db.Model):
    __tablename__ = "claim"
    __table_args__ = (
        CheckConstraint("kind IN ('access', 'correction', 'erasure', 'complaint')", name="kind"),
        CheckConstraint("(closed_on IS NULL) = (outcome IS NULL)", name="closed_with_an_outcome"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    received_on: Mapped[date]
    due_on: Mapped[date]
    acknowledged_on: Mapped[date | None]
    closed_on: Mapped[date | None]
    outcome: Mapped[str | None] = mapped_column(String(20))
    who: Mapped[str | None] = mapped_column(Sealed("contact"))
    words: Mapped[str | None] = mapped_column(Sealed())


class ClaimStepRow(db.Model):
    __tablename__ = "claim_step"

    id: Mapped[int] = mapped_column(primary_key=True)
    claim_id: Mapped[int] = mapped_column(ForeignKey("claim.id"), index=True)
    done_on: Mapped[date]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    words: Mapped[str | None] = mapped_column(Sealed())
