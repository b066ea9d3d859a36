"""Tables: alerts, messages by receipt, contact requests, whom these are about, the rota, reviews of help lines."""

import secrets
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, UniqueConstraint, column, select, table
from sqlalchemy.orm import Mapped, mapped_column

from engage.shared import db
from engage.shared.crypto import Sealed

SIX_DIGITS = range(100_000, 1_000_000)


def _by_chance(name: str) -> Callable[[Any], int]:
    """Number the rows of a table by chance: in running numbers a gap tells people from whom some are hidden."""
    taken = table(name, column("id"))

    def number(insert: Any) -> int:
        beside = {row.get("id") for row in insert.compiled_parameters}  # written with it, so not in the table yet
        while True:
            chosen = secrets.choice(SIX_DIGITS)
            same = select(taken.c.id).where(taken.c.id == chosen)
            if chosen not in beside and insert.connection.scalar(same) is None:
                return chosen

    return number


class AlertRow(db.Model):
    """A possible disclosure of harm waiting for a person.

    It holds its own sealed copy of the words, its own time and the receipt's hash, never a response's key.
    `heard_from` is a keyed hash of the sitting and the item: one box raises one alert, however often it is sent.
    """

    __tablename__ = "alert"
    __table_args__ = (
        CheckConstraint("(state = 'closed') = (outcome IS NOT NULL)", name="closed_has_outcome"),
        Index("ix_alert_state_raised_at", "state", "raised_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, default=_by_chance("alert"))
    state: Mapped[str] = mapped_column(String(20))
    heard_from: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    receipt_hash: Mapped[bytes | None] = mapped_column(LargeBinary(32), index=True)
    place: Mapped[str] = mapped_column(String(200))  # where it was written: "Youth survey: anything new?"
    kind: Mapped[str] = mapped_column(String(60))  # the word list or model that noticed it
    score: Mapped[float]
    words: Mapped[str | None] = mapped_column(Sealed())
    raised_at: Mapped[datetime]
    words_at: Mapped[datetime]  # when what was written last changed: who opened it before has not read it
    acknowledged_at: Mapped[datetime | None]
    acknowledged_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    escalated_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    outcome: Mapped[str | None] = mapped_column(String(40))
    notes: Mapped[str | None] = mapped_column(Sealed())
    second_reader_wanted: Mapped[bool] = mapped_column(default=False)
    second_read_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    further_at: Mapped[datetime | None]  # when the partnership's manager was called
    reference: Mapped[str | None] = mapped_column(Sealed())  # what MASH or the LADO calls it
    about_agency_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"), index=True)  # its people never see it
    about_outsider: Mapped[bool] = mapped_column(default=False)  # of whom it is about works for none of the partners


class MessageRow(db.Model):
    """One message between the safeguarding lead and the holder of a receipt; it says nothing about who holds it."""

    __tablename__ = "message"
    __table_args__ = (Index("ix_message_receipt_hash", "receipt_hash"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    receipt_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    alert_id: Mapped[int | None] = mapped_column(ForeignKey("alert.id"), index=True)
    from_young_person: Mapped[bool]
    written_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    words: Mapped[str | None] = mapped_column(Sealed())
    written_at: Mapped[datetime]
    read_at: Mapped[datetime | None]


class ContactRequestRow(db.Model):
    """Somebody wants to be contacted: sealed with its own key, joined to answers only if they ticked so."""

    __tablename__ = "contact_request"

    id: Mapped[int] = mapped_column(primary_key=True, default=_by_chance("contact_request"))
    words: Mapped[str | None] = mapped_column(Sealed("contact"))
    receipt_hash: Mapped[bytes | None] = mapped_column(LargeBinary(32), index=True)
    asked_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
    done_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)


ONE_THING = " + ".join(
    f"CASE WHEN {thing} IS NULL THEN 0 ELSE 1 END" for thing in ("alert_id", "contact_request_id", "receipt_hash")
)


class AboutRow(db.Model):
    """An alert, a request to be contacted, or all that came with a receipt, is about an agency: its people see none.

    What carries a receipt is found by it, and has a row of its own once it carries it no more. `settled` says that
    an alert which said so was forgotten, so that nothing said later about another one opens it again.
    """

    __tablename__ = "about"
    __table_args__ = (
        UniqueConstraint("alert_id", "agency_id"),
        UniqueConstraint("contact_request_id", "agency_id"),
        UniqueConstraint("receipt_hash", "agency_id"),
        CheckConstraint(f"{ONE_THING} = 1", name="one_thing"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"), index=True)
    alert_id: Mapped[int | None] = mapped_column(ForeignKey("alert.id", ondelete="CASCADE"))
    contact_request_id: Mapped[int | None] = mapped_column(ForeignKey("contact_request.id", ondelete="CASCADE"))
    receipt_hash: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    said_at: Mapped[datetime]
    settled: Mapped[bool] = mapped_column(default=False)


class DutyRow(db.Model):
    """Who reads on which day."""

    __tablename__ = "duty"

    on: Mapped[date] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True, index=True)
    deputy: Mapped[bool] = mapped_column(default=False)


class HelpReviewRow(db.Model):
    """Somebody checked that every help line is right and still there."""

    __tablename__ = "help_review"

    id: Mapped[int] = mapped_column(primary_key=True)
    on: Mapped[date] = mapped_column(index=True)
    by: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
