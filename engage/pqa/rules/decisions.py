"""Decisions and challenges: what must be said, and who may answer; no database."""

from dataclasses import dataclass
from datetime import date, timedelta

from engage.shared.errors import NotAllowed, NotOpen, NotValid
from engage.shared.words import N_

ANSWER_WITHIN = timedelta(days=28)
NOT_AN_ANSWER = frozenset({"n/a", "na", "none", "no", "nil", "-", ".", "nothing", "not applicable", "tbc"})


@dataclass(frozen=True)
class NewDecision:
    """What the panel decided, how young people's views changed it, who does it, by when."""

    words: str
    views_changed: str
    owner_id: int
    due_on: date
    asked_id: int | None = None


def check_decision(new: NewDecision, *, today: date) -> None:
    """Raise `NotValid` without a real answer to the question, or with a day that has gone."""
    if new.views_changed.strip().lower() in NOT_AN_ANSWER or not new.views_changed.strip():
        raise NotValid(
            N_("Say how young people's views changed this decision. If they did not, say what they said and why not.")
        )
    if new.due_on < today:
        raise NotValid(N_("That day has passed. Choose a day that is still to come."))


def check_answer(*, by: int, author: int, answered: bool) -> None:
    """Raise `NotAllowed` when a challenge is answered by who made it, `NotOpen` when it has an answer."""
    if by == author:
        raise NotAllowed(N_("Somebody else has to answer: nobody answers their own challenge."))
    if answered:
        raise NotOpen(N_("Somebody has answered this already: read it, and challenge again if it is not enough."))


def is_late(since: date, *, today: date) -> bool:
    """Say whether a challenge has waited longer than four weeks."""
    return since + ANSWER_WITHIN < today
