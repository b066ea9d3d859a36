"""Table: what one young person said, in their words or told in ours, to stand on a concern's page."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from engage.shared import db
from engage.shared.crypto import Sealed


class QuoteRow(db.Model):
    """A quote; `own_words` needs their permission and a base of 20, anything else is told in ours.

    Taken back, it is empty.
    """

    __tablename__ = "quote"
    __table_args__ = (
        CheckConstraint("checked_by IS NULL OR checked_by <> chosen_by", name="two_people"),
        CheckConstraint("shown_on IS NULL OR checked_by IS NOT NULL", name="checked_first"),
        CheckConstraint("NOT own_words OR base >= 20", name="few_are_paraphrased"),
        CheckConstraint("NOT own_words OR permission <> ''", name="asked_first"),
        CheckConstraint("ended_on IS NULL OR words IS NULL", name="ended_is_empty"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    concern_id: Mapped[int] = mapped_column(ForeignKey("concern.id"), index=True)
    words: Mapped[str | None] = mapped_column(Sealed())
    own_words: Mapped[bool]
    permission: Mapped[str] = mapped_column(String(200), default="")
    base: Mapped[int]
    chosen_by: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    chosen_on: Mapped[date]
    checked_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    shown_on: Mapped[date | None]
    ended_on: Mapped[date | None]
