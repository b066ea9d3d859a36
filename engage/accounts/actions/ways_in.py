"""The ways in of one person: how a password is kept, and each place where they are signed in."""

import secrets
from datetime import datetime
from unicodedata import normalize
from uuid import uuid4

from flask_security import hash_password
from sqlalchemy import delete

from engage.accounts.actions.auditing import note
from engage.accounts.models import InvitationRow, PersonRow, SignInRow
from engage.accounts.queries import place_hash
from engage.accounts.rules import AT_MOST
from engage.shared import db
from engage.shared.clock import bare
from engage.shared.errors import NotFound
from engage.shared.words import N_


def account_of(person_id: int) -> PersonRow:
    """Give the row of somebody who may sign in. Raises `NotFound`."""
    row = db.session.get(PersonRow, person_id)
    if row is None or not row.active:
        raise NotFound(N_("We do not know this person"))
    return row


def hashed(password: str) -> str:
    """Give the hash of a password as the sign-in page will spell it: one keyboard's accents are another's two signs."""
    kept: str = hash_password(normalize("NFKD", password))
    return kept


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
    end_everywhere(account_of(person_id).id)
    note("ended every sign-in", f"person {person_id}")


def end_invitation(person_id: int) -> None:
    """End the link of an invitation that somebody has not used: they have another way in, or none any more."""
    db.session.execute(delete(InvitationRow).where(InvitationRow.person_id == person_id))


def end_ways_in(row: PersonRow) -> None:
    """End every way in of somebody: password, second step, recovery codes, passkeys, invitation, and where they are."""
    row.password = row.password_until = None
    row.choose_password, row.fs_uniquifier, row.webauthn = False, uuid4().hex, []
    row.tf_primary_method = row.tf_totp_secret = row.mf_recovery_codes = row.last_step = None
    end_everywhere(row.id)
    end_invitation(row.id)


def forget_sign_ins(at: datetime) -> int:
    """Forget places where nobody can be signed in any more and invitations that are over; gives how many."""
    old = db.session.execute(delete(SignInRow).where(SignInRow.began_at < bare(at - AT_MOST)))
    over = db.session.execute(delete(InvitationRow).where(InvitationRow.useful_until < bare(at)))
    return old.rowcount + over.rowcount  # type: ignore[attr-defined, no-any-return]
