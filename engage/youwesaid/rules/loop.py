"""The scoreboard of the loop: what each figure is, and when it may be said; no database."""

from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil

from engage.analysis.method.records import KaplanMeier, Proportion, Record, Rule

ANSWERS = frozenset({"doing", "done", "felt", "cannot"})  # the first of these that is published answers a concern
OVER = frozenset({"done_verified", "not_done"})
FEWEST_ALERTS = 20  # fewer tell about single young people, not about how fast we read
STEP = 5  # minutes: a time to read is given in these, never shorter than it was
BASES = Rule()  # below so many a percentage promises too much, and "3 of 4" says it all
PERIODS = {"": "Everything", "365": "Said in the last year", "91": "Said in the last quarter"}
HOUR, DAY = 60, 24 * 60  # minutes
LONG = 2  # hours or days from which a time is given in them


@dataclass(frozen=True)
class Open(Record):
    """A public concern that waits for its first answer; `days` since it was said."""

    concern_id: int
    slug: str
    title: str
    said_on: date
    promised_on: date
    days: int
    late: bool


@dataclass(frozen=True)
class NotHeard(Record):
    """The groups that the newest results show as not heard, of so many whose number who live here is known."""

    wave: str
    groups: tuple[str, ...]
    of: int


@dataclass(frozen=True)
class Scoreboard(Record):
    """How well the loop closes on one day, counted over concerns said from `since` on (None: all of them).

    Concerns and themes are not people: their counts are plain. `kept`, `cannot`, `felt` and `themes` are None while
    there is nothing to count; `alerts_read_in` (minutes) and `not_heard` are None while they are not known well enough.
    """

    on: date
    since: date | None
    concerns: int
    answered: int
    kept: Proportion | None  # answered by the day promised first, of those due or answered
    to_answer: KaplanMeier | None  # days from said to answered
    to_do: KaplanMeier | None  # days from said to did
    longest_open: int | None  # days that the longest unanswered one has waited
    open: tuple[Open, ...]  # unanswered ones, the longest first
    cannot: Proportion | None  # of the answered
    felt: Proportion | None  # of the done
    unread_since: date | None  # the day of the oldest written answer that nobody has read
    alerts_read_in: int | None  # 95 of 100 alerts were read within so many minutes
    themes: Proportion | None  # answered or "noted, because", of those in use
    not_heard: NotHeard | None  # None: not known yet

    @property
    def longest(self) -> Open | None:
        """The concern that has waited longest for its first answer."""
        return self.open[0] if self.open else None

    @property
    def unread_days(self) -> int | None:
        """How long the oldest unread answer has waited."""
        return None if self.unread_since is None else (self.on - self.unread_since).days

    @property
    def late(self) -> tuple[Open, ...]:
        """Those whose promised day has passed without an answer."""
        return tuple(one for one in self.open if one.late)


def says_percent(part: Proportion, *, public: bool) -> bool:
    """Answer whether a percentage may stand beside its counts."""
    return part.base >= (BASES.base_public if public else BASES.base_staff)


def said_minutes(slowest: float | None, *, alerts: int) -> int | None:
    """Give a time to read as it may be said: rounded up, None where it rests on too few alerts."""
    if slowest is None or alerts < FEWEST_ALERTS:
        return None
    return max(STEP, STEP * ceil(slowest / STEP))


def in_units(minutes: int) -> tuple[int, str]:
    """Give a time in the unit that people say it in, rounded up: "minutes", "hours" or "days"."""
    for size, unit in ((DAY, "days"), (HOUR, "hours")):
        if minutes >= LONG * size:
            return ceil(minutes / size), unit
    return minutes, "minutes"


def since_of(period: str, *, today: date) -> date | None:
    """Give the first day of a period that somebody chose; what is no period means everything."""
    return today - timedelta(days=int(period)) if period and period in PERIODS else None
