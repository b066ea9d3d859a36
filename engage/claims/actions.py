"""Take a claim in, say that it arrived, write down what was done, close it, forget it."""

from datetime import date
from typing import cast

from sqlalchemy import delete, select, update

from engage.accounts.actions import note
from engage.accounts.rules import Person
from engage.claims.models import ClaimRow, ClaimStepRow
from engage.claims.queries import claim
from engage.claims.rules.claims import NewClaim, answered_by, check_may_close, check_open, check_received
from engage.shared import db


def take_in(new: NewClaim, *, today: date) -> int:
    """Take a claim in, and give its id. Raises `NotValid`."""
    check_received(new.received_on, today)
    row = ClaimRow(
        kind=new.kind,
        received_on=new.received_on,
        due_on=answered_by(new.kind, new.received_on),
        who=new.who,
        words=new.words,
    )
    db.session.add(row)
    db.session.flush()
    note(f"took in a claim: {new.kind}", f"claim {row.id}", f"to be answered by {row.due_on}")
    return row.id


def acknowledge(claim_id: int, *, today: date) -> None:
    """Write down that they were told it arrived. Raises `NotFound`, `NotOpen`."""
    row = _held(claim_id)
    if row.acknowledged_on is None:
        row.acknowledged_on = today
        note("said that a claim arrived", f"claim {claim_id}")


def add_step(claim_id: int, words: str, *, by: Person, today: date) -> None:
    """Write down what was done. Raises `NotFound`, `NotOpen`."""
    _held(claim_id)
    db.session.add(ClaimStepRow(claim_id=claim_id, done_on=today, person_id=by.id, words=words))
    note("did something about a claim", f"claim {claim_id}")


def close(claim_id: int, outcome: str, words: str, *, by: Person, today: date) -> None:
    """Close a claim with how it ended and what they were told. Raises `NotFound`, `NotOpen`, `NotValid`."""
    row = _held(claim_id)
    check_may_close(claim(claim_id), outcome)
    db.session.add(ClaimStepRow(claim_id=claim_id, done_on=today, person_id=by.id, words=words))
    row.outcome, row.closed_on = outcome, today
    note(f"closed a claim: {outcome}", f"claim {claim_id}")


def forget_claims(before: date) -> int:
    """Forget who asked, what, and what was done, of claims closed before a day, and give how many."""
    over = select(ClaimRow.id).where(ClaimRow.closed_on < before, ClaimRow.who.is_not(None))
    ids = db.session.scalars(over).all()
    db.session.execute(delete(ClaimStepRow).where(ClaimStepRow.claim_id.in_(ids)))
    db.session.execute(update(ClaimRow).where(ClaimRow.id.in_(ids)).values(who=None, words=None))
    return len(ids)


def _held(claim_id: int) -> ClaimRow:
    row = db.locked(ClaimRow, claim_id)
    check_open(claim(claim_id))
    return cast("ClaimRow", row)  # `claim` raises where there is none
