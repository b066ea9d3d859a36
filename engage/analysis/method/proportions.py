"""Parts of a whole with their 95 % interval."""

from math import sqrt

from engage.analysis.method.records import Interval, Proportion, Rule

Z95 = 1.959963984540054


def wilson(count: float, base: float, *, z: float = Z95) -> Interval:
    """Give the range in which the true share plausibly lies.

    Parameters
    ----------
    count : float, 0 to `base`, people
        How many said so.
    base : float, above 0, people
        How many answered.
    z : float
        Standard normal quantile of the level; the default gives 95 %.

    Returns
    -------
    interval : Interval, shares from 0 to 1

    Raises
    ------
    ValueError
        If nobody answered, or more said so than answered.

    Notes
    -----
    Source: Wilson (1927), Journal of the American Statistical Association 22, 209-212.

    Examples
    --------
    >>> interval = wilson(45, 50)
    >>> round(interval.low, 3), round(interval.high, 3)
    (0.786, 0.957)
    """
    if base <= 0 or not 0 <= count <= base:
        raise ValueError(f"A share needs at least one answer and no more than all of them, got {count} of {base}")
    share, width = count / base, z * z / base
    middle = (share + width / 2) / (1 + width)
    half = z / (1 + width) * sqrt(share * (1 - share) / base + width / (4 * base))
    return Interval(max(0.0, middle - half), min(1.0, middle + half))


def rounded(count: int, rule: Rule) -> int:
    """Round a count of people to the nearest multiple of the rule's `rounding`, halves up."""
    return (count + rule.rounding // 2) // rule.rounding * rule.rounding


def proportion(count: int, base: int, *, rule: Rule | None = None) -> Proportion | None:
    """Protect one lone figure: rounded, or None where either count or the base is too small to show.

    For figures beside their totals or other groups use `protect`, which also checks what can be deduced.

    Parameters
    ----------
    count, base : int, people
        True counts: how many said so, of how many who answered.
    rule : Rule, optional
        How small numbers are hidden; the default rule when left out.

    Returns
    -------
    proportion : Proportion of rounded counts, or None

    Raises
    ------
    ValueError
        If more said so than answered.

    Examples
    --------
    >>> proportion(41, 88).percent
    44
    >>> proportion(3, 88) is None
    True
    """
    rule = rule or Rule()
    if not 0 <= count <= base:
        raise ValueError(f"No more can say so than answered, got {count} of {base}")
    if base < max(rule.base_staff, rule.minimum) or 0 < count < rule.minimum:
        return None
    part, whole = rounded(count, rule), rounded(base, rule)
    return Proportion(part, whole, wilson(part, whole), rule.rounding)


def published(percent: float, base: int) -> Proportion:
    """Take a percentage that somebody else published, with the number who answered.

    Parameters
    ----------
    percent : float, 0 to 100
    base : int, above 0, people

    Returns
    -------
    proportion : Proportion, not rounded further

    Raises
    ------
    ValueError
        If the percentage is outside 0 to 100 or nobody answered.

    Examples
    --------
    >>> published(94, 500).count
    470
    """
    count = round(percent * base / 100)
    return Proportion(count, base, wilson(count, base), 1)
