"""Add people, give and end roles, write the audit."""

from datetime import date, timedelta
from uuid import uuid4

from flask_security import hash_password
from sqlalchemy import select

from engage.accounts.models import AgencyRow, AuditRow, GrantRow, PersonRow
from engage.accounts.queries import person_by_id, signed_in
from engage.accounts.rules import Role, check_agency_needed, check_dates
from engage.shared import db
from engage.shared.clock import now
from engage.shared.errors import NotFound, NotValid
from engage.shared.words import N_


def note(did: str, about: str, reason: str = "") -> None:
    """Write who did what to what, and why, with the page's own transaction; never the content."""
    person = signed_in()
    db.session.add(audit_line(did, about, reason, person_id=person.id if person else None))


def audit_line(did: str, about: str, reason: str = "", *, person_id: int | None) -> AuditRow:
    """Give one line of the audit, not yet kept."""
    at = now().replace(tzinfo=None)
    return AuditRow(at=at, person_id=person_id, did=did[:80], about=about[:120], reason=reason[:300])


def add_agency(name: str, kind: str) -> int:
    """Add a partner and give its id. Raises `NotValid` when there is one with that name."""
    if db.session.scalar(select(AgencyRow.id).where(AgencyRow.name == name)):
        raise NotValid(N_("There is an agency with this name already"))
    row = AgencyRow(name=name, kind=kind)
    db.session.add(row)
    db.session.flush()
    note("added agency", f"agency {row.id}")
    return row.id


def add_person(*, name: str, email: str, password: str | None = None, agency_id: int | None = None) -> int:
    """Add somebody who works here and give their id; without a password they cannot sign in yet.

    Raises `NotValid` when the e-mail address is taken.
    """
    address = email.strip().lower()
    if db.session.scalar(select(PersonRow.id).where(PersonRow.email == address)):
        raise NotValid(N_("Somebody with this e-mail address is here already"))
    row = PersonRow(
        name=name,
        email=address,
        password=hash_password(password) if password else None,
        fs_uniquifier=uuid4().hex,
        agency_id=agency_id,
    )
    db.session.add(row)
    db.session.flush()
    note("added person", f"person {row.id}")
    return row.id


def grant_role(*, person_id: int, role: Role, starts_on: date, ends_on: date, today: date) -> int:
    """Give somebody a role until a last day, and give the grant's id. Raises `NotFound`, `NotValid`."""
    person = person_by_id(person_id)
    check_dates(starts_on, ends_on, today=today)
    check_agency_needed(role, person.agency_id)
    taken = select(GrantRow).where(GrantRow.person_id == person_id, GrantRow.role == role)
    row = db.session.scalar(taken.where(GrantRow.starts_on == starts_on))
    if row is None:
        row = GrantRow(person_id=person_id, role=role, starts_on=starts_on)
        db.session.add(row)
    row.ends_on = ends_on
    db.session.flush()
    note("gave role", f"person {person_id}: {role} until {ends_on}")
    return row.id


def end_role(grant_id: int, *, today: date) -> None:
    """End a role now: it counts no more from the next click. Raises `NotFound`."""
    row = db.session.get(GrantRow, grant_id)
    if row is None:
        raise NotFound(N_("Nobody holds this role any more"))
    note("ended role", f"person {row.person_id}: {row.role}")
    if row.starts_on < today:
        row.ends_on = today - timedelta(days=1)
    else:
        db.session.delete(row)
