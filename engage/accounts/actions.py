"""Add people, give and end roles, write the audit."""

import secrets
from datetime import date, datetime, time, timedelta
from uuid import uuid4

from flask_security import hash_password
from sqlalchemy import String, cast, delete, exists, select

from engage.accounts import chain
from engage.accounts.models import AgencyRow, AuditRow, GrantRow, InvitationRow, PersonRow, SignInRow
from engage.accounts.queries import (
    USED,
    grants,
    invitation_hash,
    invited,
    named_here,
    people,
    person_by_id,
    place_hash,
    signed_in,
)
from engage.accounts.rules import (
    AT_MOST,
    INVITED_FOR,
    ROLE_NAMES,
    TOLD_OF,
    NewPerson,
    Role,
    check_agency_needed,
    check_agency_of_role,
    check_dates,
    check_not_oneself,
    check_one_agency,
    check_roles_together,
)
from engage.shared import db, outbox
from engage.shared.clock import bare, now
from engage.shared.errors import NotFound, NotValid
from engage.shared.outbox import NewLetter
from engage.shared.words import N_

LEFT = "Somebody who left"
KIND = "sign-in changed"
INVITATION = """You were added to Engage, where young people's answers are read.

Choose your password here, within {days} days: {link}

The link works once. If you expected nothing like this, tell whoever runs Engage at your partnership.
"""
TOLD = """{admin} {did}.

If nobody expected that, ask them today, and look at what was opened since.
"""


def note(did: str, about: str, reason: str = "") -> None:
    """Write who did what to what, and why, with the page's own transaction; never the content."""
    db.session.add(audit_line(did, about, reason or named_here(), person_id=_acting_id()))


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


def grant_role(person_id: int, *, role: Role, starts_on: date, ends_on: date, agency_id: int | None = None) -> int:
    """Give somebody a role until a last day, and give the grant's id; the leads hear of one that opens what was said.

    A partner's role is for the agency they work for, or for the one that is named. Raises `NotAllowed`, `NotFound`,
    `NotValid`.
    """
    person, held = person_by_id(person_id), grants(person_id)
    check_not_oneself(person_id, _acting_id())
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
        _tell(f"gave {person.name} the role “{ROLE_NAMES[role]}” until {ends_on}", but=person_id)
    return row.id


def end_role(grant_id: int, *, today: date) -> None:
    """End a role now: it counts no more from the next click. Raises `NotAllowed`, `NotFound`."""
    row = db.session.get(GrantRow, grant_id)
    if row is None:
        raise NotFound(N_("Nobody holds this role any more"))
    check_not_oneself(row.person_id, _acting_id())
    if row.role == Role.SAFEGUARDING and row.ends_on >= today:
        _tell(f"ended the role of {_name(row.person_id)} as safeguarding lead")
    note("ended role", f"person {row.person_id}: {row.role}")
    if row.starts_on < today:
        row.ends_on = today - timedelta(days=1)
    else:
        db.session.delete(row)


def first_password(person_id: int) -> str:
    """Give somebody a new first password, to be told to them and changed by them within the days of an invitation.

    Their second step starts again, their passkeys and every place where they are signed in end, and they and the
    safeguarding leads are written to: whoever knows the new password is them until they change it. Raises `NotFound`.
    """
    row = _row(person_id)
    if row.password:
        _tell(f"gave {row.name} a new first password", also=row.email)
    words = "-".join(secrets.token_hex(2) for _ in range(4))
    row.password, row.choose_password, row.fs_uniquifier = hash_password(words), True, uuid4().hex
    row.password_until = bare(now() + INVITED_FOR)
    row.tf_primary_method = row.tf_totp_secret = row.mf_recovery_codes = row.last_step = None
    row.webauthn = []
    end_everywhere(person_id)
    note("gave a first password", f"person {person_id}")
    return words


def invite(person_id: int, *, at: datetime) -> None:
    """Write somebody a letter whose link lets them choose a password; the links of earlier letters end.

    The administrator never learns a password. Where there is one already, the safeguarding leads are written to as
    well. Raises `NotFound`.
    """
    row = _row(person_id)
    if row.password:
        _tell(f"invited {row.name} to choose a new password")
    key = secrets.token_urlsafe(32)
    db.session.execute(delete(InvitationRow).where(InvitationRow.person_id == person_id))
    until = bare(at + INVITED_FOR)
    db.session.add(InvitationRow(key_hash=invitation_hash(key), person_id=person_id, useful_until=until))
    body = INVITATION.format(link=outbox.link(f"/desk/invited/{key}"), days=INVITED_FOR.days)
    outbox.write(NewLetter("invitation", row.email, "Choose your password for Engage", body))
    note("invited", f"person {person_id}")


