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
from engage.surveys.rules.items import WRITTEN
from engage.surveys.rules.waves import Wave

NOT_COUNTED = (Kind.INFORMATION, Kind.CONSENT, *WRITTEN)
BREAKS = ("gender",)  # beside the age band, where the survey asks them; at most two (rules.md N3)
ABOUT_ME = "about_me"
ONE_ANSWER = (Kind.SINGLE, Kind.YES_NO, Kind.YES_NO_NOT_SURE, Kind.DROPDOWN)  # several answers divide nobody
WIDE = 10  # from this minimum on (care leavers) results are for everybody and by age band only
NOT_SAID = "not_said"
ANSWERED, POSITIVE, OTHER = "answered", "positive", "other"
FIRST = "1."  # how the first place of an order is stored
FEW = 8  # counts below are hidden in every wave


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
    return [item for item in counts.definition.items if item.kind not in NOT_COUNTED and counts.people.get(item.code)]


def everyone(counts: Counts) -> Table:
    """How many sent the survey: the whole that everybody of a wave is part of."""
    return Table(counts.of, (Axis("wave", ("all",)),), {("all",): counts.responses})


def answers(counts: Counts, item: Item) -> Table:
    """Who chose what."""
    levels = levels_of(item, counts.options[item.code])
    if item.kind is Kind.AGE:  # a band that nobody is in was asked for too
        levels = dict.fromkeys(groups_of(counts.definition, item.code), 0) | levels
    return Table(
        counts.of,
        (Axis(item.code, tuple(levels)),),
        {(level,): number for level, number in levels.items()},
        sensitive=item.sensitive,
        exclusive=item.kind is not Kind.MULTIPLE,
        bases={(): counts.people[item.code]} if item.kind is Kind.MULTIPLE else {},
        among=((item.code, ANSWERED),),
    )


def missing(counts: Counts, item: Item) -> Table:
    """Who chose nothing, by why, beside those who answered.

    Where one reason is given by few, those that nobody gave are hidden with it: else the few could be worked out from
    all who were asked and all who answered.
    """
    found = counts.options[item.code]
    reasons = {code: found.get(code, 0) for code in MISSING_CODES}
    reasons["not_asked"] += max(0, counts.responses - counts.people[item.code] - sum(reasons.values()))
    few = any(0 < number < FEW for number in reasons.values())
    cells: dict[tuple[str, ...], int] = {(code,): number for code, number in reasons.items()}
    axis = Axis(item.code, (ANSWERED, *MISSING_CODES))
    return Table(counts.of, (axis,), {(ANSWERED,): counts.people[item.code]} | cells, sensitive=item.sensitive or few)


def positive(counts: Counts, item: Item) -> Table | None:
    """Who gave a positive answer and who another; None where no answer is positive or people could give several."""
    if not item.headline or item.kind is Kind.MULTIPLE:
        return None
    found, all_of_them = counts.options[item.code], tuple(levels_of(item, counts.options[item.code]))
    good = sum(found.get(option, 0) for option in item.headline)
    others = tuple(level for level in all_of_them if level not in item.headline)
    return Table(
        counts.of,
        (Axis(item.code, (POSITIVE, OTHER)),),
        {(POSITIVE,): good, (OTHER,): counts.people[item.code] - good},
        sensitive=item.sensitive,
        among=((item.code, ANSWERED),),
        merged=((POSITIVE, tuple(level for level in all_of_them if level in item.headline)), (OTHER, others)),
    )


def broken(counts: Counts, item: Item) -> list[Table]:
    """Who chose what, by age band and by gender; these two by each other are a cut that somebody has to ask for."""
    if item.code in counts.crossed:
        return []
    return [_broken(counts, item, by) for by in counts.crossed if item.code in counts.crossed[by]]


def _breaks(definition: Definition, minimum: int) -> list[str]:
    ages = [item.code for item in definition.items if item.kind is Kind.AGE]
    others = [item.code for item in definition.items if item.code in BREAKS and minimum < WIDE]
    return [*ages, *others][:2]


def levels_of(item: Item, found: dict[str, int]) -> dict[str, int]:
    """The answers of a question in their order, each with how many gave it; of an order, how many put it first."""
    said = {option: number for option, number in found.items() if option not in MISSING_CODES}
    if item.kind is Kind.RANKING:
        said = {option.removeprefix(FIRST): n for option, n in said.items() if option.startswith(FIRST)}
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
    whole = levels_of(item, counts.options[item.code])
    crossed = counts.crossed[by][item.code]
    people = counts.people_crossed[by].get(item.code, {})
    groups = [group for group in groups_of(counts.definition, by) if any(group in found for found in crossed.values())]
    cells: dict[tuple[str, ...], int] = {}
    for group in groups:
        inside = levels_of(item, {option: found.get(group, 0) for option, found in crossed.items()})
        cells |= {(level, group): number for level, number in inside.items()}
    for level, number in whole.items():
        cells[level, NOT_SAID] = number - sum(cells.get((level, group), 0) for group in groups)
    bases: dict[tuple[str, ...], int] = {(group,): people.get(group, 0) for group in groups}
    bases[(NOT_SAID,)] = counts.people[item.code] - sum(bases.values())
    several = item.kind is Kind.MULTIPLE
    return Table(
        counts.of,
        (Axis(item.code, tuple(whole)), Axis(by, (*groups, NOT_SAID))),
        cells,
        sensitive=item.sensitive,
        exclusive=not several,
        bases=bases if several else {},
        among=((item.code, ANSWERED),),
    )


def breaks_for(definition: Definition, minimum: int) -> list[Item]:
    """The questions that a reader may cut others by: age, and what young people say about themselves.

    Where groups are small from the start (care leavers), age only.
    """
    about = [item for section in definition.sections if section.code == ABOUT_ME for item in section.items]
    single = [item for item in about if item.kind in ONE_ANSWER and minimum < WIDE]
    return [*(item for item in definition.items if item.kind is Kind.AGE), *single]


def groups_of(definition: Definition, by: str) -> list[str]:
    """The groups that a question divides young people into."""
    item = definition.item(by)
    return [band.code for band in definition.bands] if item.kind is Kind.AGE else list(item.option_codes)
