"""Invented waves as the house publishes them: every table of their questions, then cuts that readers ask for."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from engage.analysis.jobs import counting
from engage.analysis.jobs.counting import Counts
from engage.analysis.jobs.cutting import Counted, decide, table_of
from engage.analysis.jobs.results import protected
from engage.analysis.method.records import Protected, Rule
from engage.analysis.method.small_numbers import Table, protect
from engage.surveys.rules.conditions import MISSING_CODES
from engage.surveys.rules.definition import Definition
from engage.surveys.rules.shipped import shipped
from tests.method.tables import publish_unguarded

ITEMS = ("area_happy", "safe_home")  # one plain, one sensitive
BREAKS = ("age", "gender")
CUTS = (("area_happy", ("age", "gender")), ("area_happy", ("lgbt",)), ("safe_home", ("age", "gender")))
DELETED_EVERY = 4
Person = dict[str, str]
YOUTH = shipped("youth").with_modules(frozenset())


@dataclass(frozen=True)
class Release:
    """Everything of one wave that somebody can read, and how many cuts were refused."""

    tables: tuple[Protected, ...]
    refused: int


def make_people(seed: int) -> list[Person]:
    """Invent who answered what; sizes, shares and how many say nothing all follow from the seed."""
    chance = np.random.default_rng(seed)
    size = int(chance.integers(25, 400))
    shares: dict[str, tuple[list[str], list[float]]] = {}
    for code in (*ITEMS, *BREAKS, "lgbt"):
        options = [*_options(YOUTH, code), "skipped", "dont_know"]
        weights = chance.dirichlet([chance.uniform(0.3, 3) for _ in options[:-2]])
        silent = float(chance.uniform(0, 0.08))
        shares[code] = options, [*(weights * (1 - 1.5 * silent)), silent, silent / 2]
    drawn = {code: chance.choice(options, size, p=weights).tolist() for code, (options, weights) in shares.items()}
    return [{code: drawn[code][number] for code in drawn} for number in range(size)]


def publish(seed: int) -> Release:
    """Publish a wave as the worker does, then the cuts one after another; in some waves somebody deletes theirs."""
    people = make_people(seed)
    counts, rule = count(people), Rule()
    whole = protect(counting.everyone(counts), rule=rule)
    frozen = {code: protected(counts, YOUTH.item(code), rule, [whole]) for code in ITEMS}
    left = people[1:] if seed % DELETED_EVERY == 0 else people
    made: dict[str, list[Protected]] = {code: [] for code in ITEMS}
    for item, by in CUTS:
        table = table_of(Counted(item, by, *_cut(left, item, by)), YOUTH, counts.of)
        safe, _ = decide(table, rule, [whole, *frozen[item], *made[item]])
        made[item] += [safe] if safe else []
    tables = (whole, *(one for code in ITEMS for one in (*frozen[code], *made[code])))
    return Release(tables, len(CUTS) - sum(map(len, made.values())))


def publish_without(seed: int) -> tuple[Protected, ...]:
    """The same with the guard off: small counts hidden, all others and all totals as they are."""
    people = make_people(seed)
    counts = count(people)
    tables: list[Table] = [counting.everyone(counts)]
    for code in ITEMS:
        item = YOUTH.item(code)
        good = counting.positive(counts, item)
        tables += [counting.answers(counts, item), counting.missing(counts, item), *counting.broken(counts, item)]
        tables += [good] if good else []
    tables += [table_of(Counted(item, by, *_cut(people, item, by)), YOUTH, counts.of) for item, by in CUTS]
    return tuple(publish_unguarded(one) for one in tables)


def count(people: Sequence[Person]) -> Counts:
    """Count invented people as the worker counts a wave."""
    options = {code: dict(Counter(one[code] for one in people)) for code in people[0]}
    crossed = {by: {code: _crossed(people, code, by) for code in ITEMS} for by in BREAKS}
    said = {by: {code: dict(Counter(one[by] for one in people if _said(one, code))) for code in ITEMS} for by in BREAKS}
    answered = {code: sum(_said(one, code) for one in people) for code in people[0]}
    return Counts("invented", len(people), YOUTH, options, answered, crossed, said)


def _options(definition: Definition, code: str) -> list[str]:
    return counting.groups_of(definition, code)


def _said(one: Person, code: str) -> bool:
    return one[code] not in MISSING_CODES


def _crossed(people: Sequence[Person], code: str, by: str) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for (option, group), number in Counter((one[code], one[by]) for one in people).items():
        found.setdefault(option, {})[group] = number
    return found


def _cut(people: Sequence[Person], item: str, by: Sequence[str]) -> tuple[Counter, Counter]:
    said = [one for one in people if _said(one, item)]
    return Counter((one[item], _groups(one, by)) for one in said), Counter(_groups(one, by) for one in said)


def _groups(one: Person, by: Sequence[str]) -> tuple[str | None, ...]:
    return tuple(one[code] if _said(one, code) else None for code in by)
