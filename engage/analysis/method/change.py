"""What changed between two waves, and how sure we are: plain arithmetic on figures already safe to show."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import sqrt
from statistics import NormalDist

from engage.analysis.method.records import Change, Direction, Interval, Proportion, Ranked

NORMAL = NormalDist()
Pair = tuple[Proportion | None, Proportion | None]


def _rounding_variance(part: Proportion) -> float:
    """What rounding to the nearest 5 adds to the variance of a share; nothing where nothing was rounded."""
    each = (part.rounding**2 - 1) / 12
    return each * (1 + part.share**2) / part.base**2


def _two_sided(before: Proportion, now: Proportion) -> float:
    pooled = (before.count + now.count) / (before.base + now.base)
    variance = pooled * (1 - pooled) * (1 / before.base + 1 / now.base)
    variance += _rounding_variance(before) + _rounding_variance(now)
    if variance == 0:
        return 1.0
    return 2 * NORMAL.cdf(-abs(now.share - before.share) / sqrt(variance))


def _difference(before: Proportion, now: Proportion) -> Interval:
    gap = now.share - before.share
    was, new = before.interval, now.interval
    extra = 1.96**2 * (_rounding_variance(before) + _rounding_variance(now))
    below = sqrt((now.share - new.low) ** 2 + ((was.high or 0.0) - before.share) ** 2 + extra)
    above = sqrt(((new.high or 0.0) - now.share) ** 2 + (before.share - was.low) ** 2 + extra)
    return Interval(max(-1.0, gap - below), min(1.0, gap + above))


def _direction(difference: float, p: float, level: float) -> Direction:
    if p > level:
        return "no clear change"
    return "up" if difference > 0 else "down"


def compare(before: Proportion | None, now: Proportion | None, *, key: str = "", level: float = 0.05) -> Change:
    """Compare one figure between two waves.

    Parameters
    ----------
    before, now : Proportion, or None where it is hidden
        Parts of two groups of different people, already safe to show.
    key : str
        What the figure is; kept in the record.
    level : float, 0 to 1
        The chance of calling a difference that is not there.

    Returns
    -------
    change : Change
        Difference of shares with its 95 % interval, p of the two-proportion test, and "up", "down", "no clear change",
        or "too few to say" where a figure is hidden. `q` equals `p`: this one was looked at alone.

    Raises
    ------
    ValueError
        If `level` is not between 0 and 1.
    TypeError
        If a figure is no `Proportion`.

    Notes
    -----
    Pooled two-proportion z test; where counts were rounded, the rounding's own variance is added, so that rounding
    alone is never called a change. Interval: Newcombe (1998), Statistics in Medicine 17, 873-890, method 10.

    Examples
    --------
    >>> from engage.analysis.method.proportions import published
    >>> change = compare(published(60, 500), published(70, 500))
    >>> change.direction, round(change.p, 4)
    ('up', 0.0009)
    """
    if not 0 < level < 1:
        raise ValueError(f"level is a chance between 0 and 1, got {level}")
    if not all(isinstance(part, Proportion | None) for part in (before, now)):
        raise TypeError(
            "Only figures that are safe to show are compared: give Proportions, or None where one is hidden"
        )
    if before is None or now is None:
        return Change(key, before, now, None, None, None, None, "too few to say")
    gap, p = now.share - before.share, _two_sided(before, now)
    return Change(key, before, now, gap, _difference(before, now), p, p, _direction(gap, p, level))


def false_discovery(p: Sequence[float]) -> list[float]:
    """Adjust many p values for being looked at together.

    Parameters
    ----------
    p : sequence of float, length n, 0 to 1

    Returns
    -------
    q : list of float, length n, in the same order
        The share of false calls to expect among all figures whose q is no larger.

    Notes
    -----
    Source: Benjamini & Hochberg (1995), Journal of the Royal Statistical Society B 57, 289-300.

    Examples
    --------
    >>> [round(q, 3) for q in false_discovery([0.01, 0.04, 0.03])]
    [0.03, 0.04, 0.04]
    """
    order = sorted(range(len(p)), key=p.__getitem__, reverse=True)
    smallest, adjusted = 1.0, [1.0] * len(p)
    for place, number in enumerate(order):
        smallest = min(smallest, p[number] * len(p) / (len(p) - place))
        adjusted[number] = smallest
    return adjusted


def family(pairs: Mapping[str, Pair], *, fdr: float = 0.05) -> tuple[Change, ...]:
    """Compare all figures that are shown together, so that looking at many does not invent changes.

    Parameters
    ----------
    pairs : mapping of key to (before, now)
        Every figure on the page, hidden ones (None) too.
    fdr : float, 0 to 1
        The share of false calls to accept among the changes called.

    Returns
    -------
    changes : tuple of Change, in the order given
        As `compare`, with `q` after Benjamini-Hochberg over the figures that are not hidden.

    Raises
    ------
    ValueError
        If `fdr` is not between 0 and 1.

    Examples
    --------
    >>> from engage.analysis.method.proportions import published
    >>> found = family({"area": (published(90, 500), published(94, 500)), "job": (published(92, 500), None)})
    >>> [change.direction for change in found]
    ['up', 'too few to say']
    """
    if not isinstance(pairs, Mapping):
        raise TypeError("Name each pair of figures: give a mapping of what they are to (before, now)")
    changes = [compare(before, now, key=key, level=fdr) for key, (before, now) in pairs.items()]
    tested = [change for change in changes if change.p is not None]
    adjusted = dict(zip((id(one) for one in tested), false_discovery([one.p or 0.0 for one in tested]), strict=True))
    return tuple(_adjust(change, adjusted[id(change)], fdr) if id(change) in adjusted else change for change in changes)


def _adjust(change: Change, q: float, fdr: float) -> Change:
    return replace(change, q=q, direction=_direction(change.difference or 0.0, q, fdr))


def ranks(parts: Mapping[str, Proportion]) -> tuple[Ranked, ...]:
    """Put figures in order without pretending to an order that is not there.

    Parameters
    ----------
    parts : mapping of key to Proportion

    Returns
    -------
    ranked : tuple of Ranked, largest share first
        `rank` is one more than how many figures lie clearly above (their interval begins where this one has ended);
        `level_with` names those whose intervals overlap.

    Raises
    ------
    TypeError
        If the shares are not named.

    Examples
    --------
    >>> from engage.analysis.method.proportions import published
    >>> found = ranks({"litter": published(20, 500), "crime": published(60, 500), "traffic": published(23, 500)})
    >>> [(one.key, one.rank, one.level_with) for one in found]
    [('crime', 1, ()), ('traffic', 2, ('litter',)), ('litter', 2, ('traffic',))]
    """
    if not isinstance(parts, Mapping):
        raise TypeError("Name each share: give a mapping of what they are to Proportions")
    order = sorted(parts.items(), key=lambda item: -item[1].share)
    return tuple(
        Ranked(
            key,
            part,
            1 + sum(_above(other, part) for _, other in order),
            tuple(name for name, other in order if name != key and not (_above(other, part) or _above(part, other))),
        )
        for key, part in order
    )


def _above(first: Proportion, second: Proportion) -> bool:
    return first.interval.low > (second.interval.high or 0.0)
