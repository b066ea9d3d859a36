"""What waits for the voice team about its waves: days that come near, readers and texts that are missing."""

from collections.abc import Iterator
from datetime import date, timedelta

from engage.accounts.rules import Person, Role
from engage.shared.waiting import Waiting
from engage.surveys.queries.opening import still_missing, unread_days
from engage.surveys.queries.waves import waves
from engage.surveys.rules.waves import Wave

HERE, ROTA = "/desk/surveys/", "/desk/alerts/rota/"
CLOSES_SOON = OPENS_SOON = timedelta(days=7)
ANSWER_SOON = timedelta(days=14)


def waiting(person: Person, today: date) -> list[Waiting]:
    """Each wave that needs the voice team now, and the one thing it needs."""
    if Role.VOICE not in person.roles:
        return []
    return [line for wave in waves() for line in _lines(wave, today)]


def _lines(wave: Wave, today: date) -> Iterator[Waiting]:
    if wave.state == "draft":
        yield from _to_open(wave, today)
    elif wave.state in ("open", "paused"):
        yield from _to_close(wave, today)
    if wave.state not in ("draft", "reported"):
        yield from _promised(wave, today)


def _to_open(wave: Wave, today: date) -> Iterator[Waiting]:
    if wave.opens_on - today > OPENS_SOON:
        return
    came = wave.opens_on if wave.opens_on <= today else None
    late = wave.opens_on < today
    if missing := still_missing(wave, today):
        opens = "was to open" if late else "opens"
        yield _line(wave, f"{wave.title} {opens} {_when(wave.opens_on, today)}. {missing}", came, late=late)
    elif came:
        yield _line(wave, f"Open {wave.title}: everything is there", came, late=late)


def _to_close(wave: Wave, today: date) -> Iterator[Waiting]:
    bare = unread_days(wave, today)
    if bare:
        words = f"Name a reader for each day that {wave.title} is open"
        yield Waiting(words, len(bare), bare[0] if bare[0] <= today else None, ROTA, today in bare)
    if timedelta(0) <= wave.closes_on - today <= CLOSES_SOON:
        words = f"{wave.title} closes {_when(wave.closes_on, today)}: look who has not been heard yet"
        yield _line(wave, words, None)


def _promised(wave: Wave, today: date) -> Iterator[Waiting]:
    if wave.promised_on < today:
        words = f"{wave.title}: the answer promised {_when(wave.promised_on, today)} is not out"
        yield _line(wave, words, wave.promised_on, late=True)
    elif wave.promised_on - today <= ANSWER_SOON:
        yield _line(wave, f"{wave.title}: an answer is promised {_when(wave.promised_on, today)}", None)


def _line(wave: Wave, words: str, since: date | None, *, late: bool = False) -> Waiting:
    return Waiting(words, 1, since, HERE + wave.code, late)


def _when(day: date, today: date) -> str:
    days = (day - today).days
    near = {0: "today", 1: "tomorrow", -1: "yesterday"}
    return near.get(days) or (f"in {days} days" if days > 0 else f"{-days} days ago")
