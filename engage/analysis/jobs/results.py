"""Freeze a wave's results: counted once, protected, compared with the wave before, kept with their fingerprint."""

from typing import Any

from engage.analysis.actions.snapshots import OVER, keep_snapshot
from engage.analysis.jobs import counting
from engage.analysis.jobs.counting import Counts
from engage.analysis.jobs.labels import labels_of
from engage.analysis.method.records import Proportion, Protected, Rule
from engage.analysis.method.small_numbers import protect, protect_all
from engage.analysis.queries.worker import last_body
from engage.analysis.rules import counted
from engage.shared import db, wanted
from engage.shared.errors import NotOpen
from engage.shared.words import N_
from engage.surveys.queries.places import place
from engage.surveys.queries.waves import wave, waves
from engage.surveys.rules.definition import Item
from engage.surveys.rules.waves import Wave

SEED = 0
METHOD = "protect 1"


def take_snapshot(subject: str) -> int:
    """Freeze the results of a wave that has ended; gives how many questions. Raises `NotFound`, `NotOpen`."""
    with db.reading():
        about = place(subject)
        this = wave(subject.removeprefix("wave:"))
        if this.state not in OVER:
            raise NotOpen(N_("Results are frozen when the wave has ended: figures that move can be subtracted"))
        before, body = wave_before(this), last_body(this.id)
        now = counting.count(this)
    body = body or _body(this, now, before)
    keep_snapshot(about, body)
    wanted.say("snapshot", subject, "Kept")
    db.session.commit()
    return len(body["lines"])


def wave_before(this: Wave) -> Wave | None:
    """The last wave of the same survey that ended before this one opened."""
    earlier = [one for one in waves() if one.id != this.id and one.closes_on < this.closes_on and one.state in OVER]
    same = [one for one in earlier if one.code.partition("-")[0] == this.code.partition("-")[0]]
    return max(same, key=lambda one: one.closes_on, default=None)


def _body(this: Wave, now: Counts, before: Wave | None) -> dict[str, Any]:
    rule = Rule(minimum=max(this.minimum, Rule().minimum))
    return {
        "title": this.title,
        "method": METHOD,
        "seed": SEED,
        "responses": counted("responses", now.responses, rule.minimum).to_json(),
        "since": before.title if before else "",
        "lines": [_line(now, item, rule) for item in counting.closed_items(now)],
        "themes": None,
        "theme_chart": None,
        "labels": {},
    }


def _line(counts: Counts, item: Item, rule: Rule) -> dict[str, Any]:
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
        "headline": _kept(_headline(counts, item, rule)),
        "change": None,
        "chart": None,
        "labels": labels_of(counts.definition, item, breaks),
    }


def _headline(counts: Counts, item: Item, rule: Rule) -> Proportion | None:
    """The share of positive answers; protected with its other side, so that "all of them" is not said either."""
    found = counting.headline(counts, item)
    if found is None:
        return None
    return protect({"positive": found[0], "other": found[1] - found[0]}, rule=rule).proportion("positive")


def _kept(record: Proportion | Protected | None) -> dict[str, Any] | None:
    return None if record is None else record.to_json()
