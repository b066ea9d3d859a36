"""Which waves of several ages belong together, and why a question of theirs is not counted together; no database."""

from collections.abc import Iterable
from datetime import date

from engage.analysis.rules.cutting import CHANGED_SINCE, NOTHING_LEFT, TOO_FEW
from engage.surveys.rules.waves import Wave

RUNNING = ("open", "paused")
FEWEST = 2  # one band alone is together with nobody
MONTHS = 3
LEFT_OUT = {  # why one cut is not shown, and what that means of ages counted together
    TOO_FEW: "together with what is shown of each age, what very few young people answered could be worked out",
    NOTHING_LEFT: "all ages together, every answer is still too small to show",
    CHANGED_SINCE: "answers were deleted since the results of one age were frozen, as young people may",
}


def quarter_at(day: date) -> str:
    """Give the quarter that a day lies in, as the panel's pages name it: the year and its first month."""
    return f"{day.year}-{(day.month - 1) // MONTHS * MONTHS + 1:02}"


def subject_of(family: str, day: date) -> str:
    """Name the work of counting the ages of a family together, for the quarter that a day lies in."""
    return f"{family}:{quarter_at(day)}"


def newest_of_each(waves: Iterable[tuple[str, Wave]]) -> list[Wave]:
    """Give the wave of each survey (its code, the wave) that closed last, the surveys in the order of their codes."""
    in_order = sorted(waves, key=lambda pair: (pair[0], pair[1].closes_on, pair[1].id))
    return list(dict(in_order).values())
