"""Conditions in plain sentences, as the team reads and edits them."""

from collections.abc import Iterable, Mapping, Sequence

from engage.surveys.rules.conditions import GROUPS, MANY_VALUES, NUMBERS, Condition
from engage.surveys.rules.definition import Definition, Item, Kind

OPERATORS: Mapping[str, str] = {
    "any_of": "is any of",
    "all_of": "holds all of",
    "none_of": "is none of",
    "in": "is one of",
    "is": "is",
    "is_not": "is not",
    "lt": "is less than",
    "lte": "is at most",
    "gt": "is more than",
    "gte": "is at least",
    "answered": "has an answer",
}
JOINED = {"all": " and ", "any": " or "}
UNSAID = {"dont_know": "I don't know", "rather_not_say": "Rather not say"}
LONGEST_NAME = 70  # characters of a question in a sentence
SEVERAL = ("any_of", "all_of", "none_of", "answered")
NUMERIC = ("gte", "lte", "gt", "lt", "is", "answered")


def sentence(condition: Condition, definition: Definition) -> str:
    """Say a condition, such as: “Safe at home” is any of: Quite unsafe, Very unsafe."""
    if condition.operator in GROUPS:
        parts = (
            f"({sentence(part, definition)})" if part.operator in GROUPS else sentence(part, definition)
            for part in condition.parts
        )
        return JOINED[condition.operator].join(parts)
    if condition.operator == "not":
        return f"it is not so that ({sentence(condition.parts[0], definition)})"
    return _test(condition, definition)


def _test(test: Condition, definition: Definition) -> str:
    item = definition.by_code.get(test.item)
    name = name_of(item) if item else f"a question that is not here ({test.item})"
    said = ", ".join(_value(value, item) for value in test.values)
    mark = ":" if test.operator in MANY_VALUES else ""
    return f"“{name}” {OPERATORS[test.operator]}{mark} {said}".strip()


def name_of(item: Item) -> str:
    """A question's own words, short enough for a line."""
    words = item.words.in_("en")
    return words if len(words) <= LONGEST_NAME else words[: LONGEST_NAME - 1].rstrip() + "…"


def _value(value: str, item: Item | None) -> str:
    known = said_by(item) if item else {}
    return known.get(value) or UNSAID.get(value) or value


def values_of(item: Item) -> dict[str, str]:
    """What a condition may ask for of this item: its options, and the two ways of not saying."""
    options = said_by(item)
    return options | (UNSAID if item.missing else {}) if options else {}


def said_by(item: Item) -> dict[str, str]:
    """Each answer of an item that is chosen, in words; of a ranking each place with each option."""
    words = {option.code: option.words.in_("en") for option in item.options}
    if item.kind is Kind.RANKING:
        return {code: f"{code.partition('.')[0]}: {words[code.partition('.')[2]]}" for code in item.answer_codes}
    return words


def answers_in_words(said: Iterable[tuple[str, Sequence[str]]], definition: Definition) -> str:
    """Say what somebody answered, such as: “Safe at home”: Very unsafe; “Why?”: left empty."""
    items = ((definition.item(code), values) for code, values in said)
    lines = (f"“{name_of(item)}”: {', '.join(_value(value, item) for value in values)}" for item, values in items)
    return "; ".join(line if not line.endswith(": ") else f"{line}left empty" for line in lines)


def operators_for(item: Item) -> dict[str, str]:
    """The operators that make sense for this kind, in words."""
    if values_of(item):
        return {operator: OPERATORS[operator] for operator in SEVERAL}
    if item.kind in {Kind.AGE, Kind.NUMBER, Kind.AMOUNT}:
        return {operator: OPERATORS[operator] for operator in NUMERIC}
    return {"answered": OPERATORS["answered"]}


def test_of(item: str, operator: str, values: list[str]) -> dict[str, object]:
    """Write one test as the data it is kept as."""
    if operator == "answered":
        return {operator: item}
    if operator in MANY_VALUES:
        return {operator: [item, values]}
    return {operator: [item, int(values[0]) if operator in NUMBERS else values[0]]}
