"""Tables: people, agencies, roles with an end, where somebody is signed in, invitations, the audit and its chain."""

from datetime import date, datetime

from flask_security import AsaList, UserMixin, WebAuthnMixin
from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.ext.mutable import MutableList
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engage.shared import db
from engage.shared.clock import bare, now
from engage.shared.crypto import Sealed


class AgencyRow(db.Model):
    __tablename__ = "agency"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(160), unique=True)
    kind: Mapped[str] = mapped_column(String(40))


class AuditRow(db.Model):
    """Who did what to what, and why; never the content. `place` and `link`, in the chain, are given at commit."""

    __tablename__ = "audit"
    __table_args__ = (Index("ix_audit_at", "at"), Index("ix_audit_place", "place", unique=True))

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    person_id: Mapped[int | None] = mapped_column(index=True)  # no foreign key: the line outlives the person
    did: Mapped[str] = mapped_column(String(80))
    about: Mapped[str] = mapped_column(String(120))
    reason: Mapped[str] = mapped_column(String(300), default="")
    place: Mapped[int | None]
    link: Mapped[bytes | None] = mapped_column(LargeBinary(32))


class ChainRow(db.Model):
    """The one row that says where the audit's chain begins and ends, sealed with a key that is not in the database."""

    __tablename__ = "audit_chain"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    begins_after: Mapped[int]  # the place of the last line that was forgotten
    begins_link: Mapped[bytes] = mapped_column(LargeBinary(32))
    last: Mapped[int]
    last_link: Mapped[bytes] = mapped_column(LargeBinary(32))
    seal: Mapped[bytes] = mapped_column(LargeBinary(32))


class GrantRow(db.Model):
    """One role of one person, with an end; `agency_id` where a partner's role is for another agency than their own."""

    __tablename__ = "role_grant"
    __table_args__ = (
        UniqueConstraint("person_id", "role", "starts_on"),
        CheckConstraint("starts_on <= ends_on", name="dates"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    role: Mapped[str] = mapped_column(String(20))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"), index=True)


class InvitationRow(db.Model):
    """A letter that lets somebody choose their first password, known by the hash of the key in its link; used once."""

    __tablename__ = "invitation"

    key_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), unique=True)
    useful_until: Mapped[datetime]


class PasskeyRow(db.Model, WebAuthnMixin):
    """A passkey of somebody, in the columns the sign-in library wants; the secret half never leaves the device."""

    __tablename__ = "passkey"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    name: Mapped[str] = mapped_column(String(64))
    credential_id: Mapped[bytes] = mapped_column(LargeBinary(1024), unique=True)
    public_key: Mapped[bytes]
    sign_count: Mapped[int] = mapped_column(default=0)
    transports: Mapped[list[str] | None] = mapped_column(MutableList.as_mutable(AsaList()))
    backup_state: Mapped[bool]
    device_type: Mapped[str] = mapped_column(String(64))
    extensions: Mapped[str | None] = mapped_column(String(255))
    lastuse_datetime: Mapped[datetime] = mapped_column(default=lambda: bare(now()))
    usage: Mapped[str] = mapped_column(String(64))


class PersonRow(db.Model, UserMixin):
    """Somebody who works here, as the sign-in library wants it; it keeps no address and no place of theirs.

    The columns from `fs_uniquifier` on are named by the library. `last_step` is the half minute of the last
    code they used, so that nobody can use it twice.
    """

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    email: Mapped[str] = mapped_column(String(255), unique=True)
    password: Mapped[str | None] = mapped_column(String(255))
    choose_password: Mapped[bool] = mapped_column(default=False)  # the one they have was made for them
    password_until: Mapped[datetime | None]  # and opens nothing from then on (UTC); None for one's own
    active: Mapped[bool] = mapped_column(default=True)
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"), index=True)
    last_step: Mapped[int | None]
    fs_uniquifier: Mapped[str] = mapped_column(String(64), unique=True)
    tf_primary_method: Mapped[str | None] = mapped_column(String(20))
    tf_totp_secret: Mapped[str | None] = mapped_column(Sealed())
    mf_recovery_codes: Mapped[list[str] | None] = mapped_column(MutableList.as_mutable(AsaList()))
    fs_webauthn_user_handle: Mapped[str] = mapped_column(String(64), nullable=True)
    webauthn: Mapped[list[WebAuthnMixin]] = relationship("PasskeyRow", cascade="all, delete-orphan")


class SignInRow(db.Model):
    """One place where somebody is signed in, known by the hash of a key in its cookie; no address, no browser."""

    __tablename__ = "sign_in"

    id: Mapped[int] = mapped_column(primary_key=True)
    key_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    began_at: Mapped[datetime]
    seen_at: Mapped[datetime]
