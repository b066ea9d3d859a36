"""Freeze a wave's results: counted once, protected, compared with the waves before, kept with their fingerprint."""

from dataclasses import replace
from typing import Any

from engage.analysis.actions.merging import want_merged
from engage.analysis.actions.snapshots import OVER, keep_snapshot
from engage.analysis.jobs import counting
from engage.analysis.jobs.counting import POSITIVE, Counts
from engage.analysis.jobs.labels import labels_of
from engage.analysis.jobs.marks import keyed_mark
from engage.analysis.jobs.series import Earlier, changes_of, trend_of
from engage.analysis.jobs.theme_results import no_themes, theme_results
from engage.analysis.method.change import ranks
from engage.analysis.method.charts import bar, likert
from engage.analysis.method.records import Change, Proportion, Protected, Record, Rule
from engage.analysis.method.small_numbers import audit, protect, protect_all
from engage.analysis.queries.worker import last_body
from engage.analysis.rules import counted
from engage.shared import db
from engage.shared.errors import NotOpen
from engage.shared.words import N_
from engage.surveys.queries.places import Place, place
from engage.surveys.queries.waves import definition_of, wave, waves
from engage.surveys.rules.definition import Item, Kind
from engage.surveys.rules.waves import Wave

SEED = 0
METHOD = "protect 2"
REPORTED = "reported"


def take_snapshot(subject: str) -> int:
    """Freeze the results of a wave that has ended; gives how many questions. Raises `NotFound`, `NotOpen`.

    Figures that were shown once do not move again. Themes are counted once as well, when the wave is reported: a count
    that grows with coding could be subtracted from the one before. Earlier waves of the survey that were never frozen
    are frozen first, so that changes rest on figures that stay.
    """
    with db.reading():
        about = place(subject)
        this = wave(subject.removeprefix("wave:"))
        if this.state not in OVER:
            raise NotOpen(N_("Results are frozen when the wave has ended: figures that move can be subtracted"))
        series, fresh = _series(this)
        body = last_body(this.id) or _body(this, series)
        body |= _themes_part(about, this, series, kept=body)
    for other, found in (*fresh, (about, body)):
        keep_snapshot(other, found)
        want_merged(other.subject)
    db.session.commit()
    return len(body["lines"])


def _series(this: Wave) -> tuple[list[Earlier], list[tuple[Place, dict[str, Any]]]]:
    """The earlier waves of a survey as they were frozen, oldest first, and those of them that are frozen only now."""
    series: list[Earlier] = []
    fresh: list[tuple[Place, dict[str, Any]]] = []
    for one in waves_before(this):
        body = last_body(one.id)
        if body is None:
            about = place(f"wave:{one.code}")
            body = _body(one, series)
            body |= _themes_part(about, one, series, kept=body)
            fresh.append((about, body))
        series.append(Earlier(one.code, one.closes_on, body))
    return series, fresh


def _themes_part(about: Place, this: Wave, series: list[Earlier], *, kept: dict[str, Any]) -> dict[str, Any]:
    """What young people wrote about: nothing before the wave is reported, then counted once for good."""
    if kept.get("themes"):
        return {}
    return theme_results(about, rule_of(this), series) if this.state == REPORTED else no_themes()


def waves_before(this: Wave) -> list[Wave]:
    """The waves of the same survey that ended before this one closed, oldest first."""
    code = definition_of(this).code
    earlier = [one for one in waves() if one.closes_on < this.closes_on and one.state in OVER]
    same = [one for one in earlier if one.id != this.id and definition_of(one).code == code]
    return sorted(same, key=lambda one: one.closes_on)


def rule_of(this: Wave) -> Rule:
    """How small a group of this wave may be shown."""
    return Rule(minimum=max(this.minimum, Rule().minimum))


def _body(this: Wave, series: list[Earlier]) -> dict[str, Any]:
    rule, now = rule_of(this), counting.count(this)
    items, whole = counting.closed_items(now), protect(counting.everyone(now), rule=rule)
    found = protected_all(now, items, rule, whole)
    shares = {item.code: _headline(found[item.code]) for item in items if item.headline}
    moved = changes_of(shares, series)
    return {
        "title": this.title,
        "method": METHOD,
        "seed": SEED,
        "inputs": keyed_mark([_inputs(now), *(one.body["inputs"] for one in series)]),
        "everyone": whole.to_json(),
        "responses": counted("responses", now.responses, rule.minimum).to_json(),
        "since": series[-1].body["title"] if series else "",
        "breaks": {one.code: one.words.in_("en") for one in counting.breaks_for(now.definition, this.minimum)
                   if now.people.get(one.code)},
        "lines": [_line(now, item, found[item.code], shares.get(item.code), moved.get(item.code))
                  | trend_of(this, item, shares.get(item.code), series) for item in items],
    }  # fmt: skip


