"""Add agencies and people, close accounts, and forget who left."""

from datetime import date, datetime, time
from uuid import uuid4

from sqlalchemy import String, cast, exists, select

from engage.accounts.actions.auditing import acting_id, note
from engage.accounts.actions.roles import end_role, grant_role
from engage.accounts.actions.ways_in import account_of, end_ways_in, hashed
from engage.accounts.models import AgencyRow, AuditRow, GrantRow, PersonRow
from engage.accounts.queries import grants
from engage.accounts.rules import NewPerson, check_not_oneself
from engage.shared import db
from engage.shared.errors import NotValid
from engage.shared.words import N_

LEFT = "Somebody who left"


def add_agency(name: str, kind: str) -> int:
    """Add a partner and give its id. Raises `NotValid` when there is one with that name, in large or small letters."""
    known = db.session.scalars(select(AgencyRow.name).order_by(AgencyRow.id))
    if name.casefold() in {one.casefold() for one in known}:
        raise NotValid(N_("There is an agency with this name already"))
    row = AgencyRow(name=name, kind=kind)
    db.session.add(row)
    db.session.flush()
    note("added agency", f"agency {row.id}")
    return row.id


def add_person(*, name: str, email: str, password: str | None = None, agency_id: int | None = None) -> int:
    """Add somebody who works here and give their id; without a password they cannot sign in yet.

    An account with this address that was closed is opened again: what the audit says of it stays theirs, and none of
    the ways in of before counts. Raises `NotValid` when the address is of somebody who is here.
    """
    address = email.strip().lower()
    row = db.session.scalar(select(PersonRow).where(PersonRow.email == address))
    if row is not None and row.active:
        raise NotValid(N_("Somebody with this e-mail address is here already"))
    did = "added person" if row is None else "opened an account again"
    if row is None:
        row = PersonRow(email=address, fs_uniquifier=uuid4().hex)
        db.session.add(row)
    else:
        end_ways_in(row)
    row.name, row.agency_id, row.active = name, agency_id, True
    row.password = hashed(password) if password else None
    db.session.flush()
    note(did, f"person {row.id}")
    return row.id


def welcome(new: NewPerson, *, today: date) -> int:
    """Add somebody with their first role from today, and give their id. Raises `NotAllowed`, `NotValid`."""
    person_id = add_person(name=new.name, email=new.email, agency_id=new.agency_id)
    grant_role(person_id, role=new.role, starts_on=today, ends_on=new.ends_on)
    return person_id


def close_account(person_id: int, *, today: date) -> None:
    """Let somebody who leaves sign in no more, and end their roles. Raises `NotAllowed`, `NotFound`."""
    row = account_of(person_id)
    check_not_oneself(person_id, acting_id())
    for grant in grants(person_id):
        if grant.ends_on >= today:
            end_role(grant.id, today=today)
    row.active = False
    end_ways_in(row)
    note("closed account", f"person {person_id}")


def forget_people(before: date) -> int:
    """Forget the name and address of closed accounts of which neither a role nor the audit speaks since a day.

    Gives how many were forgotten.
    """
    lately = select(GrantRow.person_id).where(GrantRow.ends_on >= before)
    since = AuditRow.at >= datetime.combine(before, time())
    spoken_of = (AuditRow.person_id == PersonRow.id) | (AuditRow.about == "person " + cast(PersonRow.id, String))
    closed = select(PersonRow).where(
        ~PersonRow.active, PersonRow.name != LEFT, PersonRow.id.not_in(lately), ~exists().where(since, spoken_of)
    )
    rows = db.session.scalars(closed).all()
    for row in rows:
        row.name, row.email = LEFT, f"left-{row.id}"
    return len(rows)
