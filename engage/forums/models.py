"""Tables: forums with their counters, who is in the room, groups, sign-ups, consents, check-ins, table notes."""

from datetime import date, datetime, time

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from engage.forums.rules.places import ONE_ADULT
from engage.shared import db
from engage.shared.crypto import Sealed

KEY = LargeBinary(16)  # random; the link is made of it with a key outside the database
TAKEN = "young + ambassador + professional + facilitator"
ADULTS = "professional + facilitator"


class ForumRow(db.Model):
    """One forum, with what is taken of its places: the constraints repeat every limit, whatever the code does.

    `load` is what the young people ask of the adults in the ratio plan; `line` counts the waiting list up.
    """

    __tablename__ = "forum"
    __table_args__ = (
        CheckConstraint(f"{TAKEN} <= capacity", name="capacity"),
        CheckConstraint("young <= young_quota AND ambassador <= ambassador_quota", name="young_quotas"),
        CheckConstraint("professional <= professional_quota AND facilitator <= facilitator_quota", name="quotas"),
        CheckConstraint(f"{ADULTS} <= capacity - young_floor OR {ADULTS} = 0", name="floor"),
        CheckConstraint(f"load <= adults * {ONE_ADULT}", name="ratio"),
        CheckConstraint(
            "young >= 0 AND ambassador >= 0 AND professional >= 0 AND facilitator >= 0 AND load >= 0", name="counts"
        ),
        CheckConstraint("state = 'draft' OR state = 'cancelled' OR young_floor * 2 >= capacity", name="half_young"),
        CheckConstraint("state = 'draft' OR state = 'cancelled' OR meets_on IS NOT NULL", name="has_day"),
        CheckConstraint("state <> 'cancelled' OR reason <> ''", name="cancelled_says_why"),
        Index("ix_forum_state_meets_on", "state", "meets_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(120), unique=True)
    key: Mapped[bytes] = mapped_column(KEY, unique=True)
    kind: Mapped[str] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(20))
    theme: Mapped[str] = mapped_column(String(160))
    about: Mapped[str] = mapped_column(Text, default="")
    meets_on: Mapped[date | None]
    starts: Mapped[time | None]
    ends: Mapped[time | None]
    closes_on: Mapped[date | None]
    promised_on: Mapped[date | None]
    venue: Mapped[str] = mapped_column(String(160), default="")
    address: Mapped[str] = mapped_column(String(300), default="")
    access: Mapped[str] = mapped_column(Text, default="")
    lead: Mapped[str] = mapped_column(String(120), default="")
    lead_phone: Mapped[str] = mapped_column(String(40), default="")
    risk_reference: Mapped[str] = mapped_column(String(80), default="")
    programme: Mapped[str] = mapped_column(Text, default="")
    translations: Mapped[str] = mapped_column(Text, default="{}")  # JSON: language -> theme, about, programme, access
    age_from: Mapped[int] = mapped_column(default=11)
    age_to: Mapped[int] = mapped_column(default=18)
    capacity: Mapped[int] = mapped_column(default=0)
    young_quota: Mapped[int] = mapped_column(default=0)
    ambassador_quota: Mapped[int] = mapped_column(default=0)
    professional_quota: Mapped[int] = mapped_column(default=0)
    facilitator_quota: Mapped[int] = mapped_column(default=0)
    young_floor: Mapped[int] = mapped_column(default=0)
    agency_cap: Mapped[int] = mapped_column(default=0)
    adults: Mapped[int] = mapped_column(default=0)
    younger_per_adult: Mapped[int] = mapped_column(default=8)
    older_per_adult: Mapped[int] = mapped_column(default=10)
    young: Mapped[int] = mapped_column(default=0)
    ambassador: Mapped[int] = mapped_column(default=0)
    professional: Mapped[int] = mapped_column(default=0)
    facilitator: Mapped[int] = mapped_column(default=0)
    load: Mapped[int] = mapped_column(default=0)
    line: Mapped[int] = mapped_column(default=0)
    reason: Mapped[str] = mapped_column(String(300), default="")
    fed_back_on: Mapped[date | None]
    written_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)


