"""Read a twentieth again, blind: which answers are drawn, who may read them, what was missed; no database."""

from collections.abc import Sequence
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


def check_may_reread(first_reader: int, person_id: int, *, is_read: bool) -> None:
    """Raise `NotAllowed` for who read it first, `NotOpen` when somebody has read it a second time."""
    if first_reader == person_id:
        raise NotAllowed(N_("You read this answer the first time, so somebody else reads it now."))
    if is_read:
        raise NotOpen(N_("Somebody has read this one a second time already. Here is the next."))


def missed_words(missed: Missed) -> str:
    """Say in a sentence what was missed, and how sure that is."""
    if missed.interval is None or missed.interval.high is None:
        return "Nothing has been read a second time yet, so nobody can say what was missed."
    low, high = 100 * missed.interval.low, 100 * missed.interval.high
    if not missed.worrying:
        said = f"None of the {missed.read} answers read a second time was worrying"
        return f"{said}: of a hundred that were passed over, likely fewer than {max(1, ceil(high))} are.{_few(missed)}"
    part = f"{missed.worrying} of the {missed.read} answers read a second time"
    said = f"{part} {'was' if missed.worrying == 1 else 'were'} worrying ({100 * missed.worrying / missed.read:.0f} %)"
    return f"{said}: of a hundred that were passed over, likely {low:.0f} to {ceil(high)} are.{_few(missed)}"


def _few(missed: Missed) -> str:
    return " Few were read so far, so this says little yet." if missed.read < FEW else ""
