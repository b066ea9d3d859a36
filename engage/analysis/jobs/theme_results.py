"""How many answers hold each theme of a wave, protected."""

from typing import Any

from engage.analysis.jobs.labels import COLUMNS
from engage.analysis.jobs.marks import keyed_mark
from engage.analysis.method.charts import bar
from engage.analysis.method.records import Axis, Rule
from engage.analysis.method.small_numbers import Table, protect
from engage.analysis.queries.worker import theme_counts
from engage.surveys.queries.places import Place


def theme_results(about: Place, rule: Rule) -> dict[str, Any]:
    """The part of a wave's results that says what people wrote about: themes in use, as people coded them."""
    counts, answers = theme_counts(about)
    if not counts:
        return {"themes": None, "theme_chart": None, "labels": {}, "theme_inputs": ""}
    levels = {key_of(theme_id): count for (theme_id, _), count in counts.items()}
    table = Table(
        f"{about.subject}:themes",
        (Axis("themes", tuple(levels)),),
        {(level,): count for level, count in levels.items()},
        exclusive=False,
        bases={(): answers},
    )
    safe = protect(table, rule=rule)
    return {
        "themes": safe.to_json(),
        "theme_chart": bar(safe, whole=False).to_json(),
        "theme_inputs": keyed_mark([answers, sorted((theme_id, count) for (theme_id, _), count in counts.items())]),
        "labels": COLUMNS | {key_of(theme_id): name for theme_id, name in counts} | {"themes": "Themes"},
    }


def key_of(theme_id: int) -> str:
    """The code of a theme in a table."""
    return f"theme-{theme_id}"
