"""Break an action into steps of one or several agencies; the larger action is as slow as its slowest step."""

from collections.abc import Sequence

from sqlalchemy import select

from engage.accounts.queries import people
from engage.accounts.rules import Role
from engage.shared import db
from engage.shared.errors import NotFound
from engage.shared.words import N_
from engage.youwesaid.actions import concern
from engage.youwesaid.models import ActionRow
from engage.youwesaid.rules.actions import check_can_answer, check_may_have_steps, last_day, slowest
from engage.youwesaid.rules.states import ACTION

FOLLOWED = N_("Each of its steps says how one can see it.")
GIVEN_UP = N_("Every step was given up: each says why.")


def people_of(agency_id: int) -> set[int]:
    """Who works for an agency today and can own what it agrees to."""
    return {one.id for one in people(Role.AGENCY) if one.agency_id == agency_id}


def add(action_id: int, *, agency_id: int, what: str) -> int:
    """Ask an agency for one step of an action; it is theirs to agree. Raises `NotFound`, `NotOpen`, `NotValid`."""
    parent = db.locked(ActionRow, action_id)
    if parent is None:
        raise NotFound(N_("There is no such action, or it is another agency's."))
    check_may_have_steps(parent.parent_id, parent.state)
    check_can_answer(people_of(agency_id))
    concern.hold_open(parent.concern_id)
    row = _step(parent, agency_id, what)
    follow(parent.id)
    return row.id


def ask_several(concern_id: int, *, agency_ids: Sequence[int], what: str) -> int:
    """Propose one action; where several agencies are asked, each has a step and the first one leads.

    Raises `NotFound`, `NotOpen` for a concern that is not open, `NotValid` for an agency where nobody could answer.
    """
    concern.hold_open(concern_id)
    for agency_id in agency_ids:
        check_can_answer(people_of(agency_id))
    parent = ActionRow(concern_id=concern_id, agency_id=agency_ids[0], what=what, state=ACTION.first)
    db.session.add(parent)
    db.session.flush()
    for agency_id in agency_ids if len(agency_ids) > 1 else ():
        _step(parent, agency_id, what)
    return parent.id


def follow(action_id: int | None) -> None:
    """Let an action stand where its slowest step stands, due when the last one is; nothing for one without steps."""
    row = None if action_id is None else db.locked(ActionRow, action_id)
    steps = [] if row is None else _steps(row.id)
    if row is None or not steps:
        return
    state = slowest([step.state for step in steps])
    kept = state == "proposed" and row.owner_id is not None  # it was agreed before it was broken into steps
    row.evidence = FOLLOWED if state.startswith("done") else row.evidence
    row.reason = GIVEN_UP if state == "not_done" else ""
    row.due_on = last_day(step.due_on for step in steps if step.state != "not_done") or row.due_on
    row.claimed_on = last_day(step.claimed_on for step in steps)
    row.verified_on = last_day(step.verified_on for step in steps) if state == "done_verified" else None
    row.state = "agreed" if kept else state
    db.session.flush()


def steps_of(action_id: int) -> list[int]:
    """The steps an action follows; none where it is done in one."""
    return [step.id for step in _steps(action_id)]


def _steps(action_id: int) -> list[ActionRow]:
    rows = select(ActionRow).where(ActionRow.parent_id == action_id).order_by(ActionRow.id)
    return list(db.session.scalars(rows.execution_options(populate_existing=True)))


def _step(parent: ActionRow, agency_id: int, what: str) -> ActionRow:
    row = ActionRow(
        concern_id=parent.concern_id, parent_id=parent.id, agency_id=agency_id, what=what, state=ACTION.first
    )
    db.session.add(row)
    db.session.flush()
    return row
