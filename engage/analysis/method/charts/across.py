"""Charts that read across: bars, stacked answers, and dots with their intervals."""

from collections.abc import Iterator, Sequence
from itertools import accumulate

from engage.analysis.method.charts.sheet import COLUMNS, EDGE, FOOT, RADIUS, WIDTH, Sheet, figures
from engage.analysis.method.records import Cell, Change, Chart, ChartRow, Figure, Proportion, Protected

ROW = 54.0
WORDS = 18.0  # baseline of a row's words, below its top
MIDDLE = 34.0  # middle of a row's drawing
THICK = 18.0
NUMBER = 40.0  # room for a number beside the drawing
FITS = 12  # per cent: a part from which its number fits inside
EVERYONE = "everyone"


def _rows(sheet: Sheet, keys: Sequence[str]) -> None:
    for place, key in enumerate(keys):
        sheet.word("row", EDGE, place * ROW + WORDS, key)


def bar(table: Protected, *, group: str | None = None, whole: bool = True) -> Chart:
    """Draw how many gave each answer.

    Parameters
    ----------
    table : Protected
        Answers on its first axis.
    group : str, optional
        A level of the first break; everyone when left out.
    whole : bool
        Whether the scale goes to 100 per cent; if not, to the next ten above the longest interval, from 0 too.

    Returns
    -------
    chart : Chart
        A bar for each answer in order: per cent of the group with its 95 % interval, or people (no interval) where the
        group is too small for percentages. A hidden answer has "*" and no bar. Labels: the answers' codes; table
        columns "people", "of", "percent", "low", "high".

    Raises
    ------
    KeyError
        If there is no such group.

    Examples
    --------
    >>> from engage.analysis.method.small_numbers import protect
    >>> chart = bar(protect({"safe": 61, "unsafe": 23, "not_said": 2}))
    >>> [mark.role for mark in chart.marks if mark.shape == "rect"], sorted(chart.keys)[:3]
    (['now', 'now'], ['high', 'low', 'not_said'])
    """
    at = () if group is None or len(table.axes) == 1 else (group,)
    levels, base = table.axes[0].levels, table.base(*at)
    sheet = Sheet(len(levels) * ROW + FOOT, edges=(EDGE, EDGE + NUMBER))
    parts = [table.proportion(level, *at) for level in levels]
    cells = [table.cell(level, *at) for level in levels]
    by_share = any(parts)
    furthest = 100.0 if whole else _span([part for part in parts if part])[1]
    sheet.axes.set_xlim(0, furthest if by_share else max([10, *(cell.shown or 0 for cell in cells)]))
    for place, (cell, part) in enumerate(zip(cells, parts, strict=True)):
        _bar(sheet, place, cell, part)
    _rows(sheet, levels)
    sheet.ticks("percent" if by_share else "count")
    rows = [
        ChartRow(level, figures(part) if part else _counts(cell, base))
        for level, cell, part in zip(levels, cells, parts, strict=True)
    ]
    return sheet.chart("bar", COLUMNS, rows)


def _counts(cell: Cell, base: Cell) -> tuple[Figure, ...]:
    hidden = (Figure(None, "percent"),) * 3
    return Figure(cell.shown, "count"), Figure(base.shown, "count"), *hidden


def _bar(sheet: Sheet, place: int, cell: Cell, part: Proportion | None) -> None:
    y = place * ROW + MIDDLE
    length = 100 * part.share if part else float(cell.shown or 0)
    figure = Figure(part.percent, "percent") if part else Figure(cell.shown, "count")
    if length:
        sheet.block("now", 0, y, wide=length, thick=THICK)
    if part and length:
        high = 100 * (part.interval.high or 1.0)
        sheet.line("interval", [100 * part.interval.low, high], [y, y])
    across = WIDTH - EDGE if part or length else sheet.at(0, y)[0]
    sheet.number("value", (across, y + 5), figure, anchor="end" if part or length else "start")


def likert(table: Protected) -> Chart:
    """Draw how each group's answers divide, one stacked row a group.

    Parameters
    ----------
    table : Protected
        Answers in the order of their scale on its first axis; at most two breaks.

    Returns
    -------
    chart : Chart
        A row for everyone and for each group whose number may be shown; part n of the scale has role "level level-n".
        Hidden parts are one part of role "hidden" at the end. Labels: "everyone", the groups' and the answers' codes;
        by two breaks a group's code is `pair` of its levels, and groups too small for percentages have no row.

    Raises
    ------
    ValueError
        If people could pick several answers, which do not add up to a whole.

    Examples
    --------
    >>> from engage.analysis.method.small_numbers import protect
    >>> chart = likert(protect({"agree": {"a": 40, "b": 25}, "disagree": {"a": 20, "b": 30}}))
    >>> [row.key for row in chart.rows], chart.marks[-1].role
    (['everyone', 'a', 'b'], 'level level-2')
    """
    if not table.exclusive:
        raise ValueError("Answers of which people could pick several do not add up to a whole: draw bars")
    lines = list(_lines(table))
    sheet = Sheet(len(lines) * ROW + FOOT)
    sheet.axes.set_xlim(0, 100)
    for place, (_, cells, base) in enumerate(lines):
        if base.shown:
            _stack(sheet, place * ROW + MIDDLE, cells)
        else:
            sheet.number("value", (EDGE, place * ROW + MIDDLE + 5), Figure(None, "percent"), anchor="start")
    keys = [key for key, _, _ in lines]
    _rows(sheet, keys)
    sheet.ticks("percent")
    rows = [
        ChartRow(key, (Figure(base.shown, "count"), *(Figure(cell.percent, "percent") for cell in cells)))
        for key, cells, base in lines
    ]
    return sheet.chart("likert", ("of", *table.axes[0].levels), rows)


