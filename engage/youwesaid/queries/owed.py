"""How much an agency owes, in counts."""

from collections import Counter
from datetime import date

from sqlalchemy import select

from engage.accounts.rules import Person
from engage.shared import db
from engage.youwesaid.models import ActionRow, ConcernRow
from engage.youwesaid.queries.actions import larger_ones
from engage.youwesaid.queries.desk import known_to
from engage.youwesaid.rules.actions import OVER, is_late, pile_of


def owed(person: Person, today: date) -> Counter[str]:
    """How many actions of a person's agency lie on which pile; steps count instead of what follows them.

    What is about their agency and not released counts nowhere: a number would tell that it is there.
    """
    known = known_to(person).with_only_columns(ConcernRow.id)
    rows = db.session.execute(
        select(ActionRow.state, ActionRow.due_on, ActionRow.reason)
        .where(ActionRow.agency_id == person.agency_id, ActionRow.concern_id.in_(known))
        .where(ActionRow.state.not_in(OVER), ActionRow.id.not_in(larger_ones()))
        .order_by(ActionRow.id)
    ).tuples()
    return Counter(_pile(state, due_on, sent_back=bool(reason), today=today) for state, due_on, reason in rows)


def _pile(state: str, due_on: date | None, *, sent_back: bool, today: date) -> str:
    late = is_late(state, due_on, today=today)
    return pile_of(state, due_on, late=late, sent_back=sent_back and state == "in_progress", today=today)
