"""Tables: codings, and who gave them."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from engage.shared import db

KEY = LargeBinary(16)


class CodingRow(db.Model):
    """A theme on an excerpt. `confirmed_by` empty means the model suggests it; only a person's coding counts."""

    __tablename__ = "coding"
    __table_args__ = (Index("ix_coding_theme", "theme_id", "confirmed_by"), db.NO_ORDER)

    excerpt_key: Mapped[bytes] = mapped_column(ForeignKey("excerpt.key", ondelete="CASCADE"), primary_key=True)
    theme_id: Mapped[int] = mapped_column(ForeignKey("theme.id"), primary_key=True)
    confirmed_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    refused: Mapped[bool] = mapped_column(default=False)  # a person said no; a later run does not ask again
    closeness: Mapped[float] = mapped_column(default=0.0)  # how typical it is of the theme, 0 to 1
    because: Mapped[str | None] = mapped_column(String(60))  # places of the words that made the model suggest it


class CodedRow(db.Model):
    """A person went through an answer with the whole code frame; "none of these" is a row without themes.

    `second` was coded blind to the first, to see how far people agree; what came of a difference is `settled`.
    `before` are the codings that the answer had, so that the person can take it back.
    """

    __tablename__ = "coded"
    __table_args__ = (
        CheckConstraint("(settled_by IS NULL) = (settled_on IS NULL)", name="settled_by_somebody"),
        db.NO_ORDER,
    )

    excerpt_key: Mapped[bytes] = mapped_column(ForeignKey("excerpt.key", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True, index=True)
    on: Mapped[date]
    second: Mapped[bool]
    before: Mapped[str] = mapped_column(Text, default="")
    settled_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    settled_on: Mapped[date | None]


class CodedThemeRow(db.Model):
    """A theme that one person gave an answer, kept as it was given; the coding says what counts."""

    __tablename__ = "coded_theme"
    __table_args__ = (
        ForeignKeyConstraint(
            ["excerpt_key", "person_id"], ["coded.excerpt_key", "coded.person_id"], name="fk_coded_theme_coded",
            ondelete="CASCADE",
        ),
        db.NO_ORDER,
    )  # fmt: skip

    excerpt_key: Mapped[bytes] = mapped_column(KEY, primary_key=True)
    person_id: Mapped[int] = mapped_column(primary_key=True)
    theme_id: Mapped[int] = mapped_column(ForeignKey("theme.id"), primary_key=True, index=True)
