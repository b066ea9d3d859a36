"""What waits for one person among concerns, actions and updates."""

from collections.abc import Callable
from datetime import date

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, func, select
from sqlalchemy.orm import InstrumentedAttribute

from engage.accounts.queries import people
from engage.accounts.rules import Person, Role
from engage.shared import db
from engage.shared.waiting import Waiting
from engage.youwesaid.models import ActionRow, ApprovalRow, ConcernHistoryRow, ConcernRow, UpdateRow
from engage.youwesaid.queries.actions import larger_ones
from engage.youwesaid.queries.desk import known_to, updates_for
from engage.youwesaid.rules.actions import GOING, OVER
from engage.youwesaid.rules.concerns import OPEN

Day = InstrumentedAttribute[date] | InstrumentedAttribute[date | None] | ScalarSelect[date]


def waiting(person: Person, today: date) -> list[Waiting]:
    """Everything in this feature that this person can act on now."""
    found = [line for role, ask in LISTS if role in person.roles for line in ask(person, today)]
    return [line for line in found if line.count]


def _for_voice(person: Person, today: date) -> list[Waiting]:
    late = and_(ConcernRow.state.in_(OPEN), ConcernRow.promised_on < today)
    sent_back = and_(UpdateRow.state == "draft", UpdateRow.id.in_(select(ApprovalRow.update_id)))
    wrong = and_(UpdateRow.state == "draft", UpdateRow.wrong != "")
    again = and_(ConcernRow.state == "proposed", ConcernRow.sent_back != "")
    unsaid, done_on = _done_without_words()
    return [
        _concerns(person, "We owe an answer", late, since=ConcernRow.promised_on, late=True),
        _concerns(person, "Say what was done: nothing is written since", unsaid, since=done_on),
        _updates(person, "Write again: an ambassador sent it back", sent_back),
        _updates(person, "Write again: a fact is wrong", wrong),
        _concerns(person, "Write a concern again: the panel sent it back", again, since=ConcernRow.said_on),
        _updates(person, "Check the facts of an update", _to_check(person)),
        _updates(person, "Publish an update", UpdateRow.state == "youth_approved"),
    ]


def _for_pqa(person: Person, today: date) -> list[Waiting]:
    others = ActionRow.agency_id.not_in(person.agencies)
    claimed = and_(ActionRow.state == "done_claimed", others, ActionRow.id.not_in(larger_ones()))
    overdue = and_(ActionRow.state.in_(GOING), ActionRow.due_on < today)
    proposed = and_(ConcernRow.state == "proposed", ConcernRow.sent_back == "", ConcernRow.proposed_by != person.id)
    return [
        _concerns(person, "Agree a concern", proposed, since=ConcernRow.said_on),
        _actions(person, "Look whether it is done", claimed, since=ActionRow.claimed_on),
        _actions(person, "Late actions of partners", overdue, since=ActionRow.due_on, late=True),
        _actions(person, "Hand over what nobody can answer", _unanswerable(), since=ActionRow.due_on),
    ]


def _for_agency(person: Person, today: date) -> list[Waiting]:
    own = and_(ActionRow.agency_id == person.agency_id, ActionRow.id.not_in(larger_ones()))
    going = and_(own, ActionRow.state.in_(GOING))
    late, due = and_(going, ActionRow.due_on < today), and_(going, ActionRow.due_on >= today)
    sent_back = and_(own, ActionRow.state == "in_progress", ActionRow.reason != "")
    left = and_(going, ActionRow.owner_id.not_in(_working(person.agency_id)))
    return [
        _actions(person, "Agree an action, or say why not", and_(own, ActionRow.state == "proposed"), since=None),
        _actions(person, "Sent back: say what is missing", sent_back, since=ActionRow.due_on),
        _actions(person, "Late: what you agreed to do", late, since=ActionRow.due_on, late=True),
        _actions(person, "Take over from somebody who left", left, since=ActionRow.due_on),
        _updates(person, "Check the facts of what is told about it", _to_check(person)),
        _actions(person, "What you agreed to do", due, since=None),
    ]


def _for_ambassador(person: Person, today: date) -> list[Waiting]:  # noqa: ARG001  (one shape for every role)
    mine = select(ApprovalRow.update_id).where(ApprovalRow.person_id == person.id)
    checked = and_(UpdateRow.state == "fact_checked", UpdateRow.id.not_in(mine), UpdateRow.written_by != person.id)
    return [_updates(person, "Read words before they go out", checked)]


def _concerns(person: Person, words: str, which: ColumnElement[bool], *, since: Day, late: bool = False) -> Waiting:
    known = ConcernRow.id.in_(_known_ids(person))
    rows = select(func.count(ConcernRow.id), func.min(since))
    rows = rows.where(which, known, ConcernRow.merged_into_id.is_(None))
    count, oldest = db.session.execute(rows).tuples().one()
    return Waiting(words, count, oldest, "/desk/concerns/", late)


def _actions(
    person: Person, words: str, which: ColumnElement[bool], *, since: Day | None, late: bool = False
) -> Waiting:
    oldest, known = func.min(ActionRow.due_on if since is None else since), ActionRow.concern_id.in_(_known_ids(person))
    count, day = db.session.execute(select(func.count(ActionRow.id), oldest).where(which, known)).tuples().one()
    return Waiting(words, count, None if since is None else day, "/desk/actions/", late)


def _updates(person: Person, words: str, which: ColumnElement[bool]) -> Waiting:
    known = UpdateRow.id.in_(updates_for(person).with_only_columns(UpdateRow.id))
    rows = select(func.count(UpdateRow.id), func.min(UpdateRow.written_on)).where(which, known)
    count, oldest = db.session.execute(rows).tuples().one()
    return Waiting(words, count, oldest, "/desk/updates/")


def _to_check(person: Person) -> ColumnElement[bool]:
    """Drafts whose facts somebody else looks at: neither sent back by an ambassador nor found wrong."""
    sent_back = UpdateRow.id.in_(select(ApprovalRow.update_id))
    return and_(UpdateRow.state == "draft", UpdateRow.wrong == "", ~sent_back, UpdateRow.written_by != person.id)


def _done_without_words() -> tuple[ColumnElement[bool], ScalarSelect[date]]:
    """Concerns that say "done" while no words were written since that day, and that day."""
    line = and_(ConcernHistoryRow.concern_id == ConcernRow.id, ConcernHistoryRow.state == "done")
    done_on = select(func.max(ConcernHistoryRow.on)).where(line, ConcernHistoryRow.words == "").scalar_subquery()
    kept = UpdateRow.state.not_in(("withdrawn", "replaced"))
    written = select(UpdateRow.id).where(UpdateRow.concern_id == ConcernRow.id, kept, UpdateRow.written_on >= done_on)
    return and_(ConcernRow.state == "done", ~written.exists()), done_on


def _working(agency_id: int | None) -> list[int]:
    return [one.id for one in people(Role.AGENCY) if one.agency_id == agency_id]


def _unanswerable() -> ColumnElement[bool]:
    staffed = [one.agency_id for one in people(Role.AGENCY) if one.agency_id is not None]
    return and_(ActionRow.state.not_in(OVER), ActionRow.agency_id.not_in(staffed))


def _known_ids(person: Person) -> Select[tuple[int]]:
    return known_to(person).with_only_columns(ConcernRow.id)


LISTS: tuple[tuple[Role, Callable[[Person, date], list[Waiting]]], ...] = (
    (Role.VOICE, _for_voice),
    (Role.PQA, _for_pqa),
    (Role.AGENCY, _for_agency),
    (Role.AMBASSADOR, _for_ambassador),
)
