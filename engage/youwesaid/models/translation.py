"""Table: what concerns and updates say in other languages."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from engage.shared import db


class TranslationRow(db.Model):
    """One text of a concern's public page in one language; `place` names it ("title", "told:12:we_did").

    It says the English words whose fingerprint is `of`: when those change, it lags behind and is shown no longer.
    """

    __tablename__ = "translation"
    __table_args__ = (
        CheckConstraint("(checked_by IS NULL) = (checked_on IS NULL)", name="checked_by_somebody"),
        CheckConstraint("checked_by <> written_by", name="checked_by_another"),
        Index("ix_translation_language", "language", "concern_id"),
    )

    concern_id: Mapped[int] = mapped_column(ForeignKey("concern.id"), primary_key=True)
    place: Mapped[str] = mapped_column(String(40), primary_key=True)
    language: Mapped[str] = mapped_column(String(8), primary_key=True)
    of: Mapped[str] = mapped_column(String(64))
    words: Mapped[str] = mapped_column(Text)
    written_by: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    written_on: Mapped[date]
    checked_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    checked_on: Mapped[date | None]
