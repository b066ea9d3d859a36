"""When the clock calls for people, and whom: readers, then deputies and leads, at last the partnership's manager."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from engage.safeguarding.rules.alerts import due_at
from engage.safeguarding.rules.duty import working_days

NEWS = timedelta(minutes=30)  # what is raised within one half hour is told in one letter (confirm, like the next two)
FURTHER = timedelta(hours=2)  # after deputy and leads were told, the manager is
MANAGER_AFTER = 2  # more working days that written answers may wait before the manager hears
ORDINARY = 0.0  # the score of what is due on the next working day
STEPS = (
    "Within half an hour: whoever reads that day hears that something waits; where nobody is named, the leads.",
    "Not looked at in time (four hours where it is urgent, else a working day): readers, deputies and all leads.",
    "Still not looked at two hours later: the partnership's manager.",
    "A request to be contacted, or an answer: whoever reads that day; unopened for a working day: deputies, all leads.",
    "Nobody opened anything for a working day while something waits: leads and manager, once a day until it is mended.",
    "A working day has no reader while a survey is open: the leads the day before, the manager too on the day.",
    "Written answers unread for more than a working day: readers, deputies and leads; two more days on, the manager.",
)


def is_silent(waiting_since: datetime | None, opened_at: datetime | None, *, now: datetime) -> bool:
    """True when something has waited past its time and nobody opened anything since it came; moments in UTC."""
    if waiting_since is None or now <= due_at(waiting_since, ORDINARY):
        return False
    return opened_at is None or opened_at < waiting_since


def may_go_further(escalated_at: datetime, *, now: datetime) -> bool:
    """True when deputy and leads were told long enough ago; both moments in UTC."""
    return now - escalated_at >= FURTHER


def days_late(unread_since: date, *, today: date) -> int:
    """Give for how many working days the oldest written answer is overdue; 0 while it is in time."""
    return max(0, len(working_days(unread_since + timedelta(days=1), today)) - 1)


def next_working_day(today: date) -> date:
    """Give the first working day after today."""
    return working_days(today + timedelta(days=1), today + timedelta(days=3))[0]


def days_to_name(bare: Iterable[date], *, today: date, open_until: date) -> list[date]:
    """Of the days without a reader, those that cannot wait: today and the next working day while a survey is open."""
    return [day for day in bare if day <= min(next_working_day(today), open_until)]


def half_hour(at: datetime) -> str:
    """Name the half hour of a moment, so that each has one letter."""
    return f"{at:%Y-%m-%d %H}:{at.minute // 30}"
