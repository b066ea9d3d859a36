"""What an agency owes: which action is late, sent back or due, and how a larger one follows its steps."""

from collections.abc import Collection, Iterable
from datetime import date, timedelta

from engage.shared.errors import NotAllowed, NotOpen, NotValid
from engage.shared.words import N_
from engage.youwesaid.rules.concerns import OPEN

GOING = ("agreed", "in_progress")
OVER = ("done_verified", "not_done")
PACE = ("proposed", "agreed", "in_progress", "done_claimed", "done_verified")  # the slowest first
SOON = timedelta(days=14)
PILES = {
    "late": N_("Late"),
    "sent_back": N_("Sent back: something is missing"),
    "asked": N_("Asked of you: agree, or say why not"),
    "soon": N_("Due in two weeks"),
    "later": N_("Due later"),
    "looked_at": N_("Said to be done: somebody of another agency looks at it"),
    "over": N_("Over"),
}


def is_late(state: str, due_on: date | None, *, today: date) -> bool:
    """Say whether the agreed day has passed and nobody says that it is done."""
    return state in GOING and due_on is not None and due_on < today


def pile_of(state: str, due_on: date | None, *, late: bool, sent_back: bool, today: date) -> str:
    """Say on which pile of the agency's desk an action lies: a key of `PILES`."""
    if late:
        return "late"
    if sent_back:
        return "sent_back"
    if state in GOING:
        return "soon" if due_on is not None and due_on <= today + SOON else "later"
    return {"proposed": "asked", "done_claimed": "looked_at"}.get(state, "over")


def slowest(states: Collection[str]) -> str:
    """Give the state of an action from those of its steps: the slowest, those given up left out unless all are."""
    kept = [state for state in states if state != "not_done"]
    return min(kept, key=PACE.index) if kept else "not_done"


def settles(actions: Collection[tuple[str, date | None]], *, opened_again_on: date | None) -> bool:
    """Say whether actions finish their concern, each told by its state and the day it was verified.

    All are over, and one at least was verified; not before the concern was opened again, as that was not enough.
    """
    since = opened_again_on or date.min
    verified = any(state == "done_verified" and (day or date.min) >= since for state, day in actions)
    return verified and all(state in OVER for state, _ in actions)


def last_day(days: Iterable[date | None]) -> date | None:
    """Give the last of the days that are known; None when none is."""
    return max((day for day in days if day is not None), default=None)


def check_no_steps(step_ids: Collection[int]) -> None:
    """Raise `NotOpen` for an action that follows its steps: each agency moves its own."""
    if step_ids:
        raise NotOpen(N_("This is done in steps, and follows them: open the step that is yours."))


def check_may_ask(concern_state: str) -> None:
    """Raise `NotOpen` for asking an agency to act where it could never agree: before the panel, or once it is over."""
    if concern_state == "proposed":
        raise NotOpen(N_("The panel has not agreed this concern yet: then an agency can be asked."))
    if concern_state not in OPEN:
        raise NotOpen(N_("This concern is finished. The panel opens it again first, then an agency can be asked."))


def check_may_have_steps(parent_id: int | None, state: str) -> None:
    """Raise `NotOpen` for steps of a step, or of what is said to be done already."""
    if parent_id is not None:
        raise NotOpen(N_("This is a step already: add the new one to the action it belongs to."))
    if state not in ("proposed", *GOING):
        raise NotOpen(N_("It is said to be done already. Send it back first, or ask for something new."))


def check_owner(owner_id: int, colleagues: Collection[int]) -> None:
    """Raise `NotValid` for an action that nobody of the agency would own."""
    if owner_id not in colleagues:
        raise NotValid(N_("Choose somebody of your own agency who will do it."))


def check_taker(agency_id: int, other_id: int, colleagues: Collection[int]) -> None:
    """Raise `NotValid` for handing an action to the agency that has it, or to one where nobody could see it."""
    if agency_id == other_id:
        raise NotValid(N_("It is theirs already. Choose another agency."))
    check_can_answer(colleagues)


def check_can_answer(colleagues: Collection[int]) -> None:
    """Raise `NotValid` for asking an agency where nobody could ever answer."""
    if not colleagues:
        raise NotValid(N_("Nobody of that agency can sign in. Ask an administrator to add somebody first."))


def check_yours(agency_id: int, own_id: int | None) -> None:
    """Raise `NotAllowed` for somebody of another agency."""
    if agency_id != own_id:
        raise NotAllowed(N_("This action belongs to another agency."))
