"""Table: languages that a speaker has checked."""

from datetime import date

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from engage.shared import db


class SignOffRow(db.Model):
    """Somebody answers for a language of a survey, or of the pages themselves.

    `about` is the survey's code; `marks` is JSON, a short mark of each text as it was then, so what changes later is
    unchecked again. It holds no words of young people.
    """

    __tablename__ = "sign_off"
    __table_args__ = (UniqueConstraint("about", "language"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    about: Mapped[str] = mapped_column(String(60))
    language: Mapped[str] = mapped_column(String(10))
    marks: Mapped[str] = mapped_column(Text)
    note: Mapped[str] = mapped_column(String(500))
    signed_by: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    signed_on: Mapped[date]