def pair(group: Sequence[str]) -> str:
    """Name a group of two breaks in a drawing.

    Parameters
    ----------
    group : sequence of str
        One level of each break.

    Returns
    -------
    key : str

    Examples
    --------
    >>> pair(("age_11_13", "girl"))
    'age_11_13 + girl'
    """
    return " + ".join(group)


def _lines(table: Protected) -> Iterator[tuple[str, tuple[Cell, ...], Cell]]:
    two = len(table.axes) > 2  # noqa: PLR2004  (answers and two breaks)
    for group in ((), *(table.groups if len(table.axes) > 1 else ())):
        cells = tuple(table.cell(level, *group) for level in table.axes[0].levels)
        if not (two and group) or any(cell.percent is not None for cell in cells):
            yield pair(group) or EVERYONE, cells, table.base(*group)


def _stack(sheet: Sheet, y: float, cells: Sequence[Cell]) -> None:
    shown = [cell.percent or 0 for cell in cells]
    scale = 100 / max(100, sum(shown))
    widths = [percent * scale for percent in shown]
    roles = [f"level level-{number}" for number in range(1, len(cells) + 1)]
    if any(cell.hidden for cell in cells):
        widths, roles = [*widths, max(0.0, 100 - sum(widths))], [*roles, "hidden"]
    lefts = [0.0, *accumulate(widths)][:-1]
    for role, left, width in zip(roles, lefts, widths, strict=True):
        if width:
            sheet.block(role, left, y, wide=width, thick=THICK)
    for number, percent in enumerate(shown, start=1):
        if percent >= FITS:
            across, down = sheet.at(lefts[number - 1] + widths[number - 1] / 2, y)
            sheet.number(f"inside inside-{number}", (across, down + 5), Figure(percent, "percent"))


def _dot(sheet: Sheet, y: float, part: Proportion | None, role: str) -> None:
    if part is not None:
        ends = [100 * part.interval.low, 100 * (part.interval.high or 1.0)]
        sheet.line(f"interval {role}", ends, [y, y])
        sheet.line(role, [100 * part.share], [y])


def changes(family: Sequence[Change]) -> Chart:
    """Draw what changed: hollow before, solid now, each with its interval.

    Parameters
    ----------
    family : sequence of Change, at least one
        As `change.family` gave them.

    Returns
    -------
    chart : Chart
        A row for each figure in order: dots of role "before" and "now" on lines of role "interval before" and
        "interval now". Labels: the changes' keys and their directions ("up", "down", "no clear change", "too few to
        say"); table columns "before", "now", "difference".

    Raises
    ------
    ValueError
        If there is nothing to draw.

    Examples
    --------
    >>> from engage.analysis.method.change import family
    >>> from engage.analysis.method.proportions import published
    >>> chart = changes(family({"area": (published(90, 500), published(94, 500))}))
    >>> [mark.role for mark in chart.marks if mark.shape == "circle"]
    ['before', 'now']
    """
    return _dots("changes", list(family))


def themes(family: Sequence[Change]) -> Chart:
    """Draw how many spoke of each theme, the most spoken of first, with last time where there was one.

    Parameters
    ----------
    family : sequence of Change, at least one
        One for each theme; `before` None for a theme or a wave that is new.

    Returns
    -------
    chart : Chart
        As `changes`, ordered by the share now.

    Raises
    ------
    ValueError
        If there is nothing to draw.

    Examples
    --------
    >>> from engage.analysis.method.change import compare
    >>> from engage.analysis.method.proportions import published
    >>> found = [compare(None, published(12, 200), key="buses"), compare(None, published(31, 200), key="parks")]
    >>> [row.key for row in themes(found).rows]
    ['parks', 'buses']
    """
    return _dots("themes", sorted(family, key=lambda one: -(one.now.share if one.now else -1.0)))


def _dots(kind: str, family: Sequence[Change]) -> Chart:
    if not family:
        raise ValueError("There is nothing to draw: give at least one figure")
    sheet = Sheet(len(family) * ROW + FOOT)
    low, high = _span([part for one in family for part in (one.before, one.now) if part])
    sheet.axes.set_xlim(low, high)
    for place, one in enumerate(family):
        _dot(sheet, place * ROW + MIDDLE - RADIUS, one.before, "before")
        _dot(sheet, place * ROW + MIDDLE + RADIUS, one.now, "now")
        sheet.word("direction", WIDTH - EDGE, place * ROW + WORDS, one.direction, anchor="end")
    _rows(sheet, [one.key for one in family])
    sheet.ticks("percent")
    rows = [ChartRow(one.key, (_percent(one.before), _percent(one.now), _points(one))) for one in family]
    return sheet.chart(kind, ("before", "now", "difference"), rows)


def _span(parts: Sequence[Proportion]) -> tuple[float, float]:
    low = min((100 * part.interval.low for part in parts), default=0.0)
    high = max((100 * (part.interval.high or 1.0) for part in parts), default=100.0)
    return max(0.0, low // 10 * 10), min(100.0, -(-high // 10) * 10)


def _percent(part: Proportion | None) -> Figure:
    return Figure(None if part is None else part.percent, "percent")


def _points(one: Change) -> Figure:
    return Figure(None if one.difference is None else round(100 * one.difference), "points")
