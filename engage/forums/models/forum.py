"""Tables: forums with their counters, agencies to choose from, who is in the room and at the door."""

from datetime import date, datetime, time

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from engage.forums.rules.places import ONE_ADULT
from engage.shared import db

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
    changed_at: Mapped[datetime | None]  # when people who had signed up were last told of other hours or another hall
    reason: Mapped[str] = mapped_column(String(300), default="")
    fed_back_on: Mapped[date | None]
    written_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)


class ForumChangeRow(db.Model):
    """When and where a forum was to be before the team changed it, so that its people read what is different now."""

    __tablename__ = "forum_change"
    __table_args__ = (Index("ix_forum_change_forum_id_changed_at", "forum_id", "changed_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    forum_id: Mapped[int] = mapped_column(ForeignKey("forum.id"))
    changed_at: Mapped[datetime]
    starts: Mapped[time | None]
    ends: Mapped[time | None]
    venue: Mapped[str] = mapped_column(String(160))
    address: Mapped[str] = mapped_column(String(300))


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
