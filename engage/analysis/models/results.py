"""Tables: frozen results of all kinds, and what people decided about them."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from engage.shared import db
from engage.shared.crypto import Sealed


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


class SnapshotRow(db.Model):
    """Frozen results of a wave, already protected: the only figures that pages, charts and files may show."""

    __tablename__ = "snapshot"

    id: Mapped[int] = mapped_column(primary_key=True)
    wave_id: Mapped[int] = mapped_column(ForeignKey("wave.id"), index=True)
    made_at: Mapped[datetime]
    final: Mapped[bool]
    body: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(String(64))


class CutRow(db.Model):
    """One question of a wave by one or two others, as a reader asked for it: computed once, protected, and kept.

    `by` names the breaks, comma separated in the questionnaire's order. `body` is empty until the worker has computed
    it; `refused` says in a sentence why it will not be shown.
    """

    __tablename__ = "cut"
    __table_args__ = (UniqueConstraint("wave_id", "item", "by"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    wave_id: Mapped[int] = mapped_column(ForeignKey("wave.id"), index=True)
    item: Mapped[str] = mapped_column(String(60))
    by: Mapped[str] = mapped_column(String(130))
    made_at: Mapped[datetime | None]
    refused: Mapped[str] = mapped_column(String(300), default="")
    body: Mapped[str] = mapped_column(Text, default="")
    sha256: Mapped[str] = mapped_column(String(64), default="")


class MergedRow(db.Model):
    """The questions that several age bands were asked in one quarter, counted together once, protected, and kept."""

    __tablename__ = "merged"
    __table_args__ = (UniqueConstraint("family", "quarter"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    family: Mapped[str] = mapped_column(String(40))
    quarter: Mapped[str] = mapped_column(String(7))
    made_at: Mapped[datetime]
    body: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(String(64))
