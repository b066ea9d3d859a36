"""Claims, those that are open first, and what of them waits for the information officer."""

from datetime import date

from sqlalchemy import select

from engage.accounts.models import PersonRow
from engage.accounts.rules import Person, Role
from engage.claims.models import ClaimRow, ClaimStepRow
from engage.claims.rules.claims import Claim, Kind, Step
from engage.shared import db
from engage.shared.errors import NotFound
from engage.shared.waiting import Waiting
from engage.shared.words import N_

ADDRESS = "/desk/claims/"


def claims() -> list[Claim]:
    """Every claim without its words, open ones first, the next day first."""
    rows = db.session.scalars(select(ClaimRow).order_by(ClaimRow.closed_on.is_not(None), ClaimRow.due_on, ClaimRow.id))
    return [_claim(row) for row in rows]


def claim(claim_id: int) -> Claim:
    """Give one claim with its words and what was done. Raises `NotFound`."""
    row = db.session.get(ClaimRow, claim_id)
    if row is None:
        raise NotFound(N_("We do not know this claim"))
    steps = db.session.execute(
        select(ClaimStepRow.done_on, PersonRow.name, ClaimStepRow.words)
        .join(PersonRow, PersonRow.id == ClaimStepRow.person_id)
        .where(ClaimStepRow.claim_id == claim_id)
        .order_by(ClaimStepRow.id)
    )
    told = tuple(Step(day, name, words or "") for day, name, words in steps)
    return _claim(row, who=row.who or "", words=row.words or "", steps=told)


def waiting(person: Person, today: date) -> list[Waiting]:
    """What of the claims waits for the information officer."""
    if Role.INFORMATION not in person.roles:
        return []
    still = [one for one in claims() if one.closed_on is None]
    late = any(one.is_late(today) for one in still)
    since = min((one.received_on for one in still), default=None)
    return (
        [Waiting("Answer a claim about somebody's own details", len(still), since, ADDRESS, late=late)] if still else []
    )


def _claim(row: ClaimRow, **more: object) -> Claim:
    facts = (row.id, Kind(row.kind), row.received_on, row.due_on, row.acknowledged_on, row.closed_on, row.outcome)
    return Claim(*facts, **more)  # type: ignore[arg-type]
