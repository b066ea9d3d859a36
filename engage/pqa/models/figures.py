"""Tables: published results of others, with their provenance."""

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from engage.shared import db


class FigureRow(db.Model):
    """One published result. `share` is 0 to 1; `item` is empty where no item of ours asks the same."""

    __tablename__ = "published_figure"
    __table_args__ = (UniqueConstraint("area", "population", "measure", "year"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    area: Mapped[str] = mapped_column(String(80))
    population: Mapped[str] = mapped_column(String(80))
    measure: Mapped[str] = mapped_column(String(200))
    item: Mapped[str] = mapped_column(String(60), index=True)
    year: Mapped[str] = mapped_column(String(20))
    mode: Mapped[str] = mapped_column(String(80))
    n: Mapped[int | None]
    ages: Mapped[str] = mapped_column(String(20))
    share: Mapped[float]
    source: Mapped[str] = mapped_column(String(200))
