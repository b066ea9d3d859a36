"""A survey on paper: the same questions numbered, and who is asked which said in words."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from engage.shared.words import N_
from engage.surveys.rules.conditions import Condition
from engage.surveys.rules.definition import Definition, Item, Section
from engage.surveys.rules.routing import chosen_rows
from engage.surveys.rules.said import MISSING_WORDS

SEED = 0  # every sheet of paper asks the same rotating rows
Say = Callable[..., str]  # gettext of the language the paper is printed in
ONE_OF, NONE_OF = ("is", "in", "any_of", "all_of"), ("is_not", "none_of")
THAN = {
    "lt": N_("question %(number)s: less than %(value)s"),
    "lte": N_("question %(number)s: %(value)s or less"),
    "gt": N_("question %(number)s: more than %(value)s"),
    "gte": N_("question %(number)s: %(value)s or more"),
}


@dataclass(frozen=True)
class Question:
    """One question on paper; what is only to be read has no number. `only_if` says who answers it, "" for everybody."""

    item: Item
    number: int | None
    only_if: str


@dataclass(frozen=True)
class Part:
    """One section on paper."""

    section: Section
    questions: tuple[Question, ...]


def on_paper(definition: Definition, *, language: str, say: Say) -> list[Part]:
    """Number what is asked, and say each condition in words."""
    left_out = {row for one in definition.rotations for row in one.rows}
    left_out -= {row for one in definition.rotations for row in chosen_rows(one.rows, one.show, SEED, one.code)}
    items = [item for item in definition.items if item.code not in left_out]
    asked = (item.code for item in items if item.asks)
    numbers = {code: number for number, code in enumerate(asked, start=1)}
    routing = _Routing(definition, numbers, language, say)
    return [Part(section, tuple(_questions(section, items, routing))) for section in definition.sections]


@dataclass(frozen=True)
class _Routing:
    definition: Definition
    numbers: Mapping[str, int]
    language: str
    say: Say

    def words(self, condition: Condition) -> str:
        if condition.operator == "not":
            return self.say(N_("not (%(rest)s)"), rest=self.words(condition.parts[0]))
        if condition.parts:
            joined = self.say(N_("and")) if condition.operator == "all" else self.say(N_("or"))
            return f" {joined} ".join(self.words(part) for part in condition.parts)
        return self._test(condition)

    def _test(self, test: Condition) -> str:
        number = self.numbers.get(test.item, "?")
        if test.operator in THAN:
            return self.say(THAN[test.operator], number=number, value=test.values[0])
        if test.operator == "answered":
            return self.say(N_("question %(number)s has an answer"), number=number)
        joined = self.say(N_("and")) if test.operator == "all_of" else self.say(N_("or"))
        named = f" {joined} ".join(f"“{self._named(test.item, value)}”" for value in test.values)
        ticked = N_("question %(number)s: %(answers)s")
        unticked = N_("question %(number)s: not %(answers)s")
        return self.say(unticked if test.operator in NONE_OF else ticked, number=number, answers=named)

    def _named(self, code: str, value: str) -> str:
        if value in MISSING_WORDS:
            return self.say(MISSING_WORDS[value])
        place, _, ranked = value.rpartition(".")
        options = self.definition.item(code).options
        words = next((option.words.in_(self.language) for option in options if option.code == ranked), value)
        return f"{place}. {words}" if place else words


def _questions(section: Section, items: Iterable[Item], routing: _Routing) -> Iterable[Question]:
    kept = [item for item in items if item in section.items]
    for item in kept:
        yield Question(item, routing.numbers.get(item.code), routing.words(item.show_if) if item.show_if else "")


def differences(definition: Definition, first: Mapping[str, list[str]], second: Mapping[str, list[str]]) -> list[str]:
    """The items that two people read differently on one sheet; how words are spaced does not count."""
    return [
        item.code
        for item in definition.items
        if any(_plain(first.get(field, [])) != _plain(second.get(field, [])) for field in item.fields)
    ]


def _plain(values: Iterable[str]) -> list[str]:
    return sorted(" ".join(value.split()) for value in values if value.strip())
