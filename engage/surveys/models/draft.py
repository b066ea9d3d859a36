"""Surveys that the team is still writing."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from engage.shared import db


class DraftRow(db.Model):
    """A survey being written; `document` is its definition as JSON, `version_id` the version it changes, if any.

    `behind` is JSON: by language, the places whose English changed since somebody translated them or looked at them.
    Once published it is a version, and the row is gone. It holds questions, never what anybody answered.
    """

    __tablename__ = "survey_draft"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    title: Mapped[str] = mapped_column(String(200))
    document: Mapped[str] = mapped_column(Text)
    behind: Mapped[str] = mapped_column(Text, default="{}")
    version_id: Mapped[int | None] = mapped_column(ForeignKey("survey_version.id"), index=True)
    changed_by: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    changed_at: Mapped[datetime]
