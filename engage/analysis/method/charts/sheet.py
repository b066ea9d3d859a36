"""A sheet of paper that matplotlib lays out, and whose drawn parts are read back as plain marks."""

from collections.abc import Sequence
from typing import Any

from matplotlib.artist import Artist
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure as Paper
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.ticker import MaxNLocator

from engage.analysis.method.records import Anchor, Chart, ChartRow, Figure, Label, Mark, Proportion, Unit

WIDTH = 480  # units of the drawing; the page scales it
EDGE = 12
FOOT = 28  # room for the numbers of the axis
DOTS = 100  # matplotlib's units an inch
MOST_TICKS = 5
RADIUS = 5.0  # of a dot
COLUMNS = ("people", "of", "percent", "low", "high")
HIDDEN_ROW = tuple(Figure(None, unit) for unit in ("count", "count", "percent", "percent", "percent"))


def figures(part: Proportion | None) -> tuple[Figure, ...]:
    """What the table says of a share: people, of how many, percentage, and where it plausibly lies."""
    if part is None:
        return HIDDEN_ROW
    low, high = part.interval.low, part.interval.high
    percents = (part.percent, round(100 * low), round(100 * (1.0 if high is None else high)))
    return Figure(part.count, "count"), Figure(part.base, "count"), *(Figure(one, "percent") for one in percents)


class Sheet:
    """Axes of a fixed size in drawing units; x in the figure's unit, y in drawing units down from the top."""

    def __init__(self, height: float, *, edges: tuple[float, float] = (EDGE, EDGE)) -> None:
        self.height, self.marks, self.labels = height, list[Mark](), list[Label]()
        self._paper = Paper(figsize=(WIDTH / DOTS, height / DOTS), dpi=DOTS)
        FigureCanvasAgg(self._paper)
        left, right = edges
        self.axes: Any = self._paper.add_axes(
            (left / WIDTH, FOOT / height, 1 - (left + right) / WIDTH, 1 - FOOT / height)
        )
        self.axes.set_axis_off()
        self.axes.set_ylim(height - FOOT, 0)
        self._drawn: list[tuple[Artist, str]] = []

    def line(self, role: str, across: Sequence[float], down: Sequence[float]) -> None:
        """Draw a line through these points, or a dot where there is one."""
        self._draw(Line2D(across, down), role)

    def block(self, role: str, left: float, middle: float, *, wide: float, thick: float) -> None:
        """Draw a block that begins at `left`."""
        self._draw(Rectangle((left, middle - thick / 2), wide, thick), role)

    def _draw(self, artist: Artist, role: str) -> None:
        self.axes.add_artist(artist)
        self._drawn.append((artist, role))

    def at(self, x: float, y: float) -> tuple[float, float]:
        """Where a point of the axes lies on the drawing."""
        across, up = self.axes.transData.transform((x, y))
        return round(float(across), 1), round(self.height - float(up), 1)

    def word(self, role: str, x: float, y: float, key: str, *, anchor: Anchor = "start") -> None:
        """Leave room for words at drawing units."""
        self.labels.append(Label(role, round(x, 1), round(y, 1), anchor, key))

    def number(self, role: str, at: tuple[float, float], figure: Figure, *, anchor: Anchor = "middle") -> None:
        """Leave room for a number at drawing units."""
        self.labels.append(Label(role, *at, anchor, "", figure))

    def ticks(self, unit: Unit) -> None:
        """Draw the lines of the scale and number them."""
        bottom = self.height - FOOT
        low, high = self.axes.get_xlim()
        for tick in MaxNLocator(MOST_TICKS, integer=True).tick_values(low, high):
            if low <= tick <= high:
                self.line("grid", [tick, tick], [0, bottom])
                across, _ = self.at(tick, bottom)
                anchor: Anchor = "start" if tick == low else "end" if across > WIDTH - 2 * EDGE else "middle"
                self.number("tick", (across, self.height - EDGE / 2), Figure(round(float(tick)), unit), anchor=anchor)

    def _mark(self, artist: Any, role: str) -> Mark:
        if isinstance(artist, Rectangle):
            corners: Any = artist.get_corners()
            return Mark("rect", role, (self.at(*corners[0]), self.at(*corners[2])))
        points = tuple(self.at(x, y) for x, y in artist.get_xydata())
        return Mark("line", role, points) if len(points) > 1 else Mark("circle", role, points, RADIUS)

    def chart(self, kind: str, columns: Sequence[str], rows: Sequence[ChartRow]) -> Chart:
        """Read everything back; the axes are of a fixed size, so matplotlib need not draw to know where things lie."""
        marks = sorted((self._mark(artist, role) for artist, role in self._drawn), key=lambda mark: mark.role != "grid")
        return Chart(kind, WIDTH, self.height, tuple(marks), tuple(self.labels), tuple(columns), tuple(rows))
