"""Table: challenges to a pack, which must be answered."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from engage.shared import db


class ChallengeRow(db.Model):
    """A challenge by the scrutineer or a member of the panel, and the answer of somebody else."""

    __tablename__ = "challenge"
    __table_args__ = (
        CheckConstraint("answered_by IS NULL OR answered_by <> made_by", name="answered_by_another"),
        CheckConstraint(
            "(answer = '') = (answered_on IS NULL) AND (answered_on IS NULL) = (answered_by IS NULL)",
            name="whole_answer",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    pack_id: Mapped[int] = mapped_column(ForeignKey("pack.id"), index=True)
    words: Mapped[str] = mapped_column(Text)
    made_by: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    made_on: Mapped[date]
    answer: Mapped[str] = mapped_column(Text, default="")
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    answered_on: Mapped[date | None]
