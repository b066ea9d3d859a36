"""English words for the codes in a table, kept with the results so that old ones stay readable."""

from collections.abc import Sequence

from engage.analysis.method.records import Protected
from engage.surveys.rules.definition import Definition, Item, Kind

MISSING = {
    "dont_know": "I don't know",
    "rather_not_say": "Rather not say",
    "skipped": "Left out",
    "not_asked": "Not asked",
    "not_said": "Not said",
    "answered": "Answered",
}
COLUMNS = {
    "people": "People",
    "of": "Of",
    "percent": "Per cent",
    "low": "At least",
    "high": "At most",
    "everyone": "Everyone",
}


def labels_of(definition: Definition, item: Item, breaks: Sequence[Protected]) -> dict[str, str]:
    """The words of every code that the tables of one question use."""
    found = MISSING | COLUMNS | option_words(definition, item)
    for table in breaks:
        by = definition.item(table.axes[1].code)
        found |= option_words(definition, by) | {by.code: by.words.in_("en")}
    shown = {level for table in breaks for level in table.axes[0].levels}
    return {level: level for level in shown} | found | {item.code: item.words.in_("en")}


def option_words(definition: Definition, item: Item) -> dict[str, str]:
    """The words of each answer of a question."""
    if item.kind is Kind.AGE:
        return {band.code: band.words.in_("en") for band in definition.bands}
    if item.kind is Kind.NUMBER:
        bands = {
            band.code: f"{band.code.replace('_', ' ')} ({band.lowest} to {band.highest})" for band in item.number_bands
        }
        return {str(number): str(number) for number in range(11)} | bands
    return {option.code: option.words.in_("en") for option in item.options}
