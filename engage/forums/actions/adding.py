"""Write a new sign-up or group down, once however often its form is sent, and once for each person."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import make_transient_to_detached

from engage.forums.actions.asking import ask_all
from engage.forums.actions.parties import bare
from engage.forums.actions.refusing import refuse
from engage.forums.models import GroupRow, GuardianRow, SignUpRow
from engage.forums.queries.links import token
from engage.forums.rules.consents import needs_adult
from engage.forums.rules.forums import Forum
from engage.forums.rules.links import KEY_BYTES, Opens
from engage.forums.rules.places import weight
from engage.forums.rules.signing_up import (
    Group,
    Professional,
    SignedUp,
    SignedUpGroup,
    YoungPerson,
    as_member,
    first_state,
    held_until,
)
from engage.shared import db
from engage.shared.crypto import keyed
from engage.shared.errors import NotValid
from engage.shared.words import N_

ALREADY = N_("Somebody with this name and this way to reach them has signed up already: use the link we sent you")
INSERT = insert(SignUpRow)
COLUMNS = frozenset(SignUpRow.__table__.columns.keys())
OF_ATTEMPT = select(SignUpRow.id).where(
    SignUpRow.forum_id == bindparam("forum"), SignUpRow.attempt == bindparam("attempt")
)


class AlreadyThere(NotValid):
    """Somebody with this name and contact has signed up; the page never says so, a letter to that contact does."""


@dataclass(frozen=True)
class Coming:
    """What is known of a new sign-up besides what they typed."""

    forum: Forum
    at: datetime
    language: str
    placed: bool
    line: int | None = None
    group_id: int | None = None
    attempt: bytes | None = None
    walk_in: bool = False


def add(new: YoungPerson | Professional, coming: Coming) -> SignUpRow:
    """Write one sign-up down and ask for the consents it needs. Raises `AlreadyThere` for somebody who is."""
    limits, member = coming.forum.plan.limits, as_member(new)
    row = SignUpRow(
        key=secrets.token_bytes(KEY_BYTES), attempt=coming.attempt, forum_id=coming.forum.id, group_id=coming.group_id,
        place=new.place.value, line=coming.line, walk_in=coming.walk_in, language=coming.language,
        signed_up_at=bare(coming.at), access=new.access or None, diet=new.diet or None, contact=new.contact or None,
        age=member.age, weight=weight(member.age, limits), offered_until=None,
    )  # fmt: skip
    if isinstance(new, YoungPerson):
        _fill_young(row, new)
    else:
        _fill_adult(row, new)
    row.same = None if coming.group_id else same_person(row, adult_contact(new))
    start(row, coming)
    _write_down(row)
    if isinstance(new, YoungPerson):
        ask_all(row, new, at=coming.at, write=not coming.walk_in)
    return row


def start(row: SignUpRow, coming: Coming) -> None:
    """Put a sign-up into its first state."""
    agreed = row.age is None or not needs_adult(row.age)
    row.state = first_state(placed=coming.placed, consented=agreed)
    held = row.state == "awaiting_consent"
    row.held_until = bare(held_until(coming.at, coming.forum.closes_at)) if held else None


def add_group(forum_id: int, group: Group, *, language: str, attempt: bytes | None) -> GroupRow:
    """Write a group down, its members apart."""
    row = GroupRow(
        key=secrets.token_bytes(KEY_BYTES), attempt=attempt, forum_id=forum_id, together=group.together,
        leader=group.leader.name, contact=group.leader.contact, agency=group.leader.agency, language=language,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    return row


def adult_contact(new: YoungPerson | Professional) -> str:
    """How the adult of a young person is reached, "" where none was named."""
    return new.guardian.contact if isinstance(new, YoungPerson) and new.guardian else ""


def same_person(row: SignUpRow, adult: str = "") -> bytes | None:
    """The keyed hash of a name and a way to reach somebody, None where there is none: one person signs up once.

    Who is not reached themselves is known by their adult's contact, `adult`.
    """
    contact = row.contact or adult
    if not contact:
        return None
    parts = (row.name or "", row.initial or "", contact)
    return keyed("forum-same", "|".join(part.casefold().strip() for part in parts).encode())


def sent_before(forum_id: int, attempt: bytes | None) -> SignedUp | None:
    """Give what came of this very form, when it was sent before."""
    if attempt is None:
        return None
    found = db.session.connection().execute(OF_ATTEMPT, {"forum": forum_id, "attempt": attempt}).scalar()
    return signed_up(db.session.get_one(SignUpRow, found), again=True) if found else None


def group_before(forum_id: int, attempt: bytes | None) -> SignedUpGroup | None:
    """Give what came of this very form of a group, when it was sent before."""
    if attempt is None:
        return None
    row = db.session.scalar(select(GroupRow).where(GroupRow.forum_id == forum_id, GroupRow.attempt == attempt))
    return signed_up_group(row) if row else None


def signed_up(row: SignUpRow, *, again: bool = False) -> SignedUp:
    """Give what somebody gets who signed up."""
    adult = row.age is not None and needs_adult(row.age)
    key = db.session.scalar(select(GuardianRow.key).where(GuardianRow.sign_up_id == row.id)) if adult else None
    return SignedUp(
        id=row.id, state=row.state, token=token(Opens.MINE, row.key), pass_token=token(Opens.PASS, row.key),
        guardian_token=token(Opens.GUARDIAN, key) if key else "", line=row.line, again=again,
    )  # fmt: skip


def signed_up_group(row: GroupRow) -> SignedUpGroup:
    """Give what a leader gets who booked."""
    members = db.session.scalars(select(SignUpRow).where(SignUpRow.group_id == row.id).order_by(SignUpRow.id))
    return SignedUpGroup(row.id, token(Opens.GROUP, row.key), tuple(signed_up(member) for member in members))


def _fill_young(row: SignUpRow, new: YoungPerson) -> None:
    row.name, row.initial = new.first_name, new.initial or None
    row.home = f"{new.home} {new.home_words}".strip()
    row.looked_after = new.looked_after


def _fill_adult(row: SignUpRow, new: Professional) -> None:
    row.name, row.role, row.agency = new.name, new.role[:120], new.agency[:160]
    row.checks_said, row.counted_as = new.checks, new.counted_as


def _write_down(row: SignUpRow) -> None:
    """Insert it as it stands, in one known statement; from then on it is like a row that was read."""
    values = {name: value for name, value in vars(row).items() if name in COLUMNS}
    try:
        made = db.session.connection().execute(INSERT, values)
    except IntegrityError:
        refuse(AlreadyThere(ALREADY), did="refused a second sign-up", about=f"forum {row.forum_id}")
    row.id = made.inserted_primary_key[0]  # type: ignore[index]  # one row was inserted
    make_transient_to_detached(row)
    db.session.add(row)
