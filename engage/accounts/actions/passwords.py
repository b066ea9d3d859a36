"""Give passwords: a first one by an administrator, or one's own by an invitation."""

import secrets
from datetime import datetime

from sqlalchemy import delete

from engage.accounts.actions.auditing import audit_line, note
from engage.accounts.actions.telling import tell_leads
from engage.accounts.actions.ways_in import account_of, end_everywhere, end_invitation, end_ways_in, hashed
from engage.accounts.models import InvitationRow
from engage.accounts.queries import USED, invitation_hash, invited
from engage.accounts.rules import INVITED_FOR
from engage.shared import db, outbox
from engage.shared.clock import bare, now
from engage.shared.errors import NotFound
from engage.shared.outbox import NewLetter

INVITATION = """You were added to Engage, where young people's answers are read.

Choose your password here, within {days} days: {link}

The link works once. If you expected nothing like this, tell whoever runs Engage at your partnership.
"""


def first_password(person_id: int) -> str:
    """Give somebody a new first password, to be told to them and changed by them within the days of an invitation.

    Their second step starts again, their passkeys, the link of an invitation and every place where they are signed in
    end, and they and the safeguarding leads are written to: whoever knows the new password is them until they change
    it. Raises `NotFound`.
    """
    row = account_of(person_id)
    if row.password:
        tell_leads(f"gave {row.name} a new first password", also=row.email)
    words = "-".join(secrets.token_hex(2) for _ in range(4))
    end_ways_in(row)
    row.password, row.choose_password, row.password_until = hashed(words), True, bare(now() + INVITED_FOR)
    note("gave a first password", f"person {person_id}")
    return words


def invite(person_id: int, *, at: datetime) -> None:
    """Write somebody a letter whose link lets them choose a password; the links of earlier letters end.

    The administrator never learns a password. Where there is one already, the safeguarding leads are written to as
    well. Raises `NotFound`.
    """
    row = account_of(person_id)
    if row.password:
        tell_leads(f"invited {row.name} to choose a new password")
    key = secrets.token_urlsafe(32)
    end_invitation(person_id)
    until = bare(at + INVITED_FOR)
    db.session.add(InvitationRow(key_hash=invitation_hash(key), person_id=person_id, useful_until=until))
    body = INVITATION.format(link=outbox.link(f"/desk/invited/{key}"), days=INVITED_FOR.days)
    outbox.write(NewLetter("invitation", row.email, "Choose your password for Engage", body))
    note("invited", f"person {person_id}")


def accept_invitation(key: str, password: str, *, at: datetime) -> None:
    """Give whoever was invited the password they chose, once. Raises `NotFound`."""
    row = account_of(invited(key, at=at).id)
    kept = delete(InvitationRow).where(InvitationRow.key_hash == invitation_hash(key))
    if not db.session.execute(kept).rowcount:  # type: ignore[attr-defined]  # somebody used it a moment ago
        raise NotFound(USED)
    row.password, row.choose_password, row.password_until = hashed(password), False, None
    end_invitation(row.id)
    end_everywhere(row.id)
    db.session.add(audit_line("chose a password by invitation", f"person {row.id}", person_id=row.id))
