"""The only place that reads the clock."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def today() -> date:
    """Give today's date where the young people are."""
    return datetime.now(LONDON).date()


def bare(moment: datetime) -> datetime:
    """Give a moment in UTC as both databases keep it, without its zone."""
    return moment.replace(tzinfo=None)


def now() -> datetime:
    """Give this moment, in UTC with its zone."""
    return datetime.now(UTC)
