"""Refuse what cannot be done, and keep a line of it in the audit although the page's own work is dropped."""

from typing import NoReturn

from engage.accounts.actions import audit_line
from engage.shared import db
from engage.shared.errors import EngageError


def remember(did: str, about: str, reason: str = "", *, person_id: int | None = None) -> None:
    """Write an audit line in its own transaction, whatever becomes of the page."""
    with db.apart() as own:
        own.add(audit_line(did, about, reason, person_id=person_id))


def refuse(error: EngageError, *, did: str, about: str, person_id: int | None = None) -> NoReturn:
    """Drop what was begun, write an audit line in its own transaction, and raise `error`."""
    db.session.rollback()
    remember(did, about, str(error), person_id=person_id)
    raise error
