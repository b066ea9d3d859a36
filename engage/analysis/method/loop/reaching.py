"""Whom we have heard, beside who lives here."""

from collections.abc import Mapping
from dataclasses import dataclass

from engage.analysis.method.records import Record


@dataclass(frozen=True)
class Reach(Record):
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
