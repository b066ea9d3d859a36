"""Freeze a wave's results: counted once, protected, compared with the wave before, kept with their fingerprint."""

from collections.abc import Mapping
from typing import Any

from engage.analysis.actions.snapshots import OVER, keep_snapshot
from engage.analysis.jobs import counting
from engage.analysis.jobs.counting import Counts
from engage.analysis.jobs.labels import labels_of
from engage.analysis.jobs.marks import keyed_mark
from engage.analysis.jobs.theme_results import theme_results
from engage.analysis.method.change import family
from engage.analysis.method.charts import bar
from engage.analysis.method.records import Change, Proportion, Record, Rule
from engage.analysis.method.small_numbers import protect, protect_all
from engage.analysis.queries.worker import last_body
from engage.analysis.rules import counted
from engage.shared import db
from engage.shared.errors import NotOpen
from engage.shared.words import N_
from engage.surveys.queries.places import place
from engage.surveys.queries.waves import definition_of, wave, waves
from engage.surveys.rules.definition import Item
from engage.surveys.rules.waves import Wave

SEED = 0
METHOD = "protect 1"


def take_snapshot(subject: str) -> int:
    """Freeze the results of a wave that has ended; gives how many questions. Raises `NotFound`, `NotOpen`.

    Figures that were shown once do not move again: a second freezing only counts the themes anew.
    """
    with db.reading():
        about = place(subject)
        this = wave(subject.removeprefix("wave:"))
        if this.state not in OVER:
            raise NotOpen(N_("Results are frozen when the wave has ended: figures that move can be subtracted"))
        before, body = wave_before(this), last_body(this.id)
        if body is None:
            body = _body(this, counting.count(this), before, counting.count(before) if before else None)
        body |= theme_results(about, rule_of(this))
    keep_snapshot(about, body)
    db.session.commit()
    return len(body["lines"])


def wave_before(this: Wave) -> Wave | None:
    """The last wave of the same survey that ended before this one closed."""
    code = definition_of(this).code
    earlier = [one for one in waves() if one.closes_on < this.closes_on and one.state in OVER]
    same = [one for one in earlier if one.id != this.id and definition_of(one).code == code]
    return max(same, key=lambda one: one.closes_on, default=None)


def rule_of(this: Wave) -> Rule:
    """How small a group of this wave may be shown."""
    return Rule(minimum=max(this.minimum, Rule().minimum))


def _body(this: Wave, now: Counts, before: Wave | None, then: Counts | None) -> dict[str, Any]:
    rule = rule_of(this)
    items = counting.closed_items(now)
    shares = {item.code: _headline(now, item, rule) for item in items if item.headline}
    changes = _changes(shares, then, rule_of(before or this))
    return {
        "title": this.title,
        "method": METHOD,
        "seed": SEED,
        "inputs": keyed_mark([_inputs(now), _inputs(then) if then else None]),
        "responses": counted("responses", now.responses, rule.minimum).to_json(),
        "since": before.title if before else "",
        "lines": [_line(now, item, rule, shares.get(item.code), changes.get(item.code)) for item in items],
    }


def _inputs(counts: Counts) -> list[Any]:
    return [counts.of, counts.responses, counts.options, counts.people, counts.crossed, counts.people_crossed]


def _changes(shares: Mapping[str, Proportion | None], then: Counts | None, rule: Rule) -> dict[str, Change]:
    """How each headline moved, looked at together, so that looking at many does not invent changes."""
    if then is None:
        return {}
    asked = {item.code: item for item in counting.closed_items(then) if item.headline}
    pairs = {code: (_headline(then, asked[code], rule), now) for code, now in shares.items() if code in asked}
    return {change.key: change for change in family(pairs)}


def _line(counts: Counts, item: Item, rule: Rule, headline: Proportion | None, change: Change | None) -> dict[str, Any]:
    table, *breaks = protect_all([counting.answers(counts, item), *counting.broken(counts, item)], rule=rule)
    return {
        "item": item.code,
        "words": item.words.in_("en"),
        "section": next(s.title.in_("en") for s in counts.definition.sections if item in s.items),
        "kind": item.kind.value,
        "series": item.series,
        "sensitive": item.sensitive,
        "table": table.to_json(),
        "missing": protect(counting.missing(counts, item), rule=rule).to_json(),
        "breaks": [one.to_json() for one in breaks],
        "headline": _kept(headline),
        "change": _kept(change),
        "chart": bar(table).to_json(),
        "labels": labels_of(counts.definition, item, breaks),
    }


def _headline(counts: Counts, item: Item, rule: Rule) -> Proportion | None:
    """The share of positive answers; protected with its other side, so that "all of them" is not said either."""
    found = counting.headline(counts, item)
    if found is None:
        return None
    return protect({"positive": found[0], "other": found[1] - found[0]}, rule=rule).proportion("positive")


def _kept(record: Record | None) -> dict[str, Any] | None:
    return None if record is None else record.to_json()