def _inputs(counts: Counts) -> list[Any]:
    return [counts.of, counts.responses, counts.options, counts.people, counts.crossed, counts.people_crossed]


def protected_all(counts: Counts, items: list[Item], rule: Rule, whole: Protected) -> dict[str, tuple[Protected, ...]]:
    """Every question's tables; each is attacked beside those that divide people, and kept only where it withstands.

    A table by gender says something of how many girls there are, and so does the question about gender. Where the two
    together would say too much, the table is made anew with its noughts hidden, or else left out. In the end all are
    attacked at once: in a small wave several questions may each say a little of the same few.
    """
    found = {item.code: protected(counts, item, rule, [whole]) for item in items}
    told = [whole, *(one for code in counts.crossed for one in found.get(code, ()))]
    others = [item for item in items if item.code not in counts.crossed]
    for item in others:
        if not audit([*told, *found[item.code]], exact=False).safe:
            found[item.code] = _stricter(counts, item, rule, told)
    while (one := _says_too_much(others, found, whole)) is not None:
        found[one] = _by_nothing(found[one])
    return found


def _says_too_much(items: list[Item], found: dict[str, tuple[Protected, ...]], whole: Protected) -> str | None:
    """The last question whose breaks help to narrow somebody down, beside all the others; None where none does."""
    attacked = audit([whole, *(one for tables in found.values() for one in tables)], exact=False)
    narrowed = {axis for cell in attacked.ranges if not cell.safe for axis, _ in cell.at}
    broken = [item.code for item in items if _by_nothing(found[item.code]) != found[item.code]]
    return next((code for code in reversed(broken) if code in narrowed), None)


def _by_nothing(tables: tuple[Protected, ...]) -> tuple[Protected, ...]:
    return tuple(one for one in tables if len(one.axes) == 1)


def _stricter(counts: Counts, item: Item, rule: Rule, told: list[Protected]) -> tuple[Protected, ...]:
    quiet = protected(counts, item, rule, told, quiet=True)
    if audit([*told, *quiet], exact=False).safe:
        return quiet
    return _by_nothing(quiet)


def protected(
    counts: Counts, item: Item, rule: Rule, told: list[Protected], *, quiet: bool = False
) -> tuple[Protected, ...]:
    """A question's tables, protected together and beside what is told already; `quiet` hides noughts as well.

    In order: answers, the missing, positive answers (where some are), then the breaks.
    """
    good = counting.positive(counts, item)
    tables = [counting.answers(counts, item), counting.missing(counts, item), *([good] if good else [])]
    tables += counting.broken(counts, item)
    return protect_all([replace(one, sensitive=quiet or one.sensitive) for one in tables], rule=rule, earlier=told)


def _headline(tables: tuple[Protected, ...]) -> Proportion | None:
    good = next((one for one in tables if one.merged), None)
    return good.proportion(POSITIVE) if good else None


def _line(
    counts: Counts, item: Item, tables: tuple[Protected, ...], headline: Proportion | None, change: Change | None
) -> dict[str, Any]:
    table, missing, *others = tables
    good = [one for one in others if one.merged]
    breaks = [one for one in others if len(one.axes) > 1]
    several = item.kind is Kind.MULTIPLE
    parts = {level: part for level in table.axes[0].levels if (part := table.proportion(level))}
    return {
        "item": item.code,
        "words": item.words.in_("en"),
        "section": next(s.title.in_("en") for s in counts.definition.sections if item in s.items),
        "kind": item.kind.value,
        "series": item.series,
        "sensitive": item.sensitive,
        "table": table.to_json(),
        "missing": missing.to_json(),
        "positive": good[0].to_json() if good else None,
        "positive_of": list(item.headline),
        "breaks": [one.to_json() for one in breaks],
        "break_charts": [None if several else likert(one).to_json() for one in breaks],
        "headline": _kept(headline),
        "change": _kept(change),
        "ranks": [one.to_json() for one in ranks(parts)] if several else [],
        "chart": bar(table).to_json(),
        "labels": labels_of(counts.definition, item, breaks),
    }


def _kept(record: Record | None) -> dict[str, Any] | None:
    return None if record is None else record.to_json()
