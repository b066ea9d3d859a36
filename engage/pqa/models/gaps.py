"""Tables: how many of a group live in the borough, and who looks after a group we have not heard."""

from datetime import date

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from engage.shared import db


class PopulationRow(db.Model):
    """How many children and young people of a group live here, as somebody published it; `group` is an answer of ours.

    The newest figure of a group replaces an older one.
    """

    __tablename__ = "population"
    __table_args__ = (UniqueConstraint("item", "group"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    area: Mapped[str] = mapped_column(String(80))
    item: Mapped[str] = mapped_column(String(60))
    group: Mapped[str] = mapped_column(String(60))
    words: Mapped[str] = mapped_column(String(120))
    year: Mapped[str] = mapped_column(String(20))
    people: Mapped[int]
    source: Mapped[str] = mapped_column(String(200))


class GapRow(db.Model):
    """Who looks after a group that we have not heard, what they will do, and by when; the last word counts."""

    __tablename__ = "gap"
    __table_args__ = (UniqueConstraint("item", "group"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    item: Mapped[str] = mapped_column(String(60))
    group: Mapped[str] = mapped_column(String(60))
    owner_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    plan: Mapped[str] = mapped_column(String(300))
    by_when: Mapped[date]
    named_on: Mapped[date]
    named_by: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
