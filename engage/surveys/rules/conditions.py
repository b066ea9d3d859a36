"""Conditions on answers: data with a closed set of operators, read the same way here and on the phone."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engage.surveys.rules.words import BrokenDefinition

# Item code -> what was ticked or typed: always a list of strings, as a form sends it.
Given = Mapping[str, Sequence[str]]

MISSING_CODES = ("dont_know", "rather_not_say", "skipped", "not_asked")
GROUPS = ("all", "any")
ONE_VALUE = ("is", "is_not", "lt", "lte", "gt", "gte")
MANY_VALUES = ("in", "any_of", "all_of", "none_of")
NUMBERS = ("lt", "lte", "gt", "gte")
LONGEST_NUMBER = 4  # digits


@dataclass(frozen=True)
class Condition:
    """One test of one item (`item`, `values`), or a group of tests (`parts`)."""

    operator: str
    item: str = ""
    values: tuple[str, ...] = ()
    parts: tuple["Condition", ...] = ()

    @property
    def items(self) -> frozenset[str]:
        """The codes of the items this condition looks at."""
        return frozenset(test.item for test in self.tests())

    def tests(self) -> Iterator["Condition"]:
        """Each single test inside."""
        if self.item:
            yield self
        for part in self.parts:
            yield from part.tests()


def condition(document: object) -> Condition:
    """Read a condition such as `{"all": [{"is": ["consent", "yes"]}, {"gte": ["age", 16]}]}`.

    Raises `BrokenDefinition` for an operator outside the closed set or the wrong number of parts.
    """
    if not isinstance(document, Mapping) or len(document) != 1:
        raise BrokenDefinition(f"A condition is one operator with its parts, not {document!r}")
    ((operator, parts),) = document.items()
    if operator in GROUPS and isinstance(parts, list) and parts:
        return Condition(operator, parts=tuple(condition(part) for part in parts))
    if operator == "not":
        return Condition(operator, parts=(condition(parts),))
    if operator == "answered" and isinstance(parts, str):
        return Condition(operator, parts)
    return _test(operator, parts)


def _test(operator: str, parts: object) -> Condition:
    if operator not in ONE_VALUE + MANY_VALUES:
        raise BrokenDefinition(f"There is no operator {operator!r}")
    if not isinstance(parts, list) or len(parts) != 2 or not isinstance(parts[0], str):  # noqa: PLR2004  item and value
        raise BrokenDefinition(f"{operator!r} wants [item, value], not {parts!r}")
    item, value = parts
    if isinstance(value, list) != (operator in MANY_VALUES):
        raise BrokenDefinition(f"{operator!r} wants {'a list of values' if operator in MANY_VALUES else 'one value'}")
    values = tuple(_value(operator, each) for each in (value if isinstance(value, list) else [value]))
    return Condition(operator, item, values)


def _value(operator: str, value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise BrokenDefinition(f"{value!r} is no value of {operator!r}; write yes and no in quotes")
    if operator in NUMBERS and _number([str(value)]) is None:
        raise BrokenDefinition(f"{operator!r} wants a whole number, not {value!r}")
    return str(value)


def condition_document(condition: Condition) -> dict[str, Any]:
    """Write a condition as the JSON data it was read from."""
    parts = [condition_document(part) for part in condition.parts]
    if parts:
        return {condition.operator: parts[0] if condition.operator == "not" else parts}
    return {condition.operator: _test_document(condition)}


def _test_document(test: Condition) -> str | list[Any]:
    if test.operator == "answered":
        return test.item
    if test.operator in MANY_VALUES:
        return [test.item, list(test.values)]
    value = test.values[0]
    return [test.item, int(value) if test.operator in NUMBERS else value]


def holds(condition: Condition, answers: Given) -> bool:
    """Whether `condition` is true of `answers`; an item that is not there counts as an empty list."""
    if condition.operator == "all":
        return all(holds(part, answers) for part in condition.parts)
    if condition.operator == "any":
        return any(holds(part, answers) for part in condition.parts)
    if condition.operator == "not":
        return not holds(condition.parts[0], answers)
    return TESTS[condition.operator](answers.get(condition.item, ()), condition.values)


def is_answered(given: Sequence[str]) -> bool:
    """Whether something was said that is not one of the missing codes."""
    return any(value.strip() and value not in MISSING_CODES for value in given)


def _is(given: Sequence[str], values: Sequence[str]) -> bool:
    return len(given) == 1 and given[0] in values


def _any_of(given: Sequence[str], values: Sequence[str]) -> bool:
    return any(value in given for value in values)


def _number(given: Sequence[str]) -> int | None:
    if len(given) == 1 and given[0].isascii() and given[0].isdigit() and len(given[0]) <= LONGEST_NUMBER:
        return int(given[0])
    return None


def _compares(wanted: Callable[[int, int], bool]) -> Callable[[Sequence[str], Sequence[str]], bool]:
    def test(given: Sequence[str], values: Sequence[str]) -> bool:
        number = _number(given)
        return number is not None and wanted(number, int(values[0]))

    return test


TESTS: Mapping[str, Callable[[Sequence[str], Sequence[str]], bool]] = {
    "answered": lambda given, _: is_answered(given),
    "is": _is,
    "is_not": lambda given, values: not _is(given, values),
    "in": _is,
    "any_of": _any_of,
    "all_of": lambda given, values: all(value in given for value in values),
    "none_of": lambda given, values: not _any_of(given, values),
    "lt": _compares(int.__lt__),
    "lte": _compares(int.__le__),
    "gt": _compares(int.__gt__),
    "gte": _compares(int.__ge__),
}
