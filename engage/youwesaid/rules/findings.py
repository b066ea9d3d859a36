"""Which three or four findings a public page shows: by a rule, so that nobody picks what looks good."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

MOST = 4
MOST_CHANGES = 2
TEN = 10
CHANGES = frozenset({"up", "down"})
Why = Literal["changed", "most", "fewest"]


@dataclass(frozen=True)
class Candidate:
    """A question that may be shown: its section, the share (0 to 1) its headline counts, and how that moved."""

    item: str
    section: str
    share: float
    direction: str = ""
    difference: float = 0.0


def chosen(candidates: Sequence[Candidate]) -> list[tuple[Candidate, Why]]:
    """Give at most four, of different sections while there are any: what changed, then most and fewest by turns."""
    changed = sorted((one for one in candidates if one.direction in CHANGES), key=lambda one: -abs(one.difference))
    found: list[tuple[Candidate, Why]] = [(one, "changed") for one in _of_different_sections(changed)[:MOST_CHANGES]]
    while len(found) < MOST and (left := _left(candidates, found)):
        fewest = sum(why == "most" for _, why in found) > sum(why == "fewest" for _, why in found)
        pick = min if fewest else max
        found.append((pick(left, key=lambda one: one.share), "fewest" if fewest else "most"))
    return found


def tenths(share: float) -> int:
    """How many of ten people a share is, for drawing them."""
    return int(TEN * share + 0.5)


def _of_different_sections(candidates: Sequence[Candidate]) -> list[Candidate]:
    first: dict[str, Candidate] = {}
    for one in candidates:
        first.setdefault(one.section, one)
    return list(first.values())


def _left(candidates: Sequence[Candidate], found: Sequence[tuple[Candidate, Why]]) -> list[Candidate]:
    items, sections = {one.item for one, _ in found}, {one.section for one, _ in found}
    left = [one for one in candidates if one.item not in items]
    return [one for one in left if one.section not in sections] or left