def accept_invitation(key: str, password: str, *, at: datetime) -> None:
    """Give whoever was invited the password they chose, once. Raises `NotFound`."""
    row = _row(invited(key, at=at).id)
    kept = delete(InvitationRow).where(InvitationRow.key_hash == invitation_hash(key))
    if not db.session.execute(kept).rowcount:  # type: ignore[attr-defined]  # somebody used it a moment ago
        raise NotFound(USED)
    row.password, row.choose_password, row.password_until = hash_password(password), False, None
    db.session.execute(delete(InvitationRow).where(InvitationRow.person_id == row.id))
    end_everywhere(row.id)
    db.session.add(audit_line("chose a password by invitation", f"person {row.id}", person_id=row.id))


def begin_sign_in(person_id: int, *, at: datetime) -> str:
    """Keep that somebody is signed in at a new place, and give the key that goes into its cookie."""
    key = secrets.token_urlsafe(32)
    moment = bare(at)
    db.session.add(SignInRow(key_hash=place_hash(key), person_id=person_id, began_at=moment, seen_at=moment))
    return key


def end_here(key: str) -> None:
    """End the place of a cookie's key: a copy of the cookie, here or elsewhere, opens nothing any more."""
    db.session.execute(delete(SignInRow).where(SignInRow.key_hash == place_hash(key)))


def end_place(place_id: int, *, of: int) -> None:
    """End one place where somebody is signed in. Raises `NotFound` for a place that is not theirs, or ended."""
    row = db.session.get(SignInRow, place_id)
    if row is None or row.person_id != of:
        raise NotFound(N_("You are signed in there no more."))
    db.session.delete(row)
    note("ended a sign-in", f"person {of}")


def end_everywhere(person_id: int, *, but: str = "") -> None:
    """End every place where somebody is signed in; the one of the key `but` goes on."""
    others = SignInRow.key_hash != place_hash(but)
    db.session.execute(delete(SignInRow).where(SignInRow.person_id == person_id, others))


def end_all(person_id: int) -> None:
    """End every place where somebody is signed in, and note who ended it. Raises `NotFound`."""
    end_everywhere(_row(person_id).id)
    note("ended every sign-in", f"person {person_id}")


def forget_sign_ins(at: datetime) -> int:
    """Forget places where nobody can be signed in any more and invitations that are over; gives how many."""
    old = db.session.execute(delete(SignInRow).where(SignInRow.began_at < bare(at - AT_MOST)))
    over = db.session.execute(delete(InvitationRow).where(InvitationRow.useful_until < bare(at)))
    return old.rowcount + over.rowcount  # type: ignore[attr-defined, no-any-return]


def close_account(person_id: int, *, today: date) -> None:
    """Let somebody who leaves sign in no more, and end their roles. Raises `NotAllowed`, `NotFound`."""
    row = _row(person_id)
    check_not_oneself(person_id, _acting_id())
    for grant in grants(person_id):
        if grant.ends_on >= today:
            end_role(grant.id, today=today)
    row.active, row.password, row.fs_uniquifier, row.webauthn = False, None, uuid4().hex, []
    end_everywhere(person_id)
    db.session.execute(delete(InvitationRow).where(InvitationRow.person_id == person_id))
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


def _name(person_id: int) -> str:
    return db.session.get_one(PersonRow, person_id).name


def _tell(did: str, *, also: str = "", but: int | None = None) -> None:
    """Write to every safeguarding lead that an administrator made somebody able to sign in as, or to be, one of us."""
    admin = signed_in()
    who = admin.name if admin else named_here()
    if not who:
        return
    leads = {lead.email for lead in people(Role.SAFEGUARDING) if lead.id != but}
    for address in sorted(leads | ({also} if also else set())):
        outbox.write(NewLetter(KIND, address, "A sign-in was changed", TOLD.format(admin=who, did=did)))


def _acting_id() -> int | None:
    person = signed_in()
    return person.id if person else None
