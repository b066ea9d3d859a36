"""One concern on its way, as the measures see it."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Said:
    """One concern on its way: when it was said, what was promised first, and what has happened to it.

    Said is the day its wave closed or its forum was held; days before that belong to nobody's waiting.
    """

    said_on: date
    promised_by: date
    answered_on: date | None = None  # first published doing, done or cannot
    did_on: date | None = None  # last action verified; None while one is still to do
    felt: bool | None = None  # what the last felt-check reported; None: none has told enough yet
    cannot: bool = False  # the last answer published is "we can't do this"
