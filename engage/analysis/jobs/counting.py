"""True counts of one wave, item by item, on their way to being protected; nothing here may be shown."""

from dataclasses import dataclass

from engage.analysis.method.records import Axis
from engage.analysis.method.small_numbers import Table
from engage.surveys.queries.counts import (
    Crossed,
    counts_by_item,
    crossed_counts,
    people_by_item,
    people_crossed,
    responses,
)
from engage.surveys.queries.waves import definition_of
from engage.surveys.rules.conditions import MISSING_CODES
from engage.surveys.rules.definition import Definition, Item, Kind
from engage.surveys.rules.waves import Wave

CLOSED = (Kind.SINGLE, Kind.MULTIPLE, Kind.SCALE, Kind.NUMBER, Kind.YES_NO, Kind.AREA, Kind.AGE)
BREAKS = ("gender",)  # beside the age band, where the survey asks them; at most two (rules.md N3)
WIDE = 10  # from this minimum on (care leavers) results are for everybody and by age band only
NOT_SAID = "not_said"


@dataclass(frozen=True)
class Counts:
    """Every true count of a wave that its results need: by item, by item and break, in answers and in people."""

    of: str
    responses: int
    definition: Definition
    options: dict[str, dict[str, int]]
    people: dict[str, int]
    crossed: dict[str, dict[str, Crossed]]
    people_crossed: dict[str, dict[str, dict[str, int]]]


def count(wave: Wave) -> Counts:
    """Count a wave, a handful of statements however many answered."""
    definition = definition_of(wave)
    breaks = _breaks(definition, wave.minimum)
    return Counts(
        of=wave.code,
        responses=responses(wave.id),
        definition=definition,
        options=counts_by_item(wave.id),
        people=people_by_item(wave.id),
        crossed={by: crossed_counts(wave.id, by=by) for by in breaks},
        people_crossed={by: people_crossed(wave.id, by=by) for by in breaks},
    )


def closed_items(counts: Counts) -> list[Item]:
    """The questions that have something to count."""
    return [item for item in counts.definition.items if item.kind in CLOSED and counts.people.get(item.code)]


def answers(counts: Counts, item: Item) -> Table:
    """Who chose what."""
    levels = _levels(item, counts.options[item.code])
    return Table(
        f"{counts.of}:{item.code}",
        (Axis(item.code, tuple(levels)),),
        {(level,): number for level, number in levels.items()},
        sensitive=item.sensitive,
        exclusive=item.kind is not Kind.MULTIPLE,
        bases={(): counts.people[item.code]} if item.kind is Kind.MULTIPLE else {},
    )


def missing(counts: Counts, item: Item) -> Table:
    """Who chose nothing, by why."""
    found = counts.options[item.code]
    asked = counts.people[item.code] + sum(found.get(code, 0) for code in MISSING_CODES)
    reasons: dict[tuple[str, ...], int] = {(code,): found.get(code, 0) for code in MISSING_CODES if code != "not_asked"}
    reasons["not_asked",] = max(0, counts.responses - asked) + found.get("not_asked", 0)
    return Table(f"{counts.of}:{item.code}:missing", (Axis("missing", MISSING_CODES),), reasons)


def broken(counts: Counts, item: Item) -> list[Table]:
    """Who chose what, by age band and by gender."""
    return [_broken(counts, item, by) for by in counts.crossed if by != item.code and item.code in counts.crossed[by]]


def headline(counts: Counts, item: Item) -> tuple[int, int] | None:
    """How many gave a positive answer, of how many; None where no answer is positive."""
    if not item.headline:
        return None
    found = counts.options[item.code]
    return sum(found.get(option, 0) for option in item.headline), counts.people[item.code]


def _breaks(definition: Definition, minimum: int) -> list[str]:
    ages = [item.code for item in definition.items if item.kind is Kind.AGE]
    others = [item.code for item in definition.items if item.code in BREAKS and minimum < WIDE]
    return [*ages, *others][:2]


def _levels(item: Item, found: dict[str, int]) -> dict[str, int]:
    said = {option: number for option, number in found.items() if option not in MISSING_CODES}
    if item.number_bands:
        return {
            band.code: sum(n for option, n in said.items() if band.lowest <= int(option) <= band.highest)
            for band in item.number_bands
        }
    known = dict.fromkeys(item.option_codes, 0)
    if item.kind is Kind.NUMBER:
        known = {str(number): 0 for number in range(11)}
    return known | dict(
        sorted(said.items(), key=lambda one: list(known).index(one[0]) if one[0] in known else len(known))
    )


def _broken(counts: Counts, item: Item, by: str) -> Table:
    whole = _levels(item, counts.options[item.code])
    crossed = counts.crossed[by][item.code]
    people = counts.people_crossed[by].get(item.code, {})
    groups = [group for group in _groups(counts.definition, by) if any(group in found for found in crossed.values())]
    cells: dict[tuple[str, ...], int] = {}
    for group in groups:
        inside = _levels(item, {option: found.get(group, 0) for option, found in crossed.items()})
        cells |= {(level, group): number for level, number in inside.items()}
    for level, number in whole.items():
        cells[level, NOT_SAID] = number - sum(cells.get((level, group), 0) for group in groups)
    bases: dict[tuple[str, ...], int] = {(group,): people.get(group, 0) for group in groups}
    bases[(NOT_SAID,)] = counts.people[item.code] - sum(bases.values())
    several = item.kind is Kind.MULTIPLE
    return Table(
        f"{counts.of}:{item.code}",
        (Axis(item.code, tuple(whole)), Axis(by, (*groups, NOT_SAID))),
        cells,
        sensitive=item.sensitive,
        exclusive=not several,
        bases=bases if several else {},
    )


def _groups(definition: Definition, by: str) -> list[str]:
    item = definition.item(by)
    return [band.code for band in definition.bands] if item.kind is Kind.AGE else list(item.option_codes)
