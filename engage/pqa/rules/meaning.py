"""One sentence of what a figure means, and no more than it says; no database."""

from collections.abc import Mapping, Sequence
from itertools import combinations

from engage.analysis.method.records import Cell, Change, Interval, Protected, Ranked

MOST_NAMED = 3


def said_most(table: Protected, labels: Mapping[str, str]) -> str:
    """Say which answer was given most, or which are level at the top."""
    known = [cell for level in table.axes[0].levels if (cell := table.cell(level)).interval and cell.shown]
    if not known:
        return "Too few answered for percentages, so it is drawn in people."
    top = max(known, key=lambda cell: cell.shown or 0)
    level = [cell for cell in known if cell is not top and not _apart(cell, top)]
    if not level:
        return f"Most said “{_word(top, labels)}”: {top.percent}%."
    named = ", ".join(f"“{_word(cell, labels)}” ({cell.percent}%)" for cell in [top, *level][:MOST_NAMED])
    more = f" and {len(level) + 1 - MOST_NAMED} more" if len(level) >= MOST_NAMED else ""
    return f"Level at the top: {named}{more}. Their intervals overlap, so none can be called first."


def differs_most(table: Protected, labels: Mapping[str, str]) -> str:
    """Say where groups lie apart in what they answer, by the pair that lies furthest apart."""
    pairs = [
        (first, second)
        for level in table.axes[0].levels
        for first, second in combinations(_shares(table, level), 2)
        if _apart(first, second)
    ]
    if not pairs:
        return "No answer lies clearly apart between these groups: the intervals overlap, or too few answered."
    high, low = max((sorted(pair, key=_share, reverse=True) for pair in pairs), key=lambda two: _gap(*two))
    return (
        f"Furthest apart: “{_word(high, labels)}” was said by {high.percent}% of “{_group(high, labels)}” and "
        f"{low.percent}% of “{_group(low, labels)}”."
    )


def moved(change: Change | None) -> str:
    """Say how a share moved since the wave before."""
    if change is None or (change.before is None and change.direction != "too few to say"):
        return "No earlier wave asked the same."
    if change.before is None or change.direction == "too few to say":
        return "Too few to say whether it changed."
    if change.direction == "no clear change":
        return f"No clear change: {change.before.percent}% before."
    return f"{change.direction.capitalize()} from {change.before.percent}%."


def in_order(ranked: Sequence[Ranked], labels: Mapping[str, str]) -> list[tuple[int, str, int, str]]:
    """Give each answer its place, words, percentage and with which it is level."""
    return [
        (
            one.rank,
            labels.get(one.key, one.key),
            one.proportion.percent,
            "level with " + ", ".join(labels.get(key, key) for key in one.level_with) if one.level_with else "",
        )
        for one in ranked
    ]


def hidden_among(tables: Sequence[Protected]) -> tuple[int, int]:
    """Count the figures that are hidden, and all of them."""
    cells = [cell for table in tables for cell in table.cells]
    return sum(cell.hidden for cell in cells), len(cells)


def _shares(table: Protected, level: str) -> list[Cell]:
    groups = [cell for cell in table.cells if cell.at[0] == level and None not in cell.at and cell.interval]
    return [cell for cell in groups if "not_said" not in cell.at]


def _apart(first: Cell, second: Cell) -> bool:
    return _ends(first)[0] > _ends(second)[1] or _ends(second)[0] > _ends(first)[1]


def _ends(cell: Cell) -> tuple[float, float]:
    interval = cell.interval or Interval(0.0, 1.0)
    return interval.low, 1.0 if interval.high is None else interval.high


def _share(cell: Cell) -> int:
    return cell.percent or 0


def _gap(high: Cell, low: Cell) -> float:
    return _ends(high)[0] - _ends(low)[1]


def _word(cell: Cell, labels: Mapping[str, str]) -> str:
    return labels.get(cell.at[0] or "", cell.at[0] or "")


def _group(cell: Cell, labels: Mapping[str, str]) -> str:
    return ", ".join(labels.get(group, group) for group in cell.at[1:] if group)
