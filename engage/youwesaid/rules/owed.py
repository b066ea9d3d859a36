"""When the week's letter about what an agency owes is written, and what it says: nothing of any child."""

from datetime import datetime, timedelta

HOUR = 8  # in London
WORKING_DAYS = 5
SUBJECT = "What your agency owes this week"
BODY = """{counts}.

They are on your own page: {link}

You get this once a week while something is owed. It says nothing about anybody: that is behind the link.
"""


def is_due(at: datetime, last: datetime | None) -> bool:
    """Say whether the week's letters are to be written now: from Monday at eight on, once; both in London's time."""
    monday = (at - timedelta(days=at.weekday())).replace(hour=HOUR, minute=0, second=0, microsecond=0)
    return at >= monday and at.weekday() < WORKING_DAYS and (last is None or last < monday)


def week_of(at: datetime) -> str:
    """Name a week: its year and number."""
    year, week, _ = at.isocalendar()
    return f"{year}-{week:02}"


def owed_words(*, late: int, sent_back: int, asked: int, due: int) -> str:
    """Say in a line how much is owed; empty when nothing is."""
    counts = {"late": late, "sent back": sent_back, "not agreed yet": asked, "due in the next two weeks": due}
    said = [f"{count} {_is(count)} {what}" for what, count in counts.items() if count]
    first = next((count for count in counts.values() if count), 0)
    words = ", ".join(said)
    return words.replace(f"{first} ", f"{first} {'action' if first == 1 else 'actions'} ", 1) if words else ""


def _is(count: int) -> str:
    return "is" if count == 1 else "are"
