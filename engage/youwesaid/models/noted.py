"""Table: themes that were noted, with the reason why nothing more is done about them now."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from engage.shared import db


class NotedThemeRow(db.Model):
    """A theme that no concern answers: "noted, because". The last reason counts; the audit keeps who said it."""

    __tablename__ = "noted_theme"
    __table_args__ = (CheckConstraint("because <> ''", name="noted_says_why"),)

    theme_id: Mapped[int] = mapped_column(ForeignKey("theme.id"), primary_key=True)
    because: Mapped[str] = mapped_column(Text)
    on: Mapped[date]
    by: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
