"""True counts on their way to being protected; nothing here may be shown."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product

from engage.analysis.method.records import Axis

At = tuple[str | None, ...]
MOST_BREAKS = 2


def places(axes: tuple[Axis, ...]) -> Iterator[At]:
    """Every cell of a table with these axes, totals (None) included."""
    return product(*((None, *axis.levels) for axis in axes))


@dataclass(frozen=True)
class Table:
    """True counts of people: `counts` by one level of each axis (answers first), left out means none.

    Axes must cover everybody in `of` (give "not said" a level), or totals would not be totals. `bases` is needed where
    people could pick several answers (`exclusive` False): how many people, by one level of each break.

    Tables of one wave have one `of`. `among` says what everybody in the table has said, as (axis, level): those who
    answered an item are among all who were asked. `merged` names answers that are others taken together, `across`
    those that are answers to the same question of other people taken together, as (their `of`, answer).
    """

    of: str
    axes: tuple[Axis, ...]
    counts: Mapping[tuple[str, ...], int]
    sensitive: bool = False
    exclusive: bool = True
    follows: str | None = None
    bases: Mapping[tuple[str, ...], int] = field(default_factory=dict)
    among: tuple[tuple[str, str], ...] = ()
    merged: tuple[tuple[str, tuple[str, ...]], ...] = ()
    across: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()

    def __post_init__(self) -> None:
        self._check_cuts()
        inside = set(product(*(axis.levels for axis in self.axes)))
        if outside := set(self.counts) - inside:
            raise ValueError(f"These counts are on no level of the table: {sorted(outside)}")
        people = (*self.counts.values(), *self.bases.values())
        if not all(float(count).is_integer() and count >= 0 for count in people):
            raise ValueError("A count of people is a whole number and cannot be below 0")

    def _check_cuts(self) -> None:
        if not 1 <= len(self.axes) <= 1 + MOST_BREAKS:
            raise ValueError(f"A table needs the answers and at most two breaks, got {len(self.axes)} axes")
        if not all(axis.levels for axis in self.axes):
            raise ValueError("Each axis of a table needs at least one level")
        if not self.exclusive and not self.bases:
            raise ValueError("People could pick several answers, so say in `bases` how many people there were")

    def totals(self) -> dict[At, int]:
        """Add up every cell, totals included: people, not picks, where several answers were possible."""
        sums = dict.fromkeys(places(self.axes), 0)
        for at, count in self.counts.items():
            for cell in product(*((None, level) for level in at)):
                sums[cell] += count
        if not self.exclusive:
            sums |= self._people()
        return sums

    def _people(self) -> dict[At, int]:
        people: dict[At, int] = {(None, *at): 0 for at in places(self.axes[1:])}
        for at, count in self.bases.items():
            for group in product(*((None, level) for level in at)):
                people[None, *group] += count
        return people


def table(
    counts: Mapping[str, int] | Mapping[str, Mapping[str, int]], *, of: str = "", sensitive: bool = False
) -> Table:
    """Make a table from a plain mapping of answers to people, or of answers to groups to people.

    Parameters
    ----------
    counts : mapping of answer code to people, or of answer code to a mapping of group code to people
        True counts, each 0 or more.
    of : str
        Who is counted; tables of the same people are audited together.
    sensitive : bool
        Whether a count of 0 must be hidden as well.

    Returns
    -------
    table : Table with axes "answer" and, where groups are given, "group"

    Raises
    ------
    ValueError
        If there are no answers, or a count is below 0 or no whole number.

    Examples
    --------
    >>> table({"safe": {"11-13": 20, "14-16": 31}, "unsafe": {"11-13": 2}}).totals()[("unsafe", None)]
    2
    """
    flat: dict[tuple[str, ...], int] = {}
    for answer, people in counts.items():
        if isinstance(people, Mapping):
            flat |= {(answer, group): count for group, count in people.items()}
        else:
            flat[answer,] = people
    axes = (Axis("answer", tuple(counts)),)
    groups = dict.fromkeys(at[1] for at in flat if len(at) > 1)
    return Table(of, (*axes, Axis("group", tuple(groups))) if groups else axes, flat, sensitive=sensitive)
