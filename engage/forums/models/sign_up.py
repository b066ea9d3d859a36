"""Tables: groups, sign-ups, what is typed meanwhile, the adults who are asked, and each consent."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from engage.forums.models.forum import KEY
from engage.shared import db
from engage.shared.crypto import Sealed


class GroupRow(db.Model):
    """Several people booked by one leader; `together` says that all have a place, or all wait."""

    __tablename__ = "forum_group"
    __table_args__ = (UniqueConstraint("forum_id", "attempt"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[bytes] = mapped_column(KEY, unique=True)
    attempt: Mapped[bytes | None] = mapped_column(KEY)
    forum_id: Mapped[int] = mapped_column(ForeignKey("forum.id"), index=True)
    together: Mapped[bool]
    told_few: Mapped[bool] = mapped_column(default=False)  # that places came free, and fewer than the group needs
    leader: Mapped[str | None] = mapped_column(Sealed())
    contact: Mapped[str | None] = mapped_column(Sealed("contact"))
    agency: Mapped[str] = mapped_column(String(160))
    language: Mapped[str] = mapped_column(String(8))


class SignUpRow(db.Model):
    """One person at one forum. `same` is a keyed hash of name and contact: one person signs up once.

    `weight` is what they ask of the adults; `line` is their place in the waiting list. `declined`: the young person
    said no, and no adult can sign for them. `attempt` is the form's own random key: sent twice, stored once.
    """

    __tablename__ = "sign_up"
    __table_args__ = (
        UniqueConstraint("forum_id", "same", name="uq_sign_up_same"),
        UniqueConstraint("forum_id", "attempt", name="uq_sign_up_attempt"),
        CheckConstraint("(state = 'offered') = (offered_until IS NOT NULL)", name="offer_ends"),
        CheckConstraint("(state = 'awaiting_consent') = (held_until IS NOT NULL)", name="hold_ends"),
        CheckConstraint("state <> 'waitlisted' OR line IS NOT NULL", name="waits_in_line"),
        CheckConstraint("place IN ('professional', 'facilitator') OR age IS NOT NULL", name="young_have_age"),
        Index("ix_sign_up_forum_id_state", "forum_id", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[bytes] = mapped_column(KEY, unique=True)
    attempt: Mapped[bytes | None] = mapped_column(KEY)
    same: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    forum_id: Mapped[int] = mapped_column(ForeignKey("forum.id"))
    group_id: Mapped[int | None] = mapped_column(ForeignKey("forum_group.id"), index=True)
    place: Mapped[str] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(20))
    age: Mapped[int | None]
    weight: Mapped[int] = mapped_column(default=0)
    line: Mapped[int | None]
    held_until: Mapped[datetime | None]
    offered_until: Mapped[datetime | None]
    declined: Mapped[bool] = mapped_column(default=False)
    why: Mapped[str | None] = mapped_column(Sealed())  # the team cancelled it, for this reason
    walk_in: Mapped[bool] = mapped_column(default=False)
    looked_after: Mapped[bool] = mapped_column(default=False)
    presence: Mapped[str] = mapped_column(String(10), default="expected")
    language: Mapped[str] = mapped_column(String(8))
    signed_up_at: Mapped[datetime]
    name: Mapped[str | None] = mapped_column(Sealed())
    initial: Mapped[str | None] = mapped_column(Sealed())
    contact: Mapped[str | None] = mapped_column(Sealed("contact"))
    access: Mapped[str | None] = mapped_column(Sealed())
    diet: Mapped[str | None] = mapped_column(Sealed())
    home: Mapped[str | None] = mapped_column(Sealed())  # a key of HOME and what they added, a space between
    role: Mapped[str] = mapped_column(String(120), default="")
    agency: Mapped[str] = mapped_column(String(160), default="")
    counted_as: Mapped[str] = mapped_column(String(160), default="")  # the `agency_key` whose count they are on
    checks_said: Mapped[bool] = mapped_column(default=False)
    checks_seen_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    checks_seen_on: Mapped[date | None]


class DraftRow(db.Model):
    """What somebody typed to sign up, between the form and the page that checks it; forgotten when it is sent.

    `key` is made of a secret that only their session holds.
    """

    __tablename__ = "forum_draft"

    key: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    words: Mapped[str | None] = mapped_column(Sealed())
    typed_at: Mapped[datetime] = mapped_column(index=True)


class GuardianRow(db.Model):
    """The adult who was asked to consent for one young person, and their link's key; a new adult gets a new key."""

    __tablename__ = "forum_guardian"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[bytes] = mapped_column(KEY, unique=True)
    sign_up_id: Mapped[int] = mapped_column(ForeignKey("sign_up.id", ondelete="CASCADE"), unique=True)
    relation: Mapped[str] = mapped_column(String(20))
    name: Mapped[str | None] = mapped_column(Sealed())
    contact: Mapped[str | None] = mapped_column(Sealed("contact"))
    asked_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]


class ConsentRow(db.Model):
    """One purpose of one young person: who said what, on what authority, in exactly which words, how and when."""

    __tablename__ = "forum_consent"
    __table_args__ = (
        CheckConstraint("state = 'requested' OR (relation <> '' AND answered_at IS NOT NULL)", name="says_who"),
    )

    sign_up_id: Mapped[int] = mapped_column(ForeignKey("sign_up.id", ondelete="CASCADE"), primary_key=True)
    purpose: Mapped[str] = mapped_column(String(20), primary_key=True)
    state: Mapped[str] = mapped_column(String(20))
    relation: Mapped[str] = mapped_column(String(20), default="")
    giver: Mapped[str | None] = mapped_column(Sealed())
    wording: Mapped[str] = mapped_column(String(64), default="")  # the fingerprint of the words agreed to
    how: Mapped[str] = mapped_column(String(20), default="")
    noted_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)  # who wrote down a call
    answered_at: Mapped[datetime | None]
