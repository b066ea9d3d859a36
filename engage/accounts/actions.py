"""Add people, give and end roles, write the audit."""

import secrets
from datetime import date, datetime, time, timedelta
from uuid import uuid4

from flask_security import hash_password
from sqlalchemy import String, cast, exists, select

from engage.accounts import chain
from engage.accounts.models import AgencyRow, AuditRow, GrantRow, PersonRow
from engage.accounts.queries import grants, people, person_by_id, signed_in
from engage.accounts.rules import (
    NewPerson,
    Role,
    check_agency_needed,
    check_dates,
    check_not_oneself,
    check_roles_together,
)
from engage.shared import db, outbox
from engage.shared.clock import now
from engage.shared.errors import NotFound, NotValid
from engage.shared.outbox import NewLetter
from engage.shared.words import N_

LEFT = "Somebody who left"
KIND = "sign-in changed"
TOLD = """{admin} {did}.

If nobody expected that, ask them today, and look at what was opened since.
"""


def note(did: str, about: str, reason: str = "") -> None:
    """Write who did what to what, and why, with the page's own transaction; never the content."""
    db.session.add(audit_line(did, about, reason, person_id=_acting_id()))


def audit_line(did: str, about: str, reason: str = "", *, person_id: int | None) -> AuditRow:
    """Give one line of the audit, not yet kept."""
    at = now().replace(tzinfo=None)
    return AuditRow(at=at, person_id=person_id, did=did[:80], about=about[:120], reason=reason[:300])


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


def welcome(new: NewPerson, *, today: date) -> int:
    """Add somebody with their first role from today, and give their id. Raises `NotAllowed`, `NotValid`."""
    person_id = add_person(name=new.name, email=new.email, agency_id=new.agency_id)
    grant_role(person_id, role=new.role, starts_on=today, ends_on=new.ends_on)
    return person_id


def grant_role(person_id: int, *, role: Role, starts_on: date, ends_on: date) -> int:
    """Give somebody a role until a last day, and give the grant's id. Raises `NotAllowed`, `NotFound`, `NotValid`."""
    person = person_by_id(person_id)
    check_not_oneself(person_id, _acting_id())
    check_dates(starts_on, ends_on)
    check_agency_needed(role, person.agency_id)
    check_roles_together(role, [grant.role for grant in grants(person_id) if grant.ends_on >= starts_on])
    taken = select(GrantRow).where(GrantRow.person_id == person_id, GrantRow.role == role)
    row = db.session.scalar(taken.where(GrantRow.starts_on == starts_on))
    if row is None:
        row = GrantRow(person_id=person_id, role=role, starts_on=starts_on)
        db.session.add(row)
    row.ends_on = ends_on
    db.session.flush()
    note("gave role", f"person {person_id}: {role} until {ends_on}")
    if role is Role.SAFEGUARDING:
        _tell(f"made {person.name} a safeguarding lead until {ends_on}", but=person_id)
    return row.id


def end_role(grant_id: int, *, today: date) -> None:
    """End a role now: it counts no more from the next click. Raises `NotAllowed`, `NotFound`."""
    row = db.session.get(GrantRow, grant_id)
    if row is None:
        raise NotFound(N_("Nobody holds this role any more"))
    check_not_oneself(row.person_id, _acting_id())
    note("ended role", f"person {row.person_id}: {row.role}")
    if row.starts_on < today:
        row.ends_on = today - timedelta(days=1)
    else:
        db.session.delete(row)


def first_password(person_id: int) -> str:
    """Give somebody a new first password, to be told to them and changed by them; their second step starts again.

    Everywhere they are signed in ends, and they and the safeguarding leads are written to: whoever knows the new
    password is them until they change it. Raises `NotFound`.
    """
    row = _row(person_id)
    if row.password:
        _tell(f"gave {row.name} a new first password", also=row.email)
    words = "-".join(secrets.token_hex(2) for _ in range(4))
    row.password, row.choose_password, row.fs_uniquifier = hash_password(words), True, uuid4().hex
    row.tf_primary_method = row.tf_totp_secret = row.mf_recovery_codes = row.last_step = None
    note("gave a first password", f"person {person_id}")
    return words


def close_account(person_id: int, *, today: date) -> None:
    """Let somebody who leaves sign in no more, and end their roles. Raises `NotAllowed`, `NotFound`."""
    row = _row(person_id)
    check_not_oneself(person_id, _acting_id())
    for grant in grants(person_id):
        if grant.ends_on >= today:
            end_role(grant.id, today=today)
    row.active, row.password, row.fs_uniquifier = False, None, uuid4().hex
    note("closed account", f"person {person_id}")


def forget_audit(before: date) -> int:
    """Forget lines of the audit from before a day, and give how many."""
    return chain.forget_before(before)


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


def _row(person_id: int) -> PersonRow:
    row = db.session.get(PersonRow, person_id)
    if row is None or not row.active:
        raise NotFound(N_("We do not know this person"))
    return row


def _tell(did: str, *, also: str = "", but: int | None = None) -> None:
    """Write to every safeguarding lead that an administrator made somebody able to sign in as, or to be, one of us."""
    admin = signed_in()
    if admin is None:
        return
    leads = {lead.email for lead in people(Role.SAFEGUARDING) if lead.id != but}
    for address in sorted(leads | ({also} if also else set())):
        outbox.write(NewLetter(KIND, address, "A sign-in was changed", TOLD.format(admin=admin.name, did=did)))


def _acting_id() -> int | None:
    person = signed_in()
    return person.id if person else None
