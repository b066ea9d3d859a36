"""Tables: excerpts read and read again, the code frame, codings and who gave them, frozen results of all kinds."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from engage.shared import db
from engage.shared.crypto import Sealed

KEY = LargeBinary(16)


class ExcerptRow(db.Model):
    """A written answer or comment as it waits to be read: `words` is redacted, sealed, and may be shown once `checked`.

    `key` is random; `written_key` finds the original (a survey's written answer or a feedback comment) for as long as
    it is kept. `urgency` only orders reading. Exactly one of wave and source is set. `day` is the day it was said,
    if known.
    """

    __tablename__ = "excerpt"
    __table_args__ = (
        CheckConstraint("(wave_id IS NULL) <> (source_id IS NULL)", name="one_origin"),
        CheckConstraint("(read_by IS NULL) = (read_on IS NULL)", name="read_by_somebody"),
        Index("ix_excerpt_queue", "read_on", "urgency"),
        db.NO_ORDER,
    )

    key: Mapped[bytes] = mapped_column(KEY, primary_key=True)
    written_key: Mapped[bytes | None] = mapped_column(KEY, unique=True)
    wave_id: Mapped[int | None] = mapped_column(ForeignKey("wave.id"), index=True)
    source_id: Mapped[int | None] = mapped_column(ForeignKey("feedback_source.id"), index=True)
    item: Mapped[str] = mapped_column(String(200))
    language: Mapped[str] = mapped_column(String(8))
    day: Mapped[date | None]
    words: Mapped[str | None] = mapped_column(Sealed())
    why: Mapped[str | None] = mapped_column(Sealed())  # what the screen noticed, "kind: phrase" a line
    urgency: Mapped[float]
    flagged: Mapped[bool]
    details: Mapped[int] = mapped_column(default=0)  # how many personal details were taken out
    read_on: Mapped[date | None]
    read_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    checked: Mapped[bool] = mapped_column(default=False)  # a person has looked at the redaction
    turn: Mapped[int | None]  # its place among the answers to code next, where the model has learnt enough to say


class ThemeRow(db.Model):
    """One theme of the code frame. A candidate comes from a run of the theme finder or from a person."""

    __tablename__ = "theme"
    __table_args__ = (CheckConstraint("state IN ('candidate', 'selected', 'retired')", name="state"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    definition: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[str] = mapped_column(String(20))
    sensitive: Mapped[bool] = mapped_column(default=False)
    merged_into: Mapped[int | None] = mapped_column(ForeignKey("theme.id"), index=True)
    run_id: Mapped[int | None] = mapped_column(ForeignKey("theme_run.id"), index=True)
    words: Mapped[str] = mapped_column(String(400), default="")  # the words that mark it, comma separated
    stability: Mapped[float | None]
    key: Mapped[str | None] = mapped_column(String(1))  # what to press for it while coding; gives the frame its order


class ThemeRunRow(db.Model):
    """One search for themes in a wave's or a source's texts, with all that is needed to run it again."""

    __tablename__ = "theme_run"
    __table_args__ = (CheckConstraint("(wave_id IS NULL) <> (source_id IS NULL)", name="one_origin"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    wave_id: Mapped[int | None] = mapped_column(ForeignKey("wave.id"), index=True)
    source_id: Mapped[int | None] = mapped_column(ForeignKey("feedback_source.id"), index=True)
    made_at: Mapped[datetime]
    texts: Mapped[int]
    seed: Mapped[int]
    method: Mapped[str] = mapped_column(String(80))
    inputs: Mapped[str] = mapped_column(String(64), default="")  # fingerprint of what was looked at
    body: Mapped[str] = mapped_column(Text, default="")  # the themes as they were found; empty for runs before 2026-11
    sha256: Mapped[str] = mapped_column(String(64), default="")


class EmergingRunRow(db.Model):
    """What rose in a wave against the waves before, protected, as it was found; exemplars by key, never by words."""

    __tablename__ = "emerging_run"

    id: Mapped[int] = mapped_column(primary_key=True)
    wave_id: Mapped[int] = mapped_column(ForeignKey("wave.id"), index=True)
    made_at: Mapped[datetime]
    body: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(String(64))


class RiseDecisionRow(db.Model):
    """What a person decided about a rise in a wave: the last row of one counts, all of them are its history."""

    __tablename__ = "rise_decision"
    __table_args__ = (CheckConstraint("state IN ('new', 'confirmed', 'dismissed')", name="state"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    wave_id: Mapped[int] = mapped_column(ForeignKey("wave.id"), index=True)
    what: Mapped[str] = mapped_column(String(200))
    names: Mapped[str] = mapped_column(Text)  # every name it went by, a line each: a later run may call it otherwise
    state: Mapped[str] = mapped_column(String(20))
    theme_id: Mapped[int | None] = mapped_column(ForeignKey("theme.id"), index=True)
    why: Mapped[str] = mapped_column(String(300), default="")
    on: Mapped[date]
    by: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)


class SeriousRunRow(db.Model):
    """The few of a wave who said that they are not safe, in true counts, sealed: for the restricted page only."""

    __tablename__ = "serious_run"

    id: Mapped[int] = mapped_column(primary_key=True)
    wave_id: Mapped[int] = mapped_column(ForeignKey("wave.id"), index=True)
    made_at: Mapped[datetime]
    body: Mapped[str | None] = mapped_column(Sealed())
    sha256: Mapped[str] = mapped_column(String(64))


class MeaningRow(db.Model):
    """Where a sentence model placed an answer, so that it is asked once; `key` tells no words, and the row is sealed.

    Only used where a model is installed. Somebody's words cannot be read off it, but guessed at: it is kept like words.
    """

    __tablename__ = "meaning"
    __table_args__ = (db.NO_ORDER,)

    key: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    direction: Mapped[str] = mapped_column(Sealed())
    used_on: Mapped[date]


class DrawRow(db.Model):
    """One week's draw of answers to be read a second time; `of` is how many could have been drawn."""

    __tablename__ = "reread_draw"

    week: Mapped[date] = mapped_column(primary_key=True)  # its Monday
    seed: Mapped[int]
    of: Mapped[int]
    drawn: Mapped[int]


class RereadRow(db.Model):
    """An answer that the screen passed over and somebody read, to be read again by another, who sees neither."""

    __tablename__ = "reread"
    __table_args__ = (
        CheckConstraint("(read_by IS NULL) = (worrying IS NULL)", name="read_by_somebody"),
        CheckConstraint("read_by <> first_reader", name="by_another"),
        db.NO_ORDER,
    )

    excerpt_key: Mapped[bytes] = mapped_column(ForeignKey("excerpt.key", ondelete="CASCADE"), primary_key=True)
    week: Mapped[date] = mapped_column(ForeignKey("reread_draw.week"), index=True)
    first_reader: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    read_on: Mapped[date | None]
    read_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    worrying: Mapped[bool | None]


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


class AgreementRow(db.Model):
    """How far two people agreed on the answers of a wave or source that both coded; the newest counts."""

    __tablename__ = "agreement"
    __table_args__ = (CheckConstraint("(wave_id IS NULL) <> (source_id IS NULL)", name="one_origin"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    wave_id: Mapped[int | None] = mapped_column(ForeignKey("wave.id"), index=True)
    source_id: Mapped[int | None] = mapped_column(ForeignKey("feedback_source.id"), index=True)
    made_at: Mapped[datetime]
    answers: Mapped[int]
    coders: Mapped[int]
    same: Mapped[int]
    alpha: Mapped[float | None]
    low: Mapped[float | None]
    high: Mapped[float | None]


class ThemeExampleRow(db.Model):
    """What belongs to a theme, or does not: a checked answer that a person chose, or words that came with a frame."""

    __tablename__ = "theme_example"
    __table_args__ = (CheckConstraint("(excerpt_key IS NULL) <> (words IS NULL)", name="one_origin"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    theme_id: Mapped[int] = mapped_column(ForeignKey("theme.id"), index=True)
    belongs: Mapped[bool]
    excerpt_key: Mapped[bytes | None] = mapped_column(ForeignKey("excerpt.key", ondelete="CASCADE"), index=True)
    words: Mapped[str | None] = mapped_column(Sealed())
    by: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    on: Mapped[date]


class ThemeVoiceRow(db.Model):
    """Answers the worker chose to stand for a theme: two that are typical, and one that says the contrary."""

    __tablename__ = "theme_voice"
    __table_args__ = (db.NO_ORDER,)

    excerpt_key: Mapped[bytes] = mapped_column(ForeignKey("excerpt.key", ondelete="CASCADE"), primary_key=True)
    theme_id: Mapped[int] = mapped_column(ForeignKey("theme.id"), primary_key=True, index=True)
    contrary: Mapped[bool]


class ThemeHistoryRow(db.Model):
    """What people did to the code frame: named, confirmed, merged, retired."""

    __tablename__ = "theme_history"

    id: Mapped[int] = mapped_column(primary_key=True)
    theme_id: Mapped[int] = mapped_column(ForeignKey("theme.id"), index=True)
    on: Mapped[date]
    by: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    did: Mapped[str] = mapped_column(String(300))


class ThemeReceiptRow(db.Model):
    """After a wave is reported: which receipts fed a theme (not sensitive, at least eight). No response is named."""

    __tablename__ = "theme_receipt"
    __table_args__ = (db.NO_ORDER,)

    receipt_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    theme_id: Mapped[int] = mapped_column(ForeignKey("theme.id"), primary_key=True, index=True)


class SnapshotRow(db.Model):
    """Frozen results of a wave, already protected: the only figures that pages, charts and files may show."""

    __tablename__ = "snapshot"

    id: Mapped[int] = mapped_column(primary_key=True)
    wave_id: Mapped[int] = mapped_column(ForeignKey("wave.id"), index=True)
    made_at: Mapped[datetime]
    final: Mapped[bool]
    body: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(String(64))
