"""Table: the newsletter, which is made of what is public already."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from engage.shared import db


class NewsletterRow(db.Model):
    """One number of one edition: which days it tells of, and the few words of its own that stand above.

    What was published on those days is read anew each time: what is taken back later is gone from here too.
    """

    __tablename__ = "newsletter"
    __table_args__ = (
        UniqueConstraint("edition", "number"),
        CheckConstraint("checked_by IS NULL OR checked_by <> written_by", name="words_by_another"),
        CheckConstraint("(state = 'issued') = (issued_on IS NOT NULL)", name="issued_has_day"),
        CheckConstraint("since < until", name="tells_of_a_day"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    edition: Mapped[str] = mapped_column(String(20))
    number: Mapped[int]
    state: Mapped[str] = mapped_column(String(20))
    since: Mapped[date]  # it tells of the days after this one
    until: Mapped[date]
    words: Mapped[str] = mapped_column(Text)
    written_by: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    checked_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    issued_on: Mapped[date | None]
