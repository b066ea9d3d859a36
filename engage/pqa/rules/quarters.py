"""The panel's year: quarters from April on, the day it meets, and when its pack is due; no database."""

from dataclasses import dataclass
from datetime import date, timedelta

from engage.shared.errors import NotFound, NotValid
from engage.shared.words import N_

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
QUARTER = 3  # months
STARTS = (1, 4, 7, 10)  # the first month of each
APRIL = 4
FIRST_YEAR, LAST_YEAR = 2000, 2999
READY = timedelta(days=7)  # before the meeting, so that everybody can read it
SOON = timedelta(days=14)  # before it is due, from when the panel is reminded
LATEST = timedelta(days=120)  # after the quarter, by when its meeting is held


@dataclass(frozen=True, order=True)
class Quarter:
    """Three months; `first` is their first day."""

    first: date

    @property
    def code(self) -> str:
        """How addresses and tables name it: the year and its first month."""
        return f"{self.first:%Y-%m}"

    @property
    def following(self) -> "Quarter":
        months = self.first.month + QUARTER
        return Quarter(date(self.first.year + months // 13, (months - 1) % 12 + 1, 1))

    @property
    def before(self) -> "Quarter":
        return quarter_of(self.first - timedelta(days=1))

    @property
    def last(self) -> date:
        """Its last day."""
        return self.following.first - timedelta(days=1)

    @property
    def name(self) -> str:
        """How people call it."""
        return f"{MONTHS[self.first.month - 1]} to {MONTHS[self.last.month - 1]} {self.first.year}"

    @property
    def year(self) -> int:
        """The year, from April, that it belongs to; named by its first."""
        return self.first.year - (self.first.month < APRIL)


@dataclass(frozen=True)
class Period:
    """The days that a pack is about, both included."""

    since: date
    until: date


def quarter_of(day: date) -> Quarter:
    """Give the quarter that a day lies in."""
    return Quarter(date(day.year, (day.month - 1) // QUARTER * QUARTER + 1, 1))


def quarter_named(code: str) -> Quarter:
    """Give the quarter that an address names. Raises `NotFound`."""
    try:
        first = date.fromisoformat(f"{code}-01")
    except ValueError:
        first = None
    if first is None or first.month not in STARTS or Quarter(first).code != code:
        raise NotFound(N_("There is no such quarter. A quarter begins in January, April, July or October."))
    return Quarter(first)


def period_of(quarter: Quarter, *, last_until: date | None, today: date) -> Period:
    """Give the days a pack is about: to today at most, and from where the last pack ended, so that no day is lost.

    `last_until` is the last day of the pack before. Where that pack was made on a day of its quarter, the day was not
    over: it belongs to both, so that a wave that closed in its evening is in one. Raises `NotValid` before the quarter
    begins.
    """
    if today < quarter.first:
        raise NotValid(N_("This quarter has not begun. Its pack can be made from its first day on."))
    since = quarter.first
    if last_until is not None and last_until < quarter.before.last:
        since = max(last_until, quarter.before.first)
    return Period(since, min(quarter.last, today))


def due_on(meets_on: date) -> date:
    """Give the day by which the pack is issued: a week before the panel meets."""
    return meets_on - READY


def year_of(first: int) -> Period:
    """Give the days of the year from April on. Raises `NotFound` for one that no calendar here has."""
    if not FIRST_YEAR <= first <= LAST_YEAR:
        raise NotFound(N_("There is no such year."))
    return Period(date(first, APRIL, 1), date(first + 1, APRIL, 1) - timedelta(days=1))


def check_meeting(quarter: Quarter, meets_on: date) -> None:
    """Raise `NotValid` for a meeting before the quarter begins, or so long after it that nothing would be done."""
    if meets_on < quarter.first:
        raise NotValid(N_("The panel meets on a quarter after it has begun. Choose a later day."))
    if meets_on > quarter.last + LATEST:
        raise NotValid(N_("That is more than four months after the quarter. Choose an earlier day."))
