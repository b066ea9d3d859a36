"""The days somebody reads."""

from datetime import date, timedelta

FRIDAY = 4


def working_days(first: date, last: date) -> list[date]:
    """Give Monday to Friday from `first` to `last`, both included; bank holidays count, somebody may still write."""
    days = [first + timedelta(days=step) for step in range((last - first).days + 1)]
    return [day for day in days if day.weekday() <= FRIDAY]
