"""Table: the areas a concern is about."""

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from engage.shared import db


class ConcernAreaRow(db.Model):
    """One area that a concern is about; a concern without any is about the whole borough."""

    __tablename__ = "concern_area"

    concern_id: Mapped[int] = mapped_column(ForeignKey("concern.id"), primary_key=True)
    area: Mapped[str] = mapped_column(String(40), primary_key=True)
