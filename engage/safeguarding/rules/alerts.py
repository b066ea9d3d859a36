"""What may happen to an alert, how soon it must be read, and when a second person looks."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from engage.accounts.rules import Role
from engage.shared.clock import LONDON
from engage.shared.errors import NotAllowed
from engage.shared.states import CLOCK, Move, States
from engage.shared.words import N_

HIGH = 0.8  # from this score on, an alert is read first and escalated sooner
HIGH_WITHIN = timedelta(hours=4)  # (to be confirmed by the safeguarding lead, like everything in this file)
SHARE_READ_TWICE = 0.2
FRIDAY = 4
WORK_BEGINS, NOON = 9, 12  # o'clock in London
STILL_IN = "Still at a forum"  # the kind of an alert about a child who may still be in a building: it stands before all
LONGEST = 20_000  # characters kept of what one box said over time
BEFORE = "\n\n- - - sent before - - -\n\n"
GATHERED = "Sent without a survey or receipt"
MOST_ALONE = 60  # alerts of their own in two hours for words that came with no sitting and no receipt, from everybody

READERS = frozenset({Role.SAFEGUARDING, Role.VOICE})  # somebody from `voice` only while on the rota
LEADS = frozenset({Role.SAFEGUARDING})

ALERT = States(
    entity="alert",
    names=("raised", "acknowledged", "closed"),
    moves=(
        Move("acknowledge", ("raised",), "acknowledged", READERS, N_("I am looking into this"), guard="check_may_read"),
        Move("close", ("acknowledged",), "closed", LEADS, N_("Record what was done")),
        Move("agree", ("closed",), "closed", LEADS, N_("I agree"), guard="check_second_reader"),
        Move("reopen", ("closed",), "acknowledged", LEADS, N_("Look again")),
        Move("escalate", ("raised",), "raised", frozenset({CLOCK}), N_("Escalated: nobody had read it")),
        Move("escalate_further", ("raised",), "raised", frozenset({CLOCK}), N_("Escalated again: still nobody had")),
        Move("hear_more", ("raised", "acknowledged", "closed"), "raised", frozenset({CLOCK}), N_("More was sent")),
    ),
)

NO_CONCERN = "no_concern"
OUTCOMES = {
    NO_CONCERN: N_("No concern"),
    "signposted": N_("Told where to get help"),
    "setting_told": N_("The school, home or group was told"),
    "referred": N_("Referred to MASH"),
    "emergency": N_("Emergency: police or ambulance"),
    "professional": N_("Concern about a professional"),
}


@dataclass(frozen=True)
class NewAlert:
    """Something a person must read soon: `item` is the box it was written in, `place` says so in words.

    `receipt_hash` is None when nobody can be written back to. `score` runs from 0 to 1.
    """

    words: str
    place: str
    item: str
    kind: str
    score: float
    receipt_hash: bytes | None = None


def due_at(raised_at: datetime, score: float) -> datetime:
    """Give the moment by which somebody must have looked: four hours, or the same hour on the next working day.

    What came at night, or is known by its day only, has until noon there: before that nobody was at work.
    """
    if score >= HIGH:
        return raised_at + HIGH_WITHIN
    day = raised_at.astimezone(LONDON) + timedelta(days=1)
    while day.weekday() > FRIDAY:
        day += timedelta(days=1)
    return (day.replace(hour=NOON, minute=0, second=0) if day.hour < WORK_BEGINS else day).astimezone(UTC)


def is_overdue(raised_at: datetime, score: float, *, now: datetime) -> bool:
    """True when nobody looked in time; both moments in UTC."""
    return now.astimezone(UTC) > due_at(raised_at.replace(tzinfo=UTC), score)


def wants_second_reader(outcome: str, score: float, *, draw: float) -> bool:
    """True for every high-scoring "no concern" and, by `draw` (0 to 1, at random), a fifth of the rest."""
    return (outcome == NO_CONCERN and score >= HIGH) or draw < SHARE_READ_TWICE


def check_may_read(roles: frozenset[Role], *, on_duty: bool) -> None:
    """Raise `NotAllowed` for anybody but a safeguarding lead or somebody on today's rota."""
    if Role.SAFEGUARDING not in roles and not (Role.VOICE in roles and on_duty):
        raise NotAllowed(N_("Alerts are read by the safeguarding lead and by whoever is on the rota today."))


def check_second_reader(closed_by: int | None, reader_id: int) -> None:
    """Raise `NotAllowed` when the second reader is the first one."""
    if closed_by == reader_id:
        raise NotAllowed(N_("You closed this one yourself, so somebody else looks at it a second time."))


def both(before: str | None, now_sent: str) -> str:
    """Put what was sent again above what was sent before; nothing twice, and never more than anybody writes."""
    if not before or before in now_sent:
        return now_sent[:LONGEST]
    if now_sent in before:
        return before
    return (now_sent + BEFORE + before)[:LONGEST]


def gathered(alert: NewAlert) -> str:
    """Give the words of one alert, with where they were written, as they stand among others in a gathered one."""
    return f"{alert.place}:\n{alert.words}"[:LONGEST]


def holds_too(before: str, now_sent: str) -> bool:
    """True when `now_sent` may stand above `before` in one alert and not a letter of either is lost."""
    return now_sent in before or len(before) + len(BEFORE) + len(now_sent) <= LONGEST


def gathered_place(words: str) -> str:
    """Say what a gathered alert is."""
    return f"{GATHERED}: one, and {words.count(BEFORE)} more like it"


def waited(since: datetime, *, now: datetime) -> str:
    """Say how long something has waited, in English words for staff; both moments in UTC."""
    minutes = int((now - since.replace(tzinfo=UTC)).total_seconds() // 60)
    for size, unit in ((24 * 60, "day"), (60, "hour"), (1, "minute")):
        if minutes >= size:
            return f"{minutes // size} {unit}" + ("" if minutes // size == 1 else "s")
    return "less than a minute"
