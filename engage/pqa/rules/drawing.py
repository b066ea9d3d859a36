"""How a drawing looks when it leaves the page: paints for its parts, since no style sheet goes with it."""

from dataclasses import dataclass

from engage.analysis.method.records import Chart

LINE, SIDE = 22.0, 14.0
VIOLET, SOFT, INK, HAIR = "#4b2fbf", "#56527a", "#1f1a4d", "#d9d5ea"
LEVELS = ("#4b2fbf", "#7863cf", "#b3a7e4", "#cfc8ee", "#e6e2f6")
PALEST = "#f1effa"


@dataclass(frozen=True)
class Swatch:
    """One line of a legend: where it stands, how it is painted, and the code of its words."""

    top: float
    role: str
    key: str

    @property
    def base(self) -> float:
        return self.top + SIDE


def legend(chart: Chart) -> tuple[Swatch, ...]:
    """Say under a drawing of stacked answers which part is which; other drawings name their parts themselves."""
    keys = chart.columns[1:] if chart.kind == "likert" else ()
    return tuple(
        Swatch(chart.height + LINE * number, f"level level-{number + 1}", key) for number, key in enumerate(keys)
    )


def height(chart: Chart) -> float:
    """How high a drawing is with its legend."""
    return chart.height + LINE * (len(legend(chart)) + bool(legend(chart)))


def paint(role: str) -> dict[str, str]:
    """Give the attributes of a shape of this role."""
    kind, *rest = role.split()
    if kind == "level":
        number = int(rest[0].removeprefix("level-"))
        return {"fill": LEVELS[number - 1] if number <= len(LEVELS) else PALEST, "stroke": SOFT}
    if kind == "hidden":
        return {"fill": "none", "stroke": SOFT, "stroke-dasharray": "4 3"}
    return {"fill": {"before": "#ffffff"}.get(kind, VIOLET), "stroke": LINES.get(kind, VIOLET), "stroke-width": "2"}


def ink(role: str) -> dict[str, str]:
    """Give the attributes of words of this role."""
    kind, *rest = role.split()
    dark = kind == "inside" and rest[0] in ("inside-1", "inside-2")
    size = "11" if kind == "tick" else "14"
    return {"fill": "#ffffff" if dark else INK, "font-size": size, "font-weight": WEIGHTS.get(kind, "400")}


LINES = {"interval": SOFT, "grid": HAIR, "before": SOFT}
WEIGHTS = {"value": "700", "inside": "700"}
