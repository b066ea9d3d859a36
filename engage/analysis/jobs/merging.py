"""Count questions that several age bands were asked in one quarter together, by the rules that their surveys hold.

Once, when every age of the family that was asked in that quarter is frozen: a second total could be subtracted from
the first. What is made is attacked together with all that is shown of each age.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from engage.analysis.actions.merging import keep_merged
from engage.analysis.actions.snapshots import OVER
from engage.analysis.jobs import counting
from engage.analysis.jobs.beside import shown_of
from engage.analysis.jobs.counting import ANSWERED, Counts
from engage.analysis.jobs.cutting import decide
from engage.analysis.jobs.labels import COLUMNS, option_words
from engage.analysis.jobs.marks import keyed_mark
from engage.analysis.jobs.results import METHOD, SEED, rule_of
from engage.analysis.method.charts import bar
from engage.analysis.method.records import Axis, Cell, Protected, Rule
from engage.analysis.method.small_numbers import Table
from engage.analysis.queries.merging import merged
from engage.analysis.queries.worker import last_body
from engage.analysis.rules.cutting import TOO_FEW
from engage.analysis.rules.merging import FEWEST, LEFT_OUT, RUNNING, newest_of_each, subject_of
from engage.shared import db
from engage.surveys.queries.waves import definition_of, waves
from engage.surveys.rules.definition import Definition
from engage.surveys.rules.merging import Merging, merged_counts
from engage.surveys.rules.waves import Wave


@dataclass(frozen=True)
class Age:
    """One age: its wave, how its survey is merged, its true counts, and its results as they were frozen."""

    wave: Wave
    merging: Merging
    counts: Counts
    frozen: dict[str, Any]

    @property
    def definition(self) -> Definition:
        return self.counts.definition


def merge_ages(subject: str) -> None:
    """Count the ages of a family ("care:2026-10") together, if all of them are frozen and nobody did before."""
    family, quarter = subject.split(":")
    with db.reading():
        parts = ages_of(subject) if merged(family, quarter) is None else []
        body = _body(subject, parts) if len(parts) >= FEWEST else None
    if body is not None:
        keep_merged(family, quarter, body)
    db.session.commit()


def ages_of(subject: str) -> list[Age]:
    """The ages of a family that were asked in a quarter; none while one of them is asked still, or not frozen yet."""
    asked = [(one, definition_of(one)) for one in waves()]
    ours = [(one, of) for one, of in asked if of.merged and subject_of(of.merged.family, one.closes_on) == subject]
    over = newest_of_each((of.code, one) for one, of in ours if one.state in OVER)
    frozen = [last_body(one.id) for one in over]
    if any(one.state in RUNNING for one, _ in ours) or None in frozen:
        return []
    found = zip(over, (definition_of(one).merged for one in over), frozen, strict=True)
    ages = [Age(one, how, counting.count(one), body) for one, how, body in found if how and body and _is_new(body)]
    return sorted(ages, key=lambda part: part.definition.ages)


def _is_new(body: dict[str, Any]) -> bool:
    return bool(body["method"] == METHOD)


def _body(subject: str, parts: list[Age]) -> dict[str, Any]:
    lines, left_out = [], []
    for item in dict.fromkeys(item.code for part in parts for item in part.definition.items):
        asked = [part for part in parts if part.merging.of(item) and _frozen_line(part, item)]
        if len(asked) < FEWEST:
            continue
        safe, why = _decided(together(subject, item, asked), asked)
        if safe:
            lines.append(_line(item, safe, asked))
        else:
            left_out.append([_words(asked[0], item), why])
    return {
        "method": METHOD,
        "seed": SEED,
        "inputs": keyed_mark([[part.counts.of, part.counts.options, part.frozen["inputs"]] for part in parts]),
        "waves": {part.wave.code: part.wave.title for part in parts},
        "lines": lines,
        "left_out": left_out,
    }


def _frozen_line(part: Age, item: str) -> dict[str, Any] | None:
    return next((line for line in part.frozen["lines"] if line["item"] == item), None)


def together(subject: str, item: str, parts: list[Age]) -> Table:
    """True counts of all ages together, on their way to being protected, each answer with what it is the sum of."""
    found = [merged_counts(part.merging, item, part.counts.options.get(item, {})) or {} for part in parts]
    order = [code for part in parts for code, _ in part.merging.words]
    levels = [code for code in dict.fromkeys(order) if any(code in one for one in found)]
    across = tuple(
        (level, tuple((p.counts.of, option) for p in parts for option, to in p.merging.of(item).items() if to == level))
        for level in levels
    )
    return Table(
        subject,
        (Axis(item, tuple(levels)),),
        {(level,): sum(one.get(level, 0) for one in found) for level in levels},
        sensitive=any(part.definition.item(item).sensitive for part in parts),
        among=((item, ANSWERED),),
        across=across,
    )


def _decided(table: Table, parts: list[Age]) -> tuple[Protected | None, str]:
    """Protect it beside all that is shown of each age; made anew with its noughts hidden, or else left out."""
    own: list[Protected] = []
    beside: list[Protected] = []
    for part in parts:
        shown, dividing = shown_of(part.wave, table.axes[0].code, part.frozen)
        own, beside = [*own, *shown], [*beside, *dividing]
    rule = Rule(minimum=max(rule_of(part.wave).minimum for part in parts))
    safe, why = decide(table, rule, own, beside)
    if why == TOO_FEW:
        safe, why = decide(replace(table, sensitive=True), rule, own, beside)
    return safe, LEFT_OUT.get(why, "")


def _line(item: str, safe: Protected, parts: list[Age]) -> dict[str, Any]:
    names = {code: words.in_("en") for part in parts for code, words in part.merging.words}
    return {
        "item": item,
        "words": _words(parts[-1], item),
        "table": safe.to_json(),
        "chart": bar(safe).to_json(),
        "labels": COLUMNS | names,
        "faces": [_face(part, item, names) for part in parts],
    }


def _face(part: Age, item: str, names: Mapping[str, str]) -> dict[str, Any]:
    answers, rule = option_words(part.definition, part.definition.item(item)), part.merging.of(item)
    line = _frozen_line(part, item) or {}
    return {
        "wave_code": part.wave.code,
        "survey": part.definition.title.in_("en"),
        "words": _words(part, item),
        "answered": _base(line).to_json(),
        "rule": [[words, names.get(rule[option] or "", "")] for option, words in answers.items()],
    }


def _base(line: dict[str, Any]) -> Cell:
    return Protected.from_json(line["table"]).base()


def _words(part: Age, item: str) -> str:
    return part.definition.item(item).words.in_("en")
