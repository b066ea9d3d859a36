"""Read a twentieth again, blind: which answers are drawn, who may read them, what was missed; no database."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil
from random import Random

from engage.analysis.method.proportions import wilson
from engage.analysis.method.records import Interval
from engage.shared.errors import NotAllowed, NotOpen
from engage.shared.words import N_

SHARE = 0.05
FEWEST = 5  # a week, or all there are
LONGEST_BACK = timedelta(weeks=12)  # for a first draw; after that no week is left out, however long ago
WEEK = timedelta(weeks=1)
FEW = 60  # answers read again, below which a miss rate says little


@dataclass(frozen=True)
class Missed:
    """Answers read a second time, in one week's draw (`week` None: in all), and how many of them worry."""

    week: date | None
    drawn: int
    read: int
    worrying: int

    @property
    def interval(self) -> Interval | None:
        """Where the true share of worrying answers among those passed over plausibly lies (Wilson, 95 %)."""
        return wilson(self.worrying, self.read) if self.read else None


def monday(day: date) -> date:
    """The Monday of the week that a day is in."""
    return day - timedelta(days=day.weekday())


def due_weeks(first_read: date | None, last_drawn: date | None, today: date) -> list[date]:
    """The Mondays of every week that is over and not drawn from yet, oldest first."""
    if last_drawn is not None:
        start = last_drawn + WEEK
    elif first_read is not None:
        start = monday(max(first_read, today - LONGEST_BACK))
    else:
        return []
    return [start + number * WEEK for number in range(max(0, (monday(today) - start) // WEEK))]


def how_many(answers: int) -> int:
    """How many of a week's answers are read again."""
    return min(answers, max(FEWEST, ceil(SHARE * answers)))


def drawn(keys: Sequence[bytes], *, seed: int) -> list[bytes]:
    """Draw from a week's answers; the same seed draws the same ones, in whatever order they come."""
    return Random(seed).sample(sorted(keys), how_many(len(keys)))  # noqa: S311  (kept with its seed, to be drawn again)


def check_may_reread(first_readers: Collection[int | None], person_id: int, *, is_read: bool) -> None:
    """Raise `NotAllowed` for who read it first, `NotOpen` when somebody has read it a second time."""
    if person_id in first_readers:
        raise NotAllowed(N_("You read this answer the first time, so somebody else reads it now."))
    if is_read:
        raise NotOpen(N_("Somebody has read this one a second time already. Here is the next."))


def missed_words(missed: Missed) -> str:
    """Say in a sentence what was missed, and how sure that is."""
    if not missed.read:
        return "Nothing has been read a second time yet, so nobody can say what was missed."
    were = "were" if missed.worrying > 1 else "was"
    said = f"{_part(missed)} of the {missed.read} answers read a second time {were} worrying"
    few = " Few were read so far, so this says little yet." if missed.read < FEW else ""
    return f"{said}: of a hundred that were passed over, {_likely(missed)} are.{few}"


def missed_in_short(missed: Missed) -> str:
    """Say the same of one week, where the whole sentence stands above it."""
    if not missed.read:
        return "nothing read a second time yet."
    return f"{_part(missed).lower()} of {missed.read} worrying; {_likely(missed)} in a hundred."


def _part(missed: Missed) -> str:
    return str(missed.worrying) if missed.worrying else "None"


def _likely(missed: Missed) -> str:
    found = missed.interval
    low, high = (100 * found.low, ceil(100 * (found.high or 1.0))) if found else (0.0, 100)
    return f"likely {low:.0f} to {high}" if missed.worrying else f"likely fewer than {high}"
