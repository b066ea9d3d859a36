"""How a question's positive answers went over the waves of a survey, from figures as they were frozen."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import current_app

from engage.analysis.method.change import family
from engage.analysis.method.charts import TrendPoint, trend
from engage.analysis.method.proportions import published
from engage.analysis.method.records import Change, Proportion
from engage.surveys.rules.definition import Item
from engage.surveys.rules.waves import Wave

FEWEST = 2  # one figure is no trend
Published = Callable[[str], list[tuple[str, float, int]]]


@dataclass(frozen=True)
class Earlier:
    """An earlier wave of the same survey, as it was frozen."""

    code: str
    closes_on: date
    body: dict[str, Any]

    def line(self, item: str) -> dict[str, Any] | None:
        """What was frozen of one question."""
        return next((line for line in self.body["lines"] if line["item"] == item), None)


def changes_of(shares: Mapping[str, Proportion | None], series: list[Earlier]) -> dict[str, Change]:
    """How each headline moved since the wave before, looked at together, so that looking at many invents no changes."""
    if not series:
        return {}
    before = {code: line for code in shares if (line := series[-1].line(code))}
    pairs = {code: (_headline(line), shares[code]) for code, line in before.items()}
    return {change.key: change for change in family(pairs)}


def trend_of(this: Wave, item: Item, share: Proportion | None, series: list[Earlier]) -> dict[str, Any]:
    """The part of a line that says how it went: a chart where there are two figures, and the words of its waves.

    Figures that others published come first. Dots are joined only where the same words were asked in the same way.
    """
    if not item.headline:
        return {"trend": None, "waves": {}}
    names = {one.code: f"{one.closes_on:%b %Y}" for one in series} | {this.code: f"{this.closes_on:%b %Y}"}
    points = [TrendPoint(key, published(100 * part, n), joins=False) for key, part, n in _published(item)]
    names |= {point.key: point.key for point in points}
    asked = ""
    for one in series:
        line = one.line(item.code)
        words = _asked(line) if line else ""
        points.append(TrendPoint(one.code, _headline(line) if line else None, joins=words == asked != ""))
        asked = words or asked
    now = repr((item.words.in_("en"), list(item.headline)))
    points.append(TrendPoint(this.code, share, joins=now == asked))
    drawn = sum(point.part is not None for point in points) >= FEWEST
    return {"trend": trend(points).to_json() if drawn else None, "waves": names}


def _published(item: Item) -> list[tuple[str, float, int]]:
    """What others published of the same question (who and when, share, how many), handed in by the app."""
    asked: Published = current_app.extensions["published_series"]
    return asked(item.code) if item.series else []


def _asked(line: dict[str, Any]) -> str:
    return repr((line["words"], line.get("positive_of", [])))


def _headline(line: dict[str, Any]) -> Proportion | None:
    return Proportion.from_json(line["headline"]) if line["headline"] else None
