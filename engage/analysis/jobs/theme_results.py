"""How many answers hold each theme of a wave, protected, and how that moved since the wave before."""

from collections.abc import Mapping
from typing import Any

from engage.analysis.jobs.labels import COLUMNS
from engage.analysis.jobs.marks import keyed_mark
from engage.analysis.jobs.series import Earlier
from engage.analysis.method.change import family, ranks
from engage.analysis.method.charts import bar, themes
from engage.analysis.method.records import Axis, Change, Proportion, Protected, Rule
from engage.analysis.method.small_numbers import Table, protect
from engage.analysis.queries.worker import coverage, theme_counts
from engage.analysis.rules.emerging import codes_compare
from engage.surveys.queries.places import Place, place

ANSWERS = {"people": "Answers"}  # what is counted here
CHANGED = {
    "themes": "Themes", "before": "Before", "now": "Now", "difference": "Difference", "up": "up", "down": "down",
    "no clear change": "no clear change", "too few to say": "too few to say",
}  # fmt: skip


def theme_results(about: Place, rule: Rule, series: list[Earlier]) -> dict[str, Any]:
    """The part of a wave's results that says what people wrote about: themes in use, as people coded them."""
    counts, answers = theme_counts(about)
    if not counts:
        return no_themes()
    safe = protect(theme_table(about.subject, {key_of(one): n for (one, _), n in counts.items()}, answers), rule=rule)
    shares = {level: safe.proportion(level) for level in safe.axes[0].levels}
    moved = _moved(about, shares, series)
    return {
        "themes": safe.to_json(),
        "theme_chart": bar(safe, whole=False).to_json(),
        "theme_inputs": keyed_mark([answers, sorted((theme_id, count) for (theme_id, _), count in counts.items())]),
        "labels": COLUMNS | ANSWERS | {key_of(theme_id): name for theme_id, name in counts} | CHANGED,
        "theme_changes": [one.to_json() for one in moved],
        "theme_moves": themes(moved).to_json() if moved else None,
        "theme_ranks": [one.to_json() for one in ranks({key: part for key, part in shares.items() if part})],
    }


def no_themes() -> dict[str, Any]:
    """The same part before the wave is reported, or where nobody coded anything."""
    empty: dict[str, Any] = {"themes": None, "theme_chart": None, "labels": {}, "theme_inputs": ""}
    return empty | {"theme_changes": [], "theme_moves": None, "theme_ranks": []}


def theme_table(subject: str, held: Mapping[str, int], answers: int) -> Table:
    """True counts of answers that hold each theme, of all that people went through, on their way to being protected."""
    axis = Axis("themes", tuple(held))
    counts: dict[tuple[str, ...], int] = {(level,): count for level, count in held.items()}
    return Table(f"{subject}:themes", (axis,), counts, exclusive=False, bases={(): answers})


def _moved(about: Place, shares: dict[str, Proportion | None], series: list[Earlier]) -> list[Change]:
    """Each theme against the wave before, where people came equally far with both; a theme new since is left out."""
    body = series[-1].body if series else {}
    if not body.get("themes"):
        return []
    if not codes_compare([coverage(place(f"wave:{series[-1].code}"))], coverage(about)):
        return []
    then = Protected.from_json(body["themes"])
    known = set(then.axes[0].levels)
    return list(family({key: (then.proportion(key), now) for key, now in shares.items() if key in known}))


def key_of(theme_id: int) -> str:
    """The code of a theme in a table."""
    return f"theme-{theme_id}"
