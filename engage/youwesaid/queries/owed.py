"""How much each agency owes, in counts."""

from collections import Counter
from datetime import date

from sqlalchemy import select

from engage.shared import db
from engage.youwesaid.models import ActionRow
from engage.youwesaid.queries.actions import larger_ones
from engage.youwesaid.rules.actions import OVER, is_late, pile_of


def owed(today: date) -> dict[int, Counter[str]]:
    """By agency: how many of its actions lie on which pile; what follows its steps is not counted beside them."""
    rows = db.session.execute(
        select(ActionRow.agency_id, ActionRow.state, ActionRow.due_on, ActionRow.reason)
        .where(ActionRow.state.not_in(OVER), ActionRow.id.not_in(larger_ones()))
        .order_by(ActionRow.id)
    ).tuples()
    found: dict[int, Counter[str]] = {}
    for agency_id, state, due_on, reason in rows:
        late = is_late(state, due_on, today=today)
        sent_back = state == "in_progress" and bool(reason)
        pile = pile_of(state, due_on, late=late, sent_back=sent_back, today=today)
        found.setdefault(agency_id, Counter())[pile] += 1
    return found
