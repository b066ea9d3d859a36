"""People, agencies, roles, the audit, and who is signed in."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

from flask import current_app, has_request_context, request, session
from sqlalchemy import ColumnElement, Select, and_, case, exists, func, select, true
from sqlalchemy.orm import aliased

from engage.accounts.models import AgencyRow, AuditRow, GrantRow, InvitationRow, PersonRow, SignInRow
from engage.accounts.rules import AT_MOST, IDLE, NOTED_EVERY, Agency, AuditLine, Grant, Person, Place, Role
from engage.shared import crypto, db
from engage.shared.clock import LONDON, bare, today
from engage.shared.errors import NotFound
from engage.shared.words import N_

FACTS = (PersonRow.id, PersonRow.name, PersonRow.email, PersonRow.agency_id, PersonRow.choose_password)
ACTS_FOR = func.coalesce(GrantRow.agency_id, PersonRow.agency_id)
USED = N_("This invitation was used already, or its days are over. Ask an administrator for a new one.")
HERE = "here"  # in the session: the key of the place where somebody signed in
TOLD_NO_MORE = ("said whom it is about", "closed an alert")  # lines of 2026 say of which agency, and how it ended
_by: ContextVar[str] = ContextVar("by", default="")
KEPT_AS = "engage.person"  # in the request's environment, so that one request asks once


def signed_in() -> Person | None:
    """Give who is signed in, with the roles they hold today; None outside a request."""
    if not has_request_context():
        return None
    if KEPT_AS not in request.environ:
        key, here = session.get("_user_id"), session.get(HERE)  # the library's key of its person, ours of this place
        wanted = and_(PersonRow.fs_uniquifier == key, _is_open(here or ""))
        request.environ[KEPT_AS] = _first(_people(wanted)) if key and here else None
    someone: Person | None = request.environ[KEPT_AS]
    return someone


def known() -> Person | None:
    """Give who is signed in where this request has asked already, without asking the database."""
    someone: Person | None = request.environ.get(KEPT_AS) if has_request_context() else None
    return someone


@contextmanager
def done_by(who: str) -> Iterator[None]:
    """Name in the audit and in letters who does it, where nobody is signed in who could be named."""
    token = _by.set(who)
    try:
        yield
    finally:
        _by.reset(token)


def named_here() -> str:
    """Give who was named by `done_by`; nobody outside of it."""
    return _by.get()


def people(role: Role | None = None) -> list[Person]:
    """Everybody who may sign in, by name; with `role`, only those who hold it today."""
    everybody = _records(_people(true()))
    return [person for person in everybody if role is None or role in person.roles]


def person_by_id(person_id: int) -> Person:
    """Give one person. Raises `NotFound`."""
    person = _first(_people(PersonRow.id == person_id))
    if person is None:
        raise NotFound(N_("We do not know this person"))
    return person


def own_words(person_id: int) -> tuple[str, ...]:
    """Give what somebody would try first in a person's password: whose it is, and whom they work for."""
    someone, settings = person_by_id(person_id), current_app.extensions["settings"]
    return someone.name, someone.email, someone.agency, someone.home, settings.partnership


def agencies() -> list[Agency]:
    """Every partner, by name."""
    rows = db.session.execute(select(AgencyRow.id, AgencyRow.name, AgencyRow.kind).order_by(AgencyRow.name))
    return [Agency(*row) for row in rows]


def agency_named(name: str) -> Agency:
    """Give the partner with this name, in large or small letters. Raises `NotFound`, which says whom we know."""
    known = agencies()
    found = next((one for one in known if one.name.casefold() == name.strip().casefold()), None)
    if found is None:
        names = ", ".join(one.name for one in known) or "none yet, an administrator adds them"
        raise NotFound(f"We know no agency of this name. Known are: {names}.")
    return found


def answering() -> dict[int, str]:
    """The partners that somebody answers for today, id to name, by name."""
    somebody = {person.agency_id for person in people(Role.AGENCY)}
    return {agency.id: agency.name for agency in agencies() if agency.id in somebody}


def grants(person_id: int | None = None) -> list[Grant]:
    """Every role that was given, the one that ends last first; with `person_id`, only theirs."""
    wanted = true() if person_id is None else GrantRow.person_id == person_id
    asked = (
        select(GrantRow, AgencyRow.id, AgencyRow.name)
        .join(PersonRow, PersonRow.id == GrantRow.person_id)
        .outerjoin(AgencyRow, and_(GrantRow.role == Role.AGENCY, AgencyRow.id == ACTS_FOR))
        .where(wanted)
        .order_by(GrantRow.ends_on.desc(), GrantRow.id)
    )
    return [
        Grant(row.id, row.person_id, Role(row.role), row.starts_on, row.ends_on, agency_id, agency or "")
        for row, agency_id, agency in db.session.execute(asked)
    ]


def audit(*, page: int, size: int) -> list[AuditLine]:
    """One page of who did what, newest first; of some old lines without how it ended, which is not everybody's."""
    told = case((AuditRow.did.in_(TOLD_NO_MORE), ""), else_=AuditRow.reason)
    rows = db.session.execute(
        select(AuditRow.at, PersonRow.name, AuditRow.did, AuditRow.about, told)
        .outerjoin(PersonRow, PersonRow.id == AuditRow.person_id)
        .order_by(AuditRow.at.desc(), AuditRow.id.desc())
        .limit(size)
        .offset((page - 1) * size)
    )
    return [AuditLine(at.replace(tzinfo=UTC).astimezone(LONDON), who or "", *rest) for at, who, *rest in rows]


