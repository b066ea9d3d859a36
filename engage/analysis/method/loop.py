"""How well the loop closes: what was promised, how long it took, what is still open. Plain arithmetic on dates."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from math import ceil, exp, log, sqrt
from statistics import NormalDist, median
from typing import Literal

from engage.analysis.method.proportions import wilson
from engage.analysis.method.records import Interval, KaplanMeier, Proportion, Step

Z95 = NormalDist().inv_cdf(0.975)
HALF = 0.5
Waiting = tuple[float, bool]  # days so far, and whether it has happened
Stage = Literal["answered", "did"]


@dataclass(frozen=True)
class Said:
    """One concern on its way: when it was said, what was promised, and what has happened to it."""

    said_on: date
    promised_by: date
    answered_on: date | None = None  # first published doing, done or cannot
    did_on: date | None = None  # last action verified
    felt: bool | None = None  # what the felt-check reported; None: not asked or not reported yet
    cannot: bool = False


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
    if min(waits)[0] < 0:
        raise ValueError("Something is answered before it was said: days cannot be below 0")
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


def _part(count: int, base: int) -> Proportion | None:
    return Proportion(count, base, wilson(count, base), 1) if base else None


def answered_by_promise(concerns: Iterable[Said], *, today: date) -> Proportion | None:
    """Share of concerns answered by the promised date, of those whose date has come or that were answered already.

    Parameters
    ----------
    concerns : iterable of Said
    today : date

    Returns
    -------
    kept : Proportion of concerns (not people, so not rounded), or None while no promise is due

    Examples
    --------
    >>> day, due = date(2026, 1, 1), date(2026, 2, 1)
    >>> said = [Said(day, due, answered_on=due), Said(day, due), Said(day, date(2027, 1, 1))]
    >>> answered_by_promise(said, today=date(2026, 3, 1)).percent
    50
    """
    due = [one for one in concerns if one.promised_by < today or one.answered_on is not None]
    return _part(sum(one.answered_on is not None and one.answered_on <= one.promised_by for one in due), len(due))


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


def share_cannot(concerns: Iterable[Said]) -> Proportion | None:
    """Share of answered concerns whose answer is "we can't do this".

    Parameters
    ----------
    concerns : iterable of Said

    Returns
    -------
    cannot : Proportion, or None while nothing is answered

    Examples
    --------
    >>> day = date(2026, 1, 1)
    >>> share_cannot([Said(day, day, day, cannot=True), Said(day, day, day), Said(day, day)]).percent
    50
    """
    answered = [one for one in concerns if one.answered_on is not None]
    return _part(sum(one.cannot for one in answered), len(answered))


def share_felt(concerns: Iterable[Said]) -> Proportion | None:
    """Share of done concerns that young people say are better; a felt-check not reported yet counts as not felt.

    Parameters
    ----------
    concerns : iterable of Said

    Returns
    -------
    felt : Proportion, or None while nothing is done

    Examples
    --------
    >>> day = date(2026, 1, 1)
    >>> share_felt([Said(day, day, day, day, felt=True), Said(day, day, day, day)]).percent
    50
    """
    done = [one for one in concerns if one.did_on is not None]
    return _part(sum(one.felt is True for one in done), len(done))


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


@dataclass(frozen=True)
class Reach:
    """Whom we heard, beside who lives here: `ratio` 1 is a fair share, below 1 heard too little; None is hidden."""

    group: str
    heard: int | None
    heard_share: float | None
    lives_here_share: float
    ratio: float | None


def reach(heard: Mapping[str, int | None], lives_here: Mapping[str, int]) -> tuple[Reach, ...]:
    """Compare who answered with the borough's children, those heard least first.

    Parameters
    ----------
    heard : mapping of group to people who answered, already rounded; None where hidden
    lives_here : mapping of group to children of the borough, above 0

    Returns
    -------
    reached : tuple of Reach
        Hidden and missing groups first, then by ratio.

    Raises
    ------
    ValueError
        If no children live in a group, or a group that answered is not among the borough's.

    Examples
    --------
    >>> [(one.group, one.ratio) for one in reach({"11-13": 30, "14-16": 10}, {"11-13": 500, "14-16": 500})]
    [('14-16', 0.5), ('11-13', 1.5)]
    """
    if not lives_here or min(lives_here.values()) <= 0 or set(heard) - set(lives_here):
        raise ValueError("Each group needs the number of children who live here, above 0")
    answered, children = sum(count or 0 for count in heard.values()), sum(lives_here.values())
    found = []
    for group, living in lives_here.items():
        count = heard.get(group, 0)
        part = None if count is None or not answered else count / answered
        ratio = None if part is None else round(part * children / living, 2)
        found.append(Reach(group, count, part, living / children, ratio))
    return tuple(sorted(found, key=lambda one: (one.ratio is not None, one.ratio or 0.0)))
