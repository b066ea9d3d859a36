"""What each agency agreed to do, counted: under way, late, waiting for somebody to look, done."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from engage.accounts.queries import agencies
from engage.accounts.rules import Person
from engage.shared import db
from engage.youwesaid.models import ActionRow, ConcernRow
from engage.youwesaid.queries.actions import larger_ones
from engage.youwesaid.queries.desk import known_to

GOING = frozenset({"agreed", "in_progress"})


@dataclass(frozen=True)
class AgencyLine:
    """The actions of one agency: `late_since` is the day the oldest late one was due."""

    agency: str
    asked: int
    going: int
    late: int
    late_since: date | None
    claimed: int
    verified: int
    not_done: int


def by_agency(person: Person, *, today: date) -> list[AgencyLine]:
    """Every agency that was asked to act on a concern this person may know of: the latest first, then by name."""
    known = known_to(person).with_only_columns(ConcernRow.id)
    asked = select(ActionRow.agency_id, ActionRow.state, ActionRow.due_on).where(ActionRow.concern_id.in_(known))
    asked = asked.where(ActionRow.id.not_in(larger_ones()))
    found: dict[int, list[tuple[str, date | None]]] = {}
    for agency_id, state, due_on in db.session.execute(asked.order_by(ActionRow.id)):
        found.setdefault(agency_id, []).append((state, due_on))
    names = {one.id: one.name for one in agencies()}
    lines = [_line(names.get(agency_id, ""), actions, today) for agency_id, actions in found.items()]
    return sorted(lines, key=lambda line: (-line.late, line.late_since or today, line.agency))


def _line(agency: str, actions: list[tuple[str, date | None]], today: date) -> AgencyLine:
    states = [state for state, _ in actions]
    late = [due for state, due in actions if state in GOING and due is not None and due < today]
    return AgencyLine(
        agency=agency,
        asked=states.count("proposed"),
        going=sum(state in GOING for state in states),
        late=len(late),
        late_since=min(late, default=None),
        claimed=states.count("done_claimed"),
        verified=states.count("done_verified"),
        not_done=states.count("not_done"),
    )