def last_line(did: str) -> AuditLine | None:
    """Give the last line that says this was done."""
    asked = select(AuditRow.at, AuditRow.did, AuditRow.about, AuditRow.reason).where(AuditRow.did == did)
    row = db.session.execute(asked.order_by(AuditRow.id.desc()).limit(1)).one_or_none()
    if row is None:
        return None
    return AuditLine(row.at.replace(tzinfo=UTC).astimezone(LONDON), "", row.did, row.about, row.reason)


def audit_of(about: str | Collection[str], *did: str) -> list[AuditLine]:
    """Who did one of these to this one thing, or to any of several, in its order."""
    things = [about] if isinstance(about, str) else about
    rows = db.session.execute(
        select(AuditRow.at, PersonRow.name, AuditRow.did, AuditRow.about, AuditRow.reason)
        .outerjoin(PersonRow, PersonRow.id == AuditRow.person_id)
        .where(AuditRow.about.in_(things), AuditRow.did.in_(did))
        .order_by(AuditRow.id)
    )
    return [AuditLine(at.replace(tzinfo=UTC).astimezone(LONDON), who or "", *rest) for at, who, *rest in rows]


def person_by_email(email: str) -> Person:
    """Give the person with this address. Raises `NotFound`."""
    person = _first(_people(PersonRow.email == email.strip().lower()))
    if person is None:
        raise NotFound(N_("Nobody with this e-mail address works here"))
    return person


def places(person_id: int, *, at: datetime) -> list[Place]:
    """Where somebody is signed in now, the one they are at first, then the one used last."""
    used = and_(SignInRow.began_at > bare(at - AT_MOST), SignInRow.seen_at > bare(at - IDLE - NOTED_EVERY))
    rows = db.session.scalars(
        select(SignInRow).where(SignInRow.person_id == person_id, used).order_by(SignInRow.seen_at.desc(), SignInRow.id)
    )
    here = place_hash(session.get(HERE, "")) if has_request_context() else b""
    found = [Place(row.id, _london(row.began_at), _london(row.seen_at), row.key_hash == here) for row in rows]
    return sorted(found, key=lambda place: not place.here)


def place_hash(key: str) -> bytes:
    """Give the hash by which the place of a cookie's key is known."""
    return crypto.keyed("sign-in", key.encode())


def invited(key: str, *, at: datetime) -> Person:
    """Give whom the link of an invitation is for. Raises `NotFound` once it was used, or its days are over."""
    row = db.session.get(InvitationRow, invitation_hash(key))
    if row is None or row.useful_until <= bare(at):
        raise NotFound(USED)
    return person_by_id(row.person_id)


def invitation_hash(key: str) -> bytes:
    """Give the hash by which an invitation's key is known."""
    return crypto.keyed("invitation", key.encode())


def has_second_step(person_id: int) -> bool:
    """Answer whether somebody signs in with an authenticator app."""
    kept = select(PersonRow.tf_primary_method).where(PersonRow.id == person_id)
    return db.session.scalar(kept) is not None


def _london(at: datetime) -> datetime:
    return at.replace(tzinfo=UTC).astimezone(LONDON)


def _is_open(here: str) -> ColumnElement[bool]:
    place = SignInRow.key_hash == place_hash(here)
    return exists().where(place, SignInRow.person_id == PersonRow.id)


def _people(wanted: ColumnElement[bool]) -> Select[Any]:
    counts = and_(GrantRow.person_id == PersonRow.id, GrantRow.starts_on <= today(), GrantRow.ends_on >= today())
    home, theirs = aliased(AgencyRow), aliased(AgencyRow)
    return (
        select(*FACTS, home.name, GrantRow.role, GrantRow.agency_id, theirs.name)
        .outerjoin(home, home.id == PersonRow.agency_id)
        .outerjoin(GrantRow, counts)
        .outerjoin(theirs, theirs.id == GrantRow.agency_id)
        .where(PersonRow.active, wanted)
        .order_by(PersonRow.name, PersonRow.id, GrantRow.id)
    )


def _records(statement: Select[Any]) -> list[Person]:
    found: dict[tuple[Any, ...], list[tuple[str, int | None, str]]] = {}
    for *facts, role, agency_id, agency in db.session.execute(statement):
        found.setdefault(tuple(facts), []).append((role, agency_id, agency))
    return [_record(facts, held) for facts, held in found.items()]


def _record(facts: tuple[Any, ...], held: list[tuple[str, int | None, str]]) -> Person:
    person_id, name, email, home_id, choose_password, home = facts
    roles = frozenset(Role(role) for role, *_ in held if role)
    agency_id, agency = next(((one, words) for _, one, words in held if one is not None), (home_id, home or ""))
    return Person(person_id, name, email, roles, agency_id, agency, choose_password, home_id, home or "")


def _first(statement: Select[Any]) -> Person | None:
    return next(iter(_records(statement)), None)


def last_noted(did: str) -> datetime | None:
    """When this was last done, by the audit (London)."""
    line = last_line(did)
    return None if line is None else line.at
