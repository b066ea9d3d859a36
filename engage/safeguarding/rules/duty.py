"""The days somebody reads."""

from datetime import date, timedelta

from engage.shared.errors import NotValid

FRIDAY = 4
LONGEST = timedelta(days=92)


def check_days(first: date, last: date) -> None:
    """Raise `NotValid` for dates the wrong way round or more than three months."""
    if not timedelta(0) <= last - first <= LONGEST:
        raise NotValid("The last day comes after the first, at most three months later.")


def working_days(first: date, last: date) -> list[date]:
    """Give Monday to Friday from `first` to `last`, both included; bank holidays count, somebody may still write."""
    days = [first + timedelta(days=step) for step in range((last - first).days + 1)]
    return [day for day in days if day.weekday() <= FRIDAY]
