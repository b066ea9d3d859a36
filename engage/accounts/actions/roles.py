"""Give and end roles."""

from datetime import date, timedelta

from sqlalchemy import select

from engage.accounts.actions.auditing import acting_id, note
from engage.accounts.actions.telling import tell_leads
from engage.accounts.models import GrantRow, PersonRow
from engage.accounts.queries import grants, person_by_id
from engage.accounts.rules import (
    ROLE_NAMES,
    TOLD_OF,
    Role,
    check_agency_needed,
    check_agency_of_role,
    check_dates,
    check_not_oneself,
    check_one_agency,
    check_roles_together,
)
from engage.shared import db
from engage.shared.errors import NotFound
from engage.shared.words import N_


def grant_role(person_id: int, *, role: Role, starts_on: date, ends_on: date, agency_id: int | None = None) -> int:
    """Give somebody a role until a last day, and give the grant's id; the leads hear of one that opens what was said.

    A partner's role is for the agency they work for, or for the one that is named. Raises `NotAllowed`, `NotFound`,
    `NotValid`.
    """
    person, held = person_by_id(person_id), grants(person_id)
    check_not_oneself(person_id, acting_id())
    check_dates(starts_on, ends_on)
    check_agency_of_role(role, agency_id)
    for_agency = agency_id or person.home_id
    check_agency_needed(role, for_agency)
    check_one_agency(for_agency, held if role is Role.AGENCY else [], starts_on=starts_on, ends_on=ends_on)
    check_roles_together(role, [grant.role for grant in held if grant.ends_on >= starts_on])
    taken = select(GrantRow).where(GrantRow.person_id == person_id, GrantRow.role == role)
    row = db.session.scalar(taken.where(GrantRow.starts_on == starts_on))
    if row is None:
        row = GrantRow(person_id=person_id, role=role, starts_on=starts_on)
        db.session.add(row)
    row.ends_on, row.agency_id = ends_on, agency_id
    db.session.flush()
    of_agency = f" for agency {for_agency}" if role is Role.AGENCY else ""
    note("gave role", f"person {person_id}: {role} until {ends_on}{of_agency}")
    if role in TOLD_OF:
        tell_leads(f"gave {person.name} the role “{ROLE_NAMES[role]}” until {ends_on}", but=person_id)
    return row.id


def end_role(grant_id: int, *, today: date) -> None:
    """End a role now: it counts no more from the next click. Raises `NotAllowed`, `NotFound`."""
    row = db.session.get(GrantRow, grant_id)
    if row is None:
        raise NotFound(N_("Nobody holds this role any more"))
    check_not_oneself(row.person_id, acting_id())
    if row.role == Role.SAFEGUARDING and row.ends_on >= today:
        tell_leads(f"ended the role of {_name(row.person_id)} as safeguarding lead")
    note("ended role", f"person {row.person_id}: {row.role}")
    if row.starts_on < today:
        row.ends_on = today - timedelta(days=1)
    else:
        db.session.delete(row)


def _name(person_id: int) -> str:
    return db.session.get_one(PersonRow, person_id).name
