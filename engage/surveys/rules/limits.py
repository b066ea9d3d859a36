"""How large and how odd a survey from outside may be: what a page, a phone or a search over its routes can bear."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from engage.surveys.rules.conditions import Condition
from engage.surveys.rules.definition import Definition, Item
from engage.surveys.rules.words import FIRST_LANGUAGE, PIPE, BrokenDefinition, Words

CODE = re.compile(r"[a-z][a-z0-9_]{0,59}")
OPTION = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.+-]{0,59}")
SURVEY_CODE = re.compile(r"[a-z][a-z0-9_-]{0,39}")
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z]{2,4})?")
SMALLEST_SHOWN = 8  # people
OLDEST = 120  # years
MOST_MINUTES = 120
MOST_ITEMS, MOST_OPTIONS, MOST_LANGUAGES = 300, 300, 40
MOST_TESTS, MOST_VALUES = 24, 14  # of one condition: a search over routes tries their combinations
LONGEST_TEXT = 4000  # characters


def check_limits(definition: Definition) -> None:
    """Raise `BrokenDefinition` naming the place where a survey goes past what any page can bear."""
    for wrong in _faults(definition):
        raise BrokenDefinition(wrong)


def _faults(definition: Definition) -> Iterator[str]:
    yield from _of_the_whole(definition)
    sections = [section.code for section in definition.sections]
    yield from _codes(definition.code, "sections", sections)
    yield from _codes(definition.code, "age bands", [band.code for band in definition.bands])
    yield from _codes(definition.code, "rotations", [rotation.code for rotation in definition.rotations])
    for section in definition.sections:
        for item in section.items:
            yield from _of_an_item(f"{definition.code}.{section.code}.{item.code}", item)
    yield from _of_words(definition)


def _of_the_whole(definition: Definition) -> Iterator[str]:
    code, (youngest, oldest) = definition.code, definition.ages
    if not SURVEY_CODE.fullmatch(code):
        yield f"{code}: the code of a survey has small letters, digits, _ and - only, and 40 of them at most"
    if not 0 <= youngest <= oldest <= OLDEST:
        yield f"{code}: ages go from 0 to {OLDEST}"
    if not 0 < definition.minutes <= MOST_MINUTES:
        yield f"{code}: minutes go from 1 to {MOST_MINUTES}"
    if definition.minimum < SMALLEST_SHOWN:
        yield f"{code}: minimum is {SMALLEST_SHOWN} or more, for smaller groups are never shown"
    if not 0 < sum(1 for _ in definition.items) <= MOST_ITEMS:
        yield f"{code}: a survey has 1 to {MOST_ITEMS} questions"
    yield from _of_languages(definition)


def _of_languages(definition: Definition) -> Iterator[str]:
    languages = definition.languages
    if FIRST_LANGUAGE not in languages or len(set(languages)) < len(languages) or len(languages) > MOST_LANGUAGES:
        yield f"{definition.code}: languages has en and each other language once, {MOST_LANGUAGES} at most"
    for language in languages:
        if not LANGUAGE.fullmatch(language):
            yield f"{definition.code}: “{language}” is no code of a language, such as pl or pt-BR"


def _codes(place: str, what: str, codes: Iterable[str]) -> Iterator[str]:
    for code, times in Counter(codes).items():
        if times > 1:
            yield f"{place}: two {what} are called “{code}”"
        if not CODE.fullmatch(code):
            yield f"{place}: “{code}” among the {what} is no code: it has small letters, digits and _ only"


def _of_an_item(place: str, item: Item) -> Iterator[str]:
    if not CODE.fullmatch(item.code):
        yield f"{place}: the code of a question has small letters, digits and _ only, and 60 of them at most"
    if item.pick is not None and not 0 < item.pick <= max(len(item.options), 1):
        yield f"{place}: pick goes from 1 to the number of answers"
    for condition in filter(None, (item.show_if, item.support_when)):
        yield from _of_a_condition(place, condition)
    yield from _of_options(place, item.option_codes)


def _of_options(place: str, codes: Sequence[str]) -> Iterator[str]:
    if len(codes) > MOST_OPTIONS:
        yield f"{place}: a question has {MOST_OPTIONS} answers at most"
    for code in codes:
        if not OPTION.fullmatch(code):
            yield f"{place}: “{code}” is no code of an answer: letters, digits and _ . + - only"


def _of_a_condition(place: str, condition: Condition) -> Iterator[str]:
    tests = list(condition.tests())
    if len(tests) > MOST_TESTS:
        yield f"{place}: its condition makes {len(tests)} tests, and {MOST_TESTS} are the most"
    named = {item: {value for test in tests if test.item == item for value in test.values} for item in condition.items}
    for item, values in named.items():
        if len(values) > MOST_VALUES:
            yield f"{place}: its condition names {len(values)} answers of {item}, and {MOST_VALUES} are the most"


def _of_words(definition: Definition) -> Iterator[str]:
    for section in definition.sections:
        for item in section.items:
            parts = (
                item.words,
                item.easy,
                item.text,
                item.why,
                item.low,
                item.high,
                *(option.words for option in item.options),
            )
            for words in filter(None, parts):
                yield from _of_a_text(f"{definition.code}.{section.code}.{item.code}", words)


def _of_a_text(place: str, words: Words) -> Iterator[str]:
    wanted = sorted(words.pipes(FIRST_LANGUAGE))
    for language, text in words.texts:
        if len(text) > LONGEST_TEXT:
            yield f"{place}: a text in {language} is longer than {LONGEST_TEXT} characters"
        found = sorted({code for code, _ in PIPE.findall(text)})
        if text and found != wanted:
            odd = next(iter(sorted(set(wanted) ^ set(found))))
            yield f"{place}: the text in {language} and the English one do not hold the same placeholders ({odd})"
