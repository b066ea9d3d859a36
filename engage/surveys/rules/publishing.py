"""What stands between a draft and publishing: each fault in one sentence that names its place."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from math import comb, prod

from typing_extensions import override

from engage.surveys.rules.conditions import MISSING_CODES, NUMBERS, Condition
from engage.surveys.rules.definition import NEVER_MISSING, Definition, Item, Kind, Words
from engage.surveys.rules.items import OWN_CARDS
from engage.surveys.rules.piping import SAYABLE, pipes_lost, words_of
from engage.surveys.rules.reach import unreachable
from engage.surveys.rules.reading_age import OLDEST_READING_AGE, WORD, age_of_words, hard_items, reading_age_of, text_of
from engage.surveys.rules.sentences import name_of

MOST_WAYS = 5_000  # in which rows are drawn; a change tries twenty times as many seeds


@dataclass(frozen=True)
class Fault:
    """One thing to put right: `place` is the code of an item or of another part, empty for the survey as a whole.

    Where it is about one `language`, the words go on after its name.
    """

    place: str
    words: str
    about: str = ""  # "routing" or "words" or nothing: which page mends it
    language: str = ""

    @override
    def __str__(self) -> str:
        words = f"{self.language} {self.words}".strip()
        return f"{self.place}: {words}" if self.place else words[:1].upper() + words[1:]


def faults(definition: Definition) -> list[str]:
    """List what must be put right before this survey may be published; empty when it may."""
    return [str(fault) for fault in found_faults(definition)]


def found_faults(definition: Definition) -> list[Fault]:
    """The same with the place of each, for a page that leads there."""
    if not any(item.asks for item in definition.items):
        return [Fault("", "it asks nothing yet")]
    found = [fault for item in definition.items for fault in _faults_of(item)]
    routing = list(routing_faults(definition))
    found += [Fault(item.code, "two of its answers say the same") for item in definition.items if _says_twice(item)]
    found += routing or [Fault(code, "nobody can ever reach it", "routing") for code in unreachable(definition)]
    found += _too_many_ways(definition)
    found += _called_like_a_card_of_the_page(definition)
    found += _gaps(definition)
    found += [
        Fault(item.code, "says other earlier choices than English", "words", language)
        for item in definition.items
        for language in pipes_lost(item, definition.languages)
    ]
    hard = hard_items(definition).items()
    found += [Fault(code, f"too hard to read, for a reader of {age:.0f}") for code, age in hard]
    return [*found, *_hard_in_easy_read(definition), *_hard_as_a_whole(definition)]


def _too_many_ways(definition: Definition) -> Iterator[Fault]:
    """Somebody who changes what they sent is asked the same rows again, so a seed that asks these must be found."""
    ways = prod(comb(len(rotation.rows), rotation.show) for rotation in definition.rotations)
    if ways > MOST_WAYS:
        words = (
            f"its rotating rows can be drawn in {ways:,} ways, and {MOST_WAYS:,} are the most: show more or fewer rows"
        )
        yield Fault(definition.rotations[-1].code, words)


def _called_like_a_card_of_the_page(definition: Definition) -> Iterator[Fault]:
    for code in sorted(OWN_CARDS & set(definition.by_code)):
        yield Fault(code, "give it another code, for a card of the page itself is called so")


def _gaps(definition: Definition) -> Iterator[Fault]:
    """What is not translated: one line for a card, or for all that is no card, and a language."""
    found = ((place.partition(".")[0], language) for place, language in untranslated(definition))
    gaps = Counter((place if place in definition.by_code else "", language) for place, language in found)
    for (place, language), count in gaps.items():
        yield Fault(place, "is missing" if count == 1 else f"is missing in {count} texts", "words", language)


def _hard_in_easy_read(definition: Definition) -> Iterator[Fault]:
    for item in definition.items:
        parts = (words.in_("en") for words in (item.easy, item.text, item.why) if words)
        age = age_of_words(parts) if item.easy else None
        if age is not None and age > OLDEST_READING_AGE:
            yield Fault(item.code, f"too hard in easy read, for a reader of {age:.0f}")


def _hard_as_a_whole(definition: Definition) -> Iterator[Fault]:
    own = [item for item in definition.items if not item.standard and WORD.search(text_of(item))]
    if own and (age := reading_age_of(definition)) > OLDEST_READING_AGE:
        yield Fault("", f"the survey as a whole is too hard to read, for a reader of {age:.0f}")


def _says_twice(item: Item) -> bool:
    said = [option.words.in_("en").casefold() for option in item.options]
    return len(set(said)) < len(said)


def _faults_of(item: Item) -> Iterator[Fault]:
    if not item.purpose or not item.owner:
        yield Fault(item.code, "say its purpose and its owner")
    if item.kind not in NEVER_MISSING and not item.missing:
        yield Fault(item.code, "offer “don't know” and “rather not say”")
    if item.kind is Kind.CONSENT and not {"yes", "no"} <= set(item.option_codes):
        yield Fault(item.code, "consent is a yes or a no: give it both")
    if item.sensitive and not item.special_category:
        yield Fault(item.code, "it is sensitive, so name its special-category condition")
    if item.sensitive and not item.why:
        yield Fault(item.code, "it is sensitive, so say why we ask")


def routing_faults(definition: Definition) -> Iterator[Fault]:
    """Conditions that look at what is not there, not asked yet, or not offered, each in a sentence."""
    asked: dict[str, Item] = {}
    for item in definition.items:
        yield from _faults_of_pipes(item, asked)
        for test in item.show_if.tests() if item.show_if else ():
            yield from _faults_of_test(definition, item, test, asked)
        asked[item.code] = item
        for test in item.support_when.tests() if item.support_when else ():
            yield from _faults_of_test(definition, item, test, asked)


def _faults_of_test(definition: Definition, item: Item, test: Condition, asked: dict[str, Item]) -> Iterator[Fault]:
    if test.item == item.code and test.item not in asked:
        yield Fault(item.code, "it goes in a circle: it is shown only after its own answer", "routing")
    elif test.item in asked:
        yield from _unknown_values(item, test, asked[test.item])
    elif test.item in definition.by_code:
        later = name_of(definition.item(test.item))
        yield Fault(item.code, f"it looks at “{later}”, which is asked only after it: move one of them", "routing")
    else:
        yield Fault(item.code, f"it looks at a question that is not here any more ({test.item})", "routing")


def _faults_of_pipes(item: Item, asked: dict[str, Item]) -> Iterator[Fault]:
    said = {code for words in words_of(item) for language in words.languages for code in words.pipes(language)}
    for code in sorted(said):
        if code not in asked or asked[code].kind not in SAYABLE:
            yield Fault(item.code, f"its words say an earlier choice that nobody makes before it ({code})")
    for code in sorted({code for words in words_of(item) for code in words.half_pipes()}):
        yield Fault(
            item.code, f"{{{code}}} would be shown as it stands: write {{{code}|words for who did not answer it}}"
        )


def _unknown_values(item: Item, test: Condition, about: Item) -> Iterator[Fault]:
    unknown = [value for value in test.values if value not in about.answer_codes + MISSING_CODES]
    if about.options and unknown and test.operator not in NUMBERS:
        words = f"it waits for an answer that “{name_of(about)}” does not offer any more ({', '.join(unknown)})"
        yield Fault(item.code, words, "routing")


def untranslated(definition: Definition) -> list[tuple[str, str]]:
    """Each place that lacks a language the survey is offered in, with that language."""
    return [
        (place, language)
        for place, words in _all_words(definition)
        for language in definition.languages
        if language not in words.languages
    ]


def _all_words(definition: Definition) -> Iterator[tuple[str, Words]]:
    yield "title", definition.title
    yield from ((band.code, band.words) for band in definition.bands)
    for section in definition.sections:
        yield section.code, section.title
        for item in section.items:
            parts = (item.words, item.text, item.why, item.easy, item.low, item.high)
            yield from ((item.code, words) for words in parts if words)
            for option in item.options:
                yield from ((f"{item.code}.{option.code}", words) for words in (option.words, option.alt) if words)
    if definition.merged:
        yield from ((f"merged.{code}", words) for code, words in definition.merged.words)
