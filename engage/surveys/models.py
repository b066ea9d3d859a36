"""Tables: surveys, their frozen versions, waves, settings, half-done sittings, what was sent, and imported feedback."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from engage.shared import db
from engage.shared.crypto import Sealed

KEY = LargeBinary(16)  # 16 random bytes: says nothing about when or in what order
HALF_DONE = text("receipt_hash IS NOT NULL")


class SurveyRow(db.Model):
    __tablename__ = "survey"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    title: Mapped[str] = mapped_column(String(200))
    state: Mapped[str] = mapped_column(String(20))


class VersionRow(db.Model):
    """The frozen, published form of a survey; `document` is the definition as JSON, `sha256` its fingerprint."""

    __tablename__ = "survey_version"
    __table_args__ = (UniqueConstraint("survey_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"), index=True)
    number: Mapped[int]
    document: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(String(64))
    published_on: Mapped[date]


class WaveRow(db.Model):
    """One fielding of a version; `code` is the word in its address, `modules` a comma-separated list of modules."""

    __tablename__ = "wave"
    __table_args__ = (
        CheckConstraint("mode IN ('private', 'known')", name="mode"),
        CheckConstraint("opens_on <= closes_on AND closes_on <= promised_on", name="dates"),
        CheckConstraint("minimum >= 8", name="minimum"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("survey_version.id"), index=True)
    title: Mapped[str] = mapped_column(String(200))
    mode: Mapped[str] = mapped_column(String(10))
    state: Mapped[str] = mapped_column(String(20))
    opens_on: Mapped[date]
    closes_on: Mapped[date]
    panel_on: Mapped[date]
    promised_on: Mapped[date]
    audience: Mapped[str] = mapped_column(Text)
    can_change: Mapped[str] = mapped_column(Text)
    cannot_change: Mapped[str] = mapped_column(Text)
    translations: Mapped[str] = mapped_column(Text, default="{}")  # JSON: language -> the four texts above
    modules: Mapped[str] = mapped_column(String(200), default="")
    minimum: Mapped[int] = mapped_column(default=8)
    sensitive: Mapped[bool] = mapped_column(default=False)
    about: Mapped[str] = mapped_column(String(120), default="", server_default="")  # "forum 7": what it follows


class SettingRow(db.Model):
    """Where responses come from: a school, a home, a group; never a person. `code` is the word in its link."""

    __tablename__ = "setting"
    __table_args__ = (UniqueConstraint("wave_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    wave_id: Mapped[int] = mapped_column(ForeignKey("wave.id"), index=True)
    code: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(200))
    target: Mapped[int] = mapped_column(default=0)


class SittingRow(db.Model):
    """A survey being filled in. Its key is a hash of the phone's secret; once sent, only the hash stays, for a day.

    `answers` is what was typed so far, sealed; nobody reads it. It is emptied when the answers are sent. Every index
    costs each submission a page, so there is none that only the night's work would use.
    """

    __tablename__ = "sitting"
    __table_args__ = (
        CheckConstraint("sent = (answers IS NULL)", name="sent_is_empty"),
        Index("ix_sitting_receipt_hash", "receipt_hash", sqlite_where=HALF_DONE, postgresql_where=HALF_DONE),
        db.NO_ORDER,
    )

    key: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    wave_id: Mapped[int] = mapped_column(ForeignKey("wave.id"))
    receipt_hash: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    answers: Mapped[str | None] = mapped_column(Sealed())
    saved_on: Mapped[date]
    sent: Mapped[bool] = mapped_column(default=False)


class ResponseRow(db.Model):
    """What one person sent: no identity, no clock, no order. `receipt_hash` is destroyed when the wave is reported."""

    __tablename__ = "response"
    __table_args__ = (db.NO_ORDER,)

    key: Mapped[bytes] = mapped_column(KEY, primary_key=True)
    wave_id: Mapped[int] = mapped_column(ForeignKey("wave.id"), index=True)
    setting_id: Mapped[int | None] = mapped_column(ForeignKey("setting.id"))
    language: Mapped[str] = mapped_column(String(8))
    sent_on: Mapped[date]
    receipt_hash: Mapped[bytes | None] = mapped_column(LargeBinary(32), unique=True)


class AnswerRow(db.Model):
    """One chosen option of one item, or a missing code; several rows for "pick up to 3", none for an item not asked.

    The wave is the response's: an index of its own here would cost a third of every submission.
    """

    __tablename__ = "answer"
    __table_args__ = (db.NO_ORDER,)

    response_key: Mapped[bytes] = mapped_column(ForeignKey("response.key", ondelete="CASCADE"), primary_key=True)
    item: Mapped[str] = mapped_column(String(60), primary_key=True)
    option: Mapped[str] = mapped_column(String(60), primary_key=True)


class WrittenRow(db.Model):
    """What one person wrote in one box, sealed. Emptied a year after the wave is reported."""

    __tablename__ = "written"
    __table_args__ = (db.NO_ORDER,)

    key: Mapped[bytes] = mapped_column(KEY, primary_key=True)
    response_key: Mapped[bytes] = mapped_column(ForeignKey("response.key", ondelete="CASCADE"), index=True)
    wave_id: Mapped[int] = mapped_column(ForeignKey("wave.id"), index=True)
    item: Mapped[str] = mapped_column(String(60))
    language: Mapped[str] = mapped_column(String(8))
    words: Mapped[str | None] = mapped_column(Sealed())
    sent_on: Mapped[date]


class SourceRow(db.Model):
    """A partner's feedback brought into the loop, or what was said at the tables of a forum (kept there)."""

    __tablename__ = "feedback_source"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200), unique=True)
    imported_on: Mapped[date]
    forum_id: Mapped[int | None] = mapped_column(ForeignKey("forum.id"), unique=True)


class FeedbackRow(db.Model):
    """One comment of a partner's feedback. Its key is a keyed hash of all that is known of it."""

    __tablename__ = "feedback"
    __table_args__ = (db.NO_ORDER,)

    key: Mapped[bytes] = mapped_column(KEY, primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("feedback_source.id"), index=True)
    question: Mapped[str] = mapped_column(String(200))
    words: Mapped[str | None] = mapped_column(Sealed())
    said_on: Mapped[date | None]
