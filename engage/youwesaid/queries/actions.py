"""Actions as staff read them: an agency its own, with their steps, the next due first."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, select

from engage.accounts.queries import people
from engage.accounts.rules import Person, Role
from engage.shared import db
from engage.shared.errors import NotFound
from engage.shared.words import N_
from engage.youwesaid.models import ActionRow, ConcernRow
from engage.youwesaid.queries.desk import Names, known_to
from engage.youwesaid.rules.actions import GOING, OVER, is_late, pile_of

THERE_IS_NONE = N_("There is no such action, or it is another agency's.")


@dataclass(frozen=True)
class Action:
    """What one agency agreed to do, with the names people know; `late_step` when one of its steps is late.

    `lacks` is empty, "owner" when who does it has left, or "agency" when nobody of its agency can sign in.
    """

    id: int
    concern_id: int
    concern: str
    parent_id: int | None
    agency_id: int
    agency: str
    owner_id: int | None
    owner: str
    what: str
    state: str
    due_on: date | None
    evidence: str
    reason: str
    late: bool
    late_step: bool
    lacks: str
    pile: str


def actions(person: Person, *, today: date, concern_id: int | None = None) -> list[Action]:
    """The actions this person may see (an agency its own only), the next due first and what is over last."""
    over = ActionRow.state.in_(OVER)
    rows = _seen(person).order_by(over, ActionRow.due_on.is_(None), ActionRow.due_on, ActionRow.id)
    return _records(rows if concern_id is None else rows.where(ActionRow.concern_id == concern_id), today)


def action(action_id: int, person: Person, *, today: date) -> Action:
    """One action. Raises `NotFound` when there is none or it is another agency's."""
    found = _records(_seen(person).where(ActionRow.id == action_id), today)
    if not found:
        raise NotFound(THERE_IS_NONE)
    return found[0]


def steps(action_id: int, *, today: date) -> list[Action]:
    """The steps of an action, in the order they were asked for; ask for the action itself before."""
    rows = _joined().where(ActionRow.parent_id == action_id).order_by(ActionRow.id)
    return _records(rows, today)


def larger_ones() -> Select[tuple[int | None]]:
    """The ids of the actions that follow their steps: whoever counts what agencies do counts the steps."""
    return select(ActionRow.parent_id).where(ActionRow.parent_id.is_not(None))


def seen_by(person: Person) -> Select[tuple[int]]:
    """The ids of the actions this person may see."""
    return _seen(person).with_only_columns(ActionRow.id)


def _joined() -> Select[tuple[ActionRow, str]]:
    return select(ActionRow, ConcernRow.title).join(ConcernRow, ConcernRow.id == ActionRow.concern_id)


def _seen(person: Person) -> Select[tuple[ActionRow, str]]:
    known = known_to(person).with_only_columns(ConcernRow.id)
    rows = _joined().where(ActionRow.concern_id.in_(known))
    return rows.where(ActionRow.agency_id == person.agency_id) if person.roles <= {Role.AGENCY} else rows


@dataclass(frozen=True)
class _Around:
    """What is known besides the rows: names, who works for which agency today, which actions wait for a late step."""

    names: Names
    agency_of: dict[int, int | None]
    late_steps: frozenset[int]
    today: date


def _records(rows: Select[tuple[ActionRow, str]], today: date) -> list[Action]:
    found = db.session.execute(rows).tuples().all()
    working = {one.id: one.agency_id for one in people(Role.AGENCY)}
    around = _Around(Names.load(), working, _with_late_steps([row.id for row, _ in found], today), today)
    return [_record(row, title, around) for row, title in found]


def _record(one: ActionRow, title: str, around: _Around) -> Action:
    names, today = around.names, around.today
    late_step = one.id in around.late_steps
    late = not late_step and is_late(one.state, one.due_on, today=today)
    sent_back = one.state == "in_progress" and bool(one.reason)
    return Action(
        one.id, one.concern_id, title, one.parent_id, one.agency_id, names.agencies.get(one.agency_id, ""),
        one.owner_id, names.people.get(one.owner_id or 0, ""),
        one.what, one.state, one.due_on, one.evidence, one.reason, late, late_step,
        lacks=_lacks(one, around.agency_of),
        pile=pile_of(one.state, one.due_on, late=late, sent_back=sent_back, today=today),
    )  # fmt: skip


def _lacks(one: ActionRow, agency_of: dict[int, int | None]) -> str:
    if one.state in OVER:
        return ""
    if one.agency_id not in agency_of.values():
        return "agency"
    left = one.owner_id is not None and agency_of.get(one.owner_id) != one.agency_id
    return "owner" if left and one.state in GOING else ""


def _with_late_steps(action_ids: list[int], today: date) -> frozenset[int]:
    late = select(ActionRow.parent_id).where(ActionRow.parent_id.in_(action_ids), ActionRow.due_on < today)
    found = db.session.scalars(late.where(ActionRow.state.in_(GOING)))
    return frozenset(parent for parent in found if parent is not None)