class ForumAgencyRow(db.Model):
    """How many places count for one agency at one forum: the cap is kept by a conditional update of this row."""

    __tablename__ = "forum_agency"
    __table_args__ = (CheckConstraint("taken >= 0", name="counts"),)

    forum_id: Mapped[int] = mapped_column(ForeignKey("forum.id"), primary_key=True)
    agency_key: Mapped[str] = mapped_column(String(160), primary_key=True)
    taken: Mapped[int] = mapped_column(default=0)


class ListedAgencyRow(db.Model):
    """An agency that people may choose from, at one forum or, with no forum named, at every one; partners apart."""

    __tablename__ = "listed_agency"
    __table_args__ = (UniqueConstraint("forum_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    forum_id: Mapped[int | None] = mapped_column(ForeignKey("forum.id"))
    key: Mapped[str] = mapped_column(String(160))
    name: Mapped[str] = mapped_column(String(160))


class ForumRoomRow(db.Model):
    """One line of "who will be in the room": an agency and a role, never a name, never a child."""

    __tablename__ = "forum_room"

    id: Mapped[int] = mapped_column(primary_key=True)
    forum_id: Mapped[int] = mapped_column(ForeignKey("forum.id"), index=True)
    agency: Mapped[str] = mapped_column(String(160))
    role: Mapped[str] = mapped_column(String(120))


class ForumDoorRow(db.Model):
    """Who of the staff is at the door of one forum; access ends by itself that night."""

    __tablename__ = "forum_door"

    forum_id: Mapped[int] = mapped_column(ForeignKey("forum.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True, index=True)


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


class CheckInRow(db.Model):
    """One line at the door. `key` is made by the phone, so that a line sent twice is stored once."""

    __tablename__ = "check_in"
    __table_args__ = (Index("ix_check_in_forum_id_at", "forum_id", "at"),)

    key: Mapped[str] = mapped_column(String(36), primary_key=True)
    forum_id: Mapped[int] = mapped_column(ForeignKey("forum.id"))
    sign_up_id: Mapped[int] = mapped_column(ForeignKey("sign_up.id", ondelete="CASCADE"), index=True)
    did: Mapped[str] = mapped_column(String(12))  # a verb of the state table CHECK_IN, or "also_named"
    at: Mapped[datetime]
    by: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    collector: Mapped[str | None] = mapped_column(Sealed())  # who took a young person home


class TableNoteRow(db.Model):
    """What was said at one table, as a facilitator wrote it down; read by the analysis like an answer."""

    __tablename__ = "table_note"
    __table_args__ = (Index("ix_table_note_forum_id", "forum_id"), db.NO_ORDER)

    key: Mapped[bytes] = mapped_column(KEY, primary_key=True)
    forum_id: Mapped[int] = mapped_column(ForeignKey("forum.id"))
    table: Mapped[str] = mapped_column(String(60))
    question: Mapped[str] = mapped_column(String(200), default="")
    words: Mapped[str | None] = mapped_column(Sealed())
    language: Mapped[str] = mapped_column(String(8), default="en")
    said_on: Mapped[date]
    written_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)


class AttendanceRow(db.Model):
    """How many of one type signed up and came, kept when the sign-ups themselves are forgotten."""

    __tablename__ = "forum_attendance"

    forum_id: Mapped[int] = mapped_column(ForeignKey("forum.id"), primary_key=True)
    place: Mapped[str] = mapped_column(String(20), primary_key=True)
    signed_up: Mapped[int]
    attended: Mapped[int]
    no_show: Mapped[int]


class ForumAnswerRow(db.Model):
    """One thing that happened because of a forum, in public words; `concern` may name the concern it belongs to."""

    __tablename__ = "forum_answer"

    id: Mapped[int] = mapped_column(primary_key=True)
    forum_id: Mapped[int] = mapped_column(ForeignKey("forum.id"), index=True)
    words: Mapped[str] = mapped_column(Text)
    said_on: Mapped[date]
    concern: Mapped[str] = mapped_column(String(120), default="")  # the last part of its public address
    written_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
