"""What a question may be cut by, and why a cut is not shown; no database."""

from collections.abc import Sequence

from engage.shared.errors import NotValid
from engage.shared.words import N_

MOST_BREAKS = 2
TOO_FEW = (
    "Cut like this, what very few young people answered could be worked out. So it is not shown. "
    "Cut by one thing only, or choose a question that more of them answered."
)
NOTHING_LEFT = (
    "Cut like this, every group is too small to show: there would be nothing but stars. "
    "Cut by one thing only, or by one that divides into fewer groups."
)
CHANGED_SINCE = (
    "Answers were deleted since these results were frozen, as young people may. What was frozen stays as it is, and no "
    "new cut can be made beside it."
)
OLD = "These results were frozen before cuts could be made safely beside them. The waves after can be cut."


def cut_of(item: str, by: Sequence[str], *, breaks: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """Name a cut the one way it is kept: each set of questions once, in the questionnaire's order. Raises `NotValid`.

    A question about the young people themselves stands behind one that is not; `breaks` are those, in order.
    """
    wanted = [code for code in dict.fromkeys(by) if code and code != item]
    if not 1 <= len(wanted) <= MOST_BREAKS:
        raise NotValid(N_("Choose one or two things to cut by, each once"))
    if not set(wanted) <= set(breaks):
        raise NotValid(N_("This question cannot be cut by that: choose from the list"))
    if item not in breaks:
        return item, tuple(sorted(wanted, key=list(breaks).index))
    first, *rest = sorted([item, *wanted], key=list(breaks).index)
    return first, tuple(rest)
