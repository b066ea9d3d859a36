"""Table: what the panel decided on a pack."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from engage.shared import db


class DecisionRow(db.Model):
    """One decision: what, how young people's views changed it, who does it, by when, and what came of it."""

    __tablename__ = "decision"
    __table_args__ = (
        CheckConstraint("views_changed <> ''", name="says_how_views_changed_it"),
        CheckConstraint("(done_on IS NULL) = (came_of_it = '')", name="done_says_what_came_of_it"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    pack_id: Mapped[int] = mapped_column(ForeignKey("pack.id"), index=True)
    asked_id: Mapped[int | None] = mapped_column(ForeignKey("asked_decision.id"), index=True)
    words: Mapped[str] = mapped_column(Text)
    views_changed: Mapped[str] = mapped_column(Text)
    owner_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    due_on: Mapped[date]
    decided_on: Mapped[date]
    recorded_by: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    came_of_it: Mapped[str] = mapped_column(Text, default="")
    done_on: Mapped[date | None]
