"""How long things take and how long the oldest waits, those still open counted."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby
from math import ceil, exp, log, sqrt
from statistics import NormalDist, median
from typing import Literal

from engage.analysis.method.loop.said import Said
from engage.analysis.method.records import Interval, KaplanMeier, Step

Z95 = NormalDist().inv_cdf(0.975)
HALF = 0.5
Waiting = tuple[float, bool]  # days so far, and whether it has happened
Stage = Literal["answered", "did"]


def _steps(waits: Sequence[Waiting]) -> tuple[tuple[Step, ...], list[float]]:
    """The curve, and Greenwood's sum at each of its steps."""
    waiting, greenwood, steps, sums, left = 1.0, 0.0, [], [], len(waits)
    for day, same_day in groupby(sorted(waits), key=lambda wait: wait[0]):
        outcomes = [happened for _, happened in same_day]
        if events := sum(outcomes):
            waiting *= 1 - events / left
            greenwood += events / (left * (left - events)) if left > events else 0.0
            steps.append(Step(day, waiting, left))
            sums.append(greenwood)
        left -= len(outcomes)
    return tuple(steps), sums


def _bounds(step: Step, greenwood: float) -> tuple[float, float]:
    """Range of the share still waiting, on the log minus log scale, which never leaves 0 to 1."""
    if not 0 < step.waiting < 1:
        return step.waiting, step.waiting
    spread = exp(Z95 * sqrt(greenwood) / abs(log(step.waiting)))
    return step.waiting**spread, step.waiting ** (1 / spread)


def _first(days: Iterable[tuple[float, float]]) -> float | None:
    return next((day for day, share in days if share <= HALF + 1e-12), None)


def time_to(events: Iterable[Waiting]) -> KaplanMeier:
    """Say how long things take, counting those still open.

    Parameters
    ----------
    events : iterable of (days, happened)
        For each concern, days from said to answered, or days so far with `happened` False.

    Returns
    -------
    estimate : KaplanMeier
        `median` is the first day on which half or fewer are still waiting, None if that day has not come; `interval`
        its 95 % range in days, `high` None while it has no top.

    Raises
    ------
    ValueError
        If there is no event, or one has a negative number of days.

    Notes
    -----
    Source: Kaplan & Meier (1958), J. Am. Stat. Assoc. 53, 457-481; interval of the median: Brookmeyer & Crowley (1982),
    Biometrics 38, 29-41, on the log minus log scale.

    Examples
    --------
    >>> days = [10, 20, 30, 40, 50, 52, 56, 56, 60, 70, 80, 90, 100, 110]
    >>> found = time_to([(day, True) for day in days] + [(120, False)] * 10)
    >>> found.naive_median, found.median
    (56.0, 90.0)
    """
    waits = [(float(days), bool(happened)) for days, happened in events]
    if not waits:
        raise ValueError("There is nothing to time yet: give at least one concern")
    if not all(days >= 0 for days, _ in waits):  # not a number is not
        raise ValueError("Something is answered before it was said: days are numbers that cannot be below 0")
    done = [days for days, happened in waits if happened]
    steps, sums = _steps(waits)
    ranges = [(step.day, *_bounds(step, total)) for step, total in zip(steps, sums, strict=True)]
    low, high = (_first((day, share[side]) for day, *share in ranges) for side in (0, 1))
    return KaplanMeier(
        median=_first((step.day, step.waiting) for step in steps),
        interval=None if low is None else Interval(low, high),
        naive_median=median(done) if done else None,
        happened=len(done),
        still_open=len(waits) - len(done),
        steps=steps,
    )


def time_from_said(concerns: Iterable[Said], stage: Stage, *, today: date) -> KaplanMeier:
    """Say how long it takes from said to answered, or to did.

    Parameters
    ----------
    concerns : iterable of Said
    stage : "answered" or "did"
    today : date
        Open ones have waited until today.

    Returns
    -------
    estimate : KaplanMeier, days

    Raises
    ------
    ValueError
        If there is no concern.

    Examples
    --------
    >>> day = date(2026, 1, 1)
    >>> time_from_said([Said(day, day, answered_on=date(2026, 1, 11))], "answered", today=date(2026, 3, 1)).median
    10.0
    """
    reached = [(one, one.answered_on if stage == "answered" else one.did_on) for one in concerns]
    return time_to([(((on or today) - one.said_on).days, on is not None) for one, on in reached])


def longest_open(concerns: Iterable[Said], *, today: date) -> int | None:
    """Days that the longest unanswered concern has waited; None if none is open.

    Parameters
    ----------
    concerns : iterable of Said
    today : date

    Returns
    -------
    days : int or None

    Examples
    --------
    >>> longest_open([Said(date(2026, 1, 1), date(2026, 2, 1))], today=date(2026, 1, 31))
    30
    """
    return max(((today - one.said_on).days for one in concerns if one.answered_on is None), default=None)


def slowest(minutes: Iterable[float], *, share: float = 0.95) -> float | None:
    """The time within which this share of alerts were read: an observed value, never one in between.

    Parameters
    ----------
    minutes : iterable of float
        From raised to first opened, one for each alert; for one still unread, minutes so far.
    share : float, above 0 to 1

    Returns
    -------
    minutes : float, or None if there was no alert

    Raises
    ------
    ValueError
        If `share` is not above 0 and at most 1.

    Examples
    --------
    >>> slowest(range(1, 101))
    95
    """
    if not 0 < share <= 1:
        raise ValueError(f"share is above 0 and at most 1, got {share}")
    waits = sorted(minutes)
    return waits[ceil(share * len(waits)) - 1] if waits else None
