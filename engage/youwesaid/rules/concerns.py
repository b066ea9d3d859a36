"""What a concern says, when we owe an answer, and what may be promised."""

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from engage.shared.errors import NotAllowed, NotValid
from engage.shared.words import N_

SATURDAY = 5
WORKING_DAYS_TO_ANSWER = 5
OPEN = frozenset({"heard", "looking", "doing", "reopened"})
NOT_SLUGS = frozenset({"scoreboard"})  # pages that stand beside the concerns
FELT_BASE = 20  # fewer felt-checks are too few to tell
FELT_SHARE = 0.5
ANSWER_WITHIN = timedelta(days=366)  # the longest that young people are asked to wait for the next word
DO_WITHIN = timedelta(days=3 * 366)  # the longest that an agency plans ahead
RESERVED = frozenset({"briefings", "concerns", "feed", "news", "scoreboard", "waves"})  # addresses of other pages
TOPICS = {
    "safety": N_("Feeling safe"),
    "travel": N_("Getting around"),
    "places": N_("Things to do"),
    "streets": N_("Streets and parks"),
    "school": N_("School"),
    "heard": N_("Being heard"),
    "wellbeing": N_("Feeling well"),
    "home": N_("Home and money"),
    "online": N_("Online"),
    "fairness": N_("Being treated fairly"),
    "care": N_("Care and leaving care"),
}
STATE_WORDS = {
    "proposed": N_("Waiting to be agreed"),
    "heard": N_("We've read this"),
    "looking": N_("We're finding out more"),
    "doing": N_("We're doing something"),
    "done": N_("We say it's done"),
    "felt": N_("Young people say it's better"),
    "cannot": N_("We can't do this, and here's why"),
    "reopened": N_("We're looking at it again"),
    "late": N_("We owe you an answer"),
}


@dataclass(frozen=True)
class NewConcern:
    """A concern as somebody proposes it."""

    title: str
    you_said: str
    topic: str
    promised_on: date
    said_on: date
    theme_ids: tuple[int, ...]
    sources: str = ""
    about_agency_id: int | None = None
    priorities: tuple[str, ...] = ()


@dataclass(frozen=True)
class ConcernWords:
    """What a proposed concern says, where it is from, and by when we answer."""

    title: str
    you_said: str
    topic: str
    promised_on: date
    sources: str = ""


@dataclass(frozen=True)
class Refusal:
    """Why we can't, who decided, and when we look again."""

    reason: str
    decided_by: str
    look_again_on: date


def is_late(state: str, promised_on: date, *, today: date) -> bool:
    """Say whether we owe an answer: the promised day has passed and nothing is finished or refused."""
    return state in OPEN and promised_on < today


def shown_state(state: str, promised_on: date, *, today: date) -> str:
    """Give the state a reader sees: "late" stands before all others."""
    return "late" if is_late(state, promised_on, today=today) else state


def check_promise(promised_on: date | None, *, today: date, within: timedelta = ANSWER_WITHIN) -> None:
    """Raise `NotValid` when a day is promised that is already gone, or none, or one later than `within` from today."""
    if promised_on is None:
        raise NotValid(N_("Say by which day we will tell them."))
    if promised_on < today:
        raise NotValid(N_("That day has passed. Choose a day that is still to come."))
    if promised_on > today + within:
        raise NotValid(N_("That day is too far away. Choose an earlier one."))


def still_to_come(next_by: date | None, *, on: date) -> date | None:
    """Give a promised day unless it was over on the day it is told: words wait for others, and promise nothing gone."""
    return None if next_by is None or next_by < on else next_by


def check_another(first: int | None, second: int) -> None:
    """Raise `NotAllowed` when the same person would do both steps."""
    if first == second:
        raise NotAllowed(N_("Somebody else has to do this step: nobody approves what they wrote."))


def check_verifier(owner_agency: int, verifier_agencies: Collection[int]) -> None:
    """Raise `NotAllowed` when the verifier belongs to the agency that owns the action."""
    if owner_agency in verifier_agencies:
        raise NotAllowed(N_("Somebody from another agency has to agree that it is done."))


def working_days_after(start: date, days: int) -> date:
    """Give the day that lies `days` working days after `start`; weekends do not count, bank holidays do."""
    day = start
    while days > 0:
        day += timedelta(days=1)
        days -= day.weekday() < SATURDAY
    return day


def may_publish_unchecked(checked_on: date | None, *, ambassadors: int, today: date) -> bool:
    """Say whether words may go out unread by ambassadors: there are none, or none answered in five working days."""
    if checked_on is None:
        return False
    return ambassadors == 0 or working_days_after(checked_on, WORKING_DAYS_TO_ANSWER) <= today


def felt_verdict(better: int, base: int) -> str:
    """Say "felt", "not felt" or "too few" from how many of `base` young people say it is better."""
    if base < FELT_BASE:
        return "too few"
    return "felt" if better / base > FELT_SHARE else "not felt"


def slug_of(title: str, taken: frozenset[str] = frozenset()) -> str:
    """Make the word in a concern's address from its title, different from those taken."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    taken = taken | RESERVED
    stem = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:80].rstrip("-") or "concern"
    taken |= NOT_SLUGS
    numbered = (f"{stem}-{n}" for n in range(2, len(taken) + 3))
    return stem if stem not in taken else next(slug for slug in numbered if slug not in taken)
