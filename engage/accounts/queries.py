"""People, agencies, roles, the audit, and who is signed in."""

from typing import Any

from flask import has_request_context, request, session
from sqlalchemy import ColumnElement, Select, and_, select, true

from engage.accounts.models import AgencyRow, AuditRow, GrantRow, PersonRow
from engage.accounts.rules import Agency, AuditLine, Grant, Person, Role
from engage.shared import db
from engage.shared.clock import today
from engage.shared.errors import NotFound
from engage.shared.words import N_

KEPT_AS = "engage.person"  # in the request's environment, so that one request asks once


def signed_in() -> Person | None:
    """Give who is signed in, with the roles they hold today; None outside a request."""
    if not has_request_context():
        return None
    if KEPT_AS not in request.environ:
        key = session.get("_user_id")  # where the sign-in library keeps its person's key
        request.environ[KEPT_AS] = _first(_people(PersonRow.fs_uniquifier == key)) if key else None
    someone: Person | None = request.environ[KEPT_AS]
    return someone


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


def agencies() -> list[Agency]:
    """Every partner, by name."""
    rows = db.session.execute(select(AgencyRow.id, AgencyRow.name, AgencyRow.kind).order_by(AgencyRow.name))
    return [Agency(*row) for row in rows]


def grants(person_id: int | None = None) -> list[Grant]:
    """Every role that was given, the one that ends last first; with `person_id`, only theirs."""
    wanted = true() if person_id is None else GrantRow.person_id == person_id
    rows = db.session.scalars(select(GrantRow).where(wanted).order_by(GrantRow.ends_on.desc(), GrantRow.id))
    return [Grant(row.id, row.person_id, Role(row.role), row.starts_on, row.ends_on) for row in rows]


def audit(*, page: int, size: int) -> list[AuditLine]:
    """One page of who did what, newest first."""
    rows = db.session.execute(
        select(AuditRow.at, PersonRow.name, AuditRow.did, AuditRow.about, AuditRow.reason)
        .outerjoin(PersonRow, PersonRow.id == AuditRow.person_id)
        .order_by(AuditRow.at.desc(), AuditRow.id.desc())
        .limit(size)
        .offset((page - 1) * size)
    )
    return [AuditLine(at, who or "", did, about, reason) for at, who, did, about, reason in rows]


def _people(wanted: ColumnElement[bool]) -> Select[Any]:
    counts = and_(GrantRow.person_id == PersonRow.id, GrantRow.starts_on <= today(), GrantRow.ends_on >= today())
    return (
        select(PersonRow.id, PersonRow.name, PersonRow.email, PersonRow.agency_id, AgencyRow.name, GrantRow.role)
        .outerjoin(AgencyRow, AgencyRow.id == PersonRow.agency_id)
        .outerjoin(GrantRow, counts)
        .where(PersonRow.active, wanted)
        .order_by(PersonRow.name, PersonRow.id)
    )


def _records(statement: Select[Any]) -> list[Person]:
    facts: dict[int, tuple[str, str, int | None, str]] = {}
    roles: dict[int, set[Role]] = {}
    for person_id, name, email, agency_id, agency, role in db.session.execute(statement):
        facts[person_id] = (name, email, agency_id, agency or "")
        roles.setdefault(person_id, set()).update([Role(role)] if role else [])
    return [
        Person(person_id, name, email, frozenset(roles[person_id]), agency_id, agency)
        for person_id, (name, email, agency_id, agency) in facts.items()
    ]


def _first(statement: Select[Any]) -> Person | None:
    return next(iter(_records(statement)), None)
