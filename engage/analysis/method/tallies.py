"""A few counts and their sum, safe to show, without a heavy library: for what pages count themselves."""

from collections.abc import Mapping

from engage.analysis.method.proportions import rounded
from engage.analysis.method.records import Cell, Rule


def shielded(counts: Mapping[str, int], *, rule: Rule | None = None) -> tuple[Cell, ...]:
    """Say counts of different people, and their sum, the way they may be said: all of them, or only the sum.

    For counts cut by more than one thing, or published with others of the same people, use `small_numbers.protect`,
    which says more and costs more.

    Parameters
    ----------
    counts : mapping of what was said to people, each 0 or more
        True counts. Everybody stands in exactly one of them.
    rule : Rule, optional
        How small numbers are hidden; the default rule when left out.

    Returns
    -------
    cells : tuple of Cell, the sum first (`at` is (None,)), then in the order given
        Where a count is below the minimum and not 0, all of them but the zeros are hidden, and only the sum is left.

    Raises
    ------
    ValueError
        If a count is below 0.

    Notes
    -----
    Hiding only some of them would hide those that must be, by a rule that a reader may know: 1, 8 and 28 shown as
    *, * and 30 of 35 could come from no other counts. What is hidden here depends on nothing but which are small.

    Examples
    --------
    >>> [cell.text for cell in shielded({"better": 31, "no change": 12, "worse": 8})]
    ['50', '30', '10', '10']
    >>> [cell.text for cell in shielded({"better": 31, "no change": 12, "worse": 1, "do not know": 0})]
    ['45', '*', '*', '*', '0']
    """
    rule = rule or Rule()
    if min(counts.values(), default=0) < 0:
        raise ValueError("Nobody can be fewer than nobody")
    hides = any(0 < count < rule.minimum for count in counts.values())
    total = sum(counts.values())
    cells = [Cell((name,), None if hides and count else rounded(count, rule)) for name, count in counts.items()]
    return (Cell((None,), None if 0 < total < rule.minimum else rounded(total, rule)), *cells)
