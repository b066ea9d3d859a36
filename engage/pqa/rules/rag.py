"""Red, amber or green: computed from an action's days and evidence, never typed; no database.

Red: it will not be done, or its day has passed and nobody has said that it is done. Amber: nobody has agreed to it yet,
its day is within a fortnight, or it is said to be done and nobody of another agency has looked. Green: somebody of
another agency has seen that it is done, or its day is further off.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

NEAR = timedelta(days=14)
RULE = (
    "Red: it will not be done, or its day has passed. "
    "Amber: nobody has agreed to it yet, its day is within 14 days, or it is said to be done and nobody of another "
    "agency has looked. "
    "Green: somebody of another agency has seen that it is done, or its day is further off."
)


class Colour(StrEnum):
    """How an action stands, the worst first."""

    RED = "red"
    AMBER = "amber"
    GREEN = "green"


@dataclass(frozen=True)
class Standing:
    """The colour of an action, and why."""

    colour: Colour
    why: str


SETTLED = {  # whatever the day
    "not_done": Standing(Colour.RED, "will not be done"),
    "done_claimed": Standing(Colour.AMBER, "said to be done, not looked at yet"),
    "done_verified": Standing(Colour.GREEN, "seen to be done"),
}
NOT_AGREED = Standing(Colour.AMBER, "not agreed yet")


def standing(state: str, due_on: date | None, *, today: date) -> Standing:
    """Say how an action stands on a day."""
    if state in SETTLED:
        return SETTLED[state]
    return NOT_AGREED if due_on is None else _by_day(due_on, today)


def _by_day(due_on: date, today: date) -> Standing:
    if due_on < today:
        days = (today - due_on).days
        return Standing(Colour.RED, f"late by {days} {'day' if days == 1 else 'days'}")
    if due_on - today <= NEAR:
        return Standing(Colour.AMBER, "due within 14 days")
    return Standing(Colour.GREEN, "on time")
