"""Tables: asking young people whether they notice what was done, by four ways, and never who said what."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from engage.shared import db

STILL_OPEN = text("reported_on IS NULL")


class FeltCheckRow(db.Model):
    """One asking about one concern; `better` of `base` decided it, `body` is what each way said, safe to show.

    `code` is what a poster opens. `wave_code` and `item` name the question of a wave that asks the same.
    """

    __tablename__ = "felt_check"
    __table_args__ = (
        CheckConstraint("(reported_on IS NULL) = (verdict = '')", name="reported_says_what"),
        CheckConstraint("(reported_on IS NULL) = (base IS NULL)", name="reported_has_base"),
        CheckConstraint("better <= base", name="no_more_better_than_asked"),
        CheckConstraint("verdict IN ('', 'felt', 'not felt', 'too few')", name="verdict"),
        Index(
            "ix_felt_check_one_open",
            "concern_id",
            unique=True,
            sqlite_where=STILL_OPEN,
            postgresql_where=STILL_OPEN,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    concern_id: Mapped[int] = mapped_column(ForeignKey("concern.id"), index=True)
    code: Mapped[str] = mapped_column(String(12), unique=True)
    opened_on: Mapped[date]
    opened_by: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    closes_on: Mapped[date]
    wave_code: Mapped[str] = mapped_column(String(60), default="")
    item: Mapped[str] = mapped_column(String(60), default="")
    reported_on: Mapped[date | None]
    reported_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)  # None: by the clock
    verdict: Mapped[str] = mapped_column(String(20), default="")
    better: Mapped[int | None]
    base: Mapped[int | None]
    body: Mapped[str] = mapped_column(Text, default="")


class FeltTallyRow(db.Model):
    """How many gave one answer by one way; there is no row for a person."""

    __tablename__ = "felt_tally"
    __table_args__ = (
        CheckConstraint("channel IN ('receipt', 'poster')", name="channel"),
        CheckConstraint("answer IN ('better', 'no_change', 'worse', 'dont_know')", name="answer"),
        CheckConstraint("people > 0", name="somebody"),
    )

    check_id: Mapped[int] = mapped_column(ForeignKey("felt_check.id"), primary_key=True)
    channel: Mapped[str] = mapped_column(String(10), primary_key=True)
    answer: Mapped[str] = mapped_column(String(10), primary_key=True)
    people: Mapped[int]


class FeltMarkRow(db.Model):
    """That some receipt has answered: a keyed hash of both, with no answer beside it, gone once the check is closed."""

    __tablename__ = "felt_mark"
    __table_args__ = (db.NO_ORDER,)

    key: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    check_id: Mapped[int] = mapped_column(ForeignKey("felt_check.id"), index=True)


class FeltHandsRow(db.Model):
    """What a forum said, by a show of hands or the notes of its tables: counts that a person typed afterwards."""

    __tablename__ = "felt_hands"
    __table_args__ = (
        UniqueConstraint("check_id", "met_on", "forum"),
        CheckConstraint("better >= 0 AND no_change >= 0 AND worse >= 0 AND dont_know >= 0", name="no_fewer_than_none"),
        CheckConstraint("better + no_change + worse + dont_know > 0", name="somebody"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    check_id: Mapped[int] = mapped_column(ForeignKey("felt_check.id"), index=True)
    forum: Mapped[str] = mapped_column(String(160))
    met_on: Mapped[date]
    better: Mapped[int]
    no_change: Mapped[int]
    worse: Mapped[int]
    dont_know: Mapped[int]
    by: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    on: Mapped[date]
