"""Ask an agency to act; agree, start, claim, verify, send back, or say that it will not be done."""

from datetime import date

from engage.accounts.rules import Person
from engage.shared import db
from engage.shared.errors import NotAllowed, NotFound, NotValid
from engage.shared.words import N_
from engage.youwesaid.actions import concern
from engage.youwesaid.models import ActionRow
from engage.youwesaid.rules.concerns import check_promise, check_verifier
from engage.youwesaid.rules.states import ACTION


def ask(concern_id: int, *, agency_id: int, what: str) -> int:
    """Propose an action to an agency. It is theirs to agree. Raises `NotFound`."""
    concern.hold(concern_id)
    row = ActionRow(concern_id=concern_id, agency_id=agency_id, what=what, state=ACTION.first)
    db.session.add(row)
    db.session.flush()
    return row.id


def agree(action_id: int, *, owner_id: int, due_on: date | None, by: Person, today: date) -> None:
    """Agree to act, with a person and a day. Raises `NotValid`, `NotAllowed`, `NotOpen`."""
    row = _own(action_id, by)
    state = ACTION.move("agree", state=row.state, roles=by.roles)
    check_promise(due_on, today=today)
    row.owner_id, row.due_on, row.state = owner_id, due_on, state
    concern.begin(row.concern_id, words=f"{by.agency} agreed: {row.what}"[:400], by=by, today=today)


def start(action_id: int, *, by: Person) -> None:
    """Say that work has started. Raises `NotAllowed`, `NotOpen`."""
    row = _own(action_id, by)
    row.state = ACTION.move("start", state=row.state, roles=by.roles)


def claim(action_id: int, *, evidence: str, by: Person, today: date) -> None:
    """Say that it is done, and how one can see it. Raises `NotValid` without evidence."""
    row = _own(action_id, by)
    state = ACTION.move("claim", state=row.state, roles=by.roles)
    if not evidence:
        raise NotValid(N_("Say how we can see that it is done."))
    row.evidence, row.claimed_on, row.state = evidence, today, state


def give_up(action_id: int, *, reason: str, by: Person, today: date) -> None:
    """Say that it will not be done, and why; where all others are verified, that settles the concern.

    Raises `NotValid` without a reason.
    """
    row = _own(action_id, by)
    state = ACTION.move("give_up", state=row.state, roles=by.roles)
    if not reason:
        raise NotValid(N_("Say why: young people will ask."))
    row.reason, row.state = reason, state
    db.session.flush()
    concern.finish_if_all_verified(row.concern_id, by=by, today=today)


def verify(action_id: int, *, by: Person, today: date) -> None:
    """Agree that it is done; somebody of another agency does this. Raises `NotAllowed`, `NotOpen`."""
    row = _row(action_id)
    state = ACTION.move("verify", state=row.state, roles=by.roles)
    check_verifier(row.agency_id, by.agency_id)
    row.verified_by, row.verified_on, row.state = by.id, today, state
    db.session.flush()
    concern.finish_if_all_verified(row.concern_id, by=by, today=today)


def send_back(action_id: int, *, reason: str, by: Person) -> None:
    """Say that it is not done yet, and what is missing. Raises `NotValid` without a reason."""
    row = _row(action_id)
    state = ACTION.move("send_back", state=row.state, roles=by.roles)
    check_verifier(row.agency_id, by.agency_id)
    if not reason:
        raise NotValid(N_("Say what is missing."))
    row.reason, row.claimed_on, row.state = reason, None, state


def _row(action_id: int) -> ActionRow:
    row = db.locked(ActionRow, action_id)
    if row is None:
        raise NotFound(N_("There is no such action, or it is another agency's."))
    return row


def _own(action_id: int, by: Person) -> ActionRow:
    row = _row(action_id)
    if row.agency_id != by.agency_id:
        raise NotAllowed(N_("This action belongs to another agency."))
    return row
