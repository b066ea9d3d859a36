"""Turn what was sent back into what the boxes of the page held, so that it can be changed."""

from collections.abc import Mapping, Sequence

from engage.surveys.rules.answers import OFFERED, SKIPPED
from engage.surveys.rules.definition import Definition, Item, Kind
from engage.surveys.rules.routing import chosen_rows, path

Typed = dict[str, list[str]]


def typed_again(definition: Definition, given: Mapping[str, Sequence[str]], *, seed: int) -> Typed:
    """Give what stands in each box when somebody opens what they sent.

    Of an age only the band is known: it gets the age of the band that is asked the same questions again.
    """
    typed: Typed = {}
    for item in definition.items:
        values = [value for value in given.get(item.code, ()) if value != SKIPPED]
        if values and item.asks:
            typed |= _boxes(item, values)
    ages = [item.code for item in definition.items if item.kind is Kind.AGE and item.code in typed]
    for code in ages:
        typed = _of_an_age(definition, typed, code, set(given), seed)
    return typed


def asks_the_same(definition: Definition, given: Mapping[str, Sequence[str]], seed: int) -> bool:
    """Answer whether a sitting with this seed is asked the rows that somebody answered or skipped before."""
    for rotation in definition.rotations:
        before = {row for row in rotation.rows if row in given}
        if not before <= set(chosen_rows(rotation.rows, rotation.show, seed, rotation.code)):
            return False
    return True


def _boxes(item: Item, values: list[str]) -> Typed:
    if item.other is None:
        return {item.code: values}
    chosen = [value for value in values if value in (*item.option_codes, *OFFERED)]
    return {item.code: chosen, f"{item.code}:other": [value for value in values if value not in chosen]}


def _of_an_age(definition: Definition, typed: Typed, code: str, asked: set[str], seed: int) -> Typed:
    band = next((band for band in definition.bands if band.code in typed[code]), None)
    if band is None:
        return typed
    tries = [typed | {code: [str(age)]} for age in range(band.from_age, band.to_age + 1)]
    return min(tries, key=lambda one: len(asked ^ set(path(definition, one, seed))))
