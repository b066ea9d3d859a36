"""Say that a speaker has checked a language, or take that back."""

import json
from datetime import date

from sqlalchemy import select

from engage.accounts.actions import note
from engage.accounts.rules import Person
from engage.shared import db
from engage.shared.errors import NotOpen
from engage.surveys.models import SignOffRow
from engage.surveys.queries.sign_offs import worded_as
from engage.surveys.rules.sign_offs import NewSignOff, marks_of, seal_of


def sign_off(about: str, language: str, new: NewSignOff, *, by: Person, today: date) -> None:
    """Answer for every text of a language as it was seen. Raises `NotFound`, `NotOpen`."""
    said = worded_as(about, language).said(language)
    if seal_of(said) != new.seen:
        raise NotOpen("Its words changed while you read. Look at them again, then sign it off")
    row = _row(about, language) or SignOffRow(about=about, language=language)
    row.marks, row.note = json.dumps(marks_of(said), separators=(",", ":")), new.note
    row.signed_by, row.signed_on = by.id, today
    db.session.add(row)
    db.session.flush()
    note("signed off a language", f"{language}, {about}")


def take_back(about: str, language: str) -> None:
    """Let a language be unchecked again. Raises `NotOpen` where nobody has signed it off."""
    row = _row(about, language)
    if row is None:
        raise NotOpen("Nobody has signed this language off")
    db.session.delete(row)
    db.session.flush()
    note("took back the sign-off of a language", f"{language}, {about}")


def _row(about: str, language: str) -> SignOffRow | None:
    found = select(SignOffRow.id).where(SignOffRow.about == about, SignOffRow.language == language)
    return db.locked(SignOffRow, known) if (known := db.session.scalar(found)) else None
