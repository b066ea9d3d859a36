"""Ask an agency to act; agree, start, claim, verify, send back, hand over, or say that it will not be done."""

from datetime import date

from engage.accounts.actions import note
from engage.accounts.queries import agencies
from engage.accounts.rules import Person
from engage.shared import db
from engage.shared.errors import NotFound, NotValid
from engage.shared.words import N_
from engage.youwesaid.actions import concern, steps
from engage.youwesaid.models import ActionRow
from engage.youwesaid.rules.actions import check_no_steps, check_owner, check_taker, check_yours
from engage.youwesaid.rules.concerns import DO_WITHIN, check_promise, check_verifier
from engage.youwesaid.rules.states import ACTION


def ask(concern_id: int, *, agency_id: int, what: str) -> int:
    """Propose an action to an agency. It is theirs to agree. Raises `NotFound`, `NotOpen`, `NotValid`."""
    return steps.ask_several(concern_id, agency_ids=[agency_id], what=what)


def agree(action_id: int, *, owner_id: int, due_on: date | None, by: Person, today: date) -> None:
    """Agree to act, with a person and a day. Raises `NotValid`, `NotAllowed`, `NotOpen`."""
    row = _own(action_id, by)
    state = ACTION.move("agree", state=row.state, roles=by.roles)
    check_promise(due_on, today=today, within=DO_WITHIN)
    check_owner(owner_id, steps.people_of(row.agency_id))
    row.owner_id, row.due_on, row.state = owner_id, due_on, state
    steps.follow(row.parent_id)
    concern.begin(row.concern_id, words=f"{by.agency} agreed: {row.what}"[:400], by=by, today=today)


def start(action_id: int, *, by: Person) -> None:
    """Say that work has started. Raises `NotAllowed`, `NotOpen`."""
    row = _own(action_id, by)
    row.state = ACTION.move("start", state=row.state, roles=by.roles)
    steps.follow(row.parent_id)


def claim(action_id: int, *, evidence: str, by: Person, today: date) -> None:
    """Say that it is done, and how one can see it. Raises `NotValid` without evidence."""
    row = _own(action_id, by)
    state = ACTION.move("claim", state=row.state, roles=by.roles)
    if not evidence:
        raise NotValid(N_("Say how we can see that it is done."))
    row.evidence, row.claimed_on, row.state = evidence, today, state
    steps.follow(row.parent_id)


def give_up(action_id: int, *, reason: str, by: Person, today: date) -> None:
    """Say that it will not be done, and why; where all others are verified, that settles the concern.

    Raises `NotValid` without a reason.
    """
    row = _own(action_id, by)
    state = ACTION.move("give_up", state=row.state, roles=by.roles)
    if not reason:
        raise NotValid(N_("Say why: young people will ask."))
    row.reason, row.state = reason, state
    concern.record(row.concern_id, words=f"{by.agency} said no: {row.what}"[:400], by=by, today=today, public=True)
    _settle(row, by, today)


def verify(action_id: int, *, by: Person, today: date) -> None:
    """Agree that it is done; somebody of another agency does this. Raises `NotAllowed`, `NotOpen`."""
    row = _movable(action_id)
    state = ACTION.move("verify", state=row.state, roles=by.roles)
    check_verifier(row.agency_id, by.agencies)
    row.verified_by, row.verified_on, row.state = by.id, today, state
    _settle(row, by, today)


def send_back(action_id: int, *, reason: str, by: Person) -> None:
    """Say that it is not done yet, and what is missing. Raises `NotValid` without a reason."""
    row = _movable(action_id)
    state = ACTION.move("send_back", state=row.state, roles=by.roles)
    check_verifier(row.agency_id, by.agencies)
    if not reason:
        raise NotValid(N_("Say what is missing."))
    row.reason, row.claimed_on, row.state = reason, None, state
    steps.follow(row.parent_id)


def name_owner(action_id: int, *, owner_id: int, by: Person) -> None:
    """Let somebody else of the agency do it, as when the first one left. Raises `NotValid`, `NotAllowed`."""
    row = _own(action_id, by)
    ACTION.move("name_owner", state=row.state, roles=by.roles)
    check_owner(owner_id, steps.people_of(row.agency_id))
    row.owner_id = owner_id


def hand_over(action_id: int, *, agency_id: int, reason: str, by: Person, today: date) -> None:
    """Ask another agency instead: it is theirs to agree anew, with a person and a day. Raises `NotValid`, `NotOpen`."""
    row = _movable(action_id)
    state, before = ACTION.move("hand_over", state=row.state, roles=by.roles), row.state
    check_taker(row.agency_id, agency_id, steps.people_of(agency_id))
    if not reason:
        raise NotValid(N_("Say why: both agencies read it."))
    names = {one.id: one.name for one in agencies()}
    words = f"{names[row.agency_id]} handed this to {names[agency_id]}: {row.what}"[:400]
    row.agency_id, row.owner_id, row.due_on, row.reason, row.state = agency_id, None, None, "", state
    steps.follow(row.parent_id)
    concern.record(row.concern_id, words=words, by=by, today=today, public=before != ACTION.first)
    note("handed an action to another agency", f"action {action_id}", reason)


def _settle(row: ActionRow, by: Person, today: date) -> None:
    db.session.flush()
    steps.follow(row.parent_id)
    concern.finish_if_all_verified(row.concern_id, by=by, today=today)


def _movable(action_id: int) -> ActionRow:
    row = db.locked(ActionRow, action_id)
    if row is None:
        raise NotFound(N_("There is no such action, or it is another agency's."))
    check_no_steps(steps.steps_of(action_id))
    return row


def _own(action_id: int, by: Person) -> ActionRow:
    row = _movable(action_id)
    check_yours(row.agency_id, by.agency_id)
    return row
