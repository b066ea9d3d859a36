"""When somebody who can help is there: hours of the week, and the days England does not work."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

WEEKEND = 5  # from this weekday on


@dataclass(frozen=True)
class Hours:
    """From `opens` to `closes` on some weekdays (0 is Monday); London time. `holidays` is True when they count too."""

    weekdays: range
    opens: time
    closes: time
    holidays: bool = True

    def hold(self, at: datetime) -> bool:
        """Answer whether these hours are running; `at` is London time."""
        works = self.holidays or not is_bank_holiday(at.date())
        return works and at.weekday() in self.weekdays and self.opens <= at.time() < self.closes


ANY_TIME = (Hours(range(7), time.min, time.max),)


def is_bank_holiday(day: date) -> bool:
    """Answer whether England has a bank holiday on this day; one given for a single year is not known."""
    return day in _bank_holidays(day.year)


def easter(year: int) -> date:
    """Give Easter Sunday (the Gregorian rule as New Scientist printed it on 30 March 1961)."""
    century, rest = divmod(year, 100)
    moon = (8 * century + 13) // 25
    epact = (19 * (year % 19) + century - century // 4 - moon + 15) % 30
    epact -= (year % 19 + 11 * epact) // 319
    sunday = (2 * (century % 4) + 2 * (rest // 4) - rest % 4 - epact + 32) % 7
    month = (epact + sunday + 90) // 25
    return date(year, month, (epact + sunday + month + 19) % 32)


def _bank_holidays(year: int) -> set[date]:
    sunday = easter(year)
    boxing = date(year, 12, 26)
    christmas = {date(year, 12, 25), boxing}
    instead = {_next_working(boxing, christmas)} if any(day.weekday() >= WEEKEND for day in christmas) else set()
    if all(day.weekday() >= WEEKEND for day in christmas):
        instead |= {_next_working(boxing, christmas | instead)}
    return {
        _not_a_weekend(date(year, 1, 1)),
        sunday - timedelta(days=2),
        sunday + timedelta(days=1),
        _monday_from(date(year, 5, 1)),
        _monday_from(date(year, 5, 25)),
        _monday_from(date(year, 8, 25)),
        *christmas,
        *instead,
    }


def _next_working(day: date, taken: set[date]) -> date:
    while day.weekday() >= WEEKEND or day in taken:
        day += timedelta(days=1)
    return day


def _not_a_weekend(day: date) -> date:
    return _next_working(day, set())


def _monday_from(day: date) -> date:
    return day + timedelta(days=-day.weekday() % 7)
