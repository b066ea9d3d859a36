"""What stands between a draft and publishing: each fault in one sentence that names its place."""

from collections.abc import Iterator

from engage.surveys.rules.definition import NEVER_MISSING, Definition, Item, Words
from engage.surveys.rules.piping import pipes_lost
from engage.surveys.rules.reach import unreachable
from engage.surveys.rules.reading_age import OLDEST_READING_AGE, hard_items, reading_age_of


def faults(definition: Definition) -> list[str]:
    """List what must be put right before this survey may be published; empty when it may."""
    found = [fault for item in definition.items for fault in _faults_of(item)]
    found += [f"{place}: {language} is missing" for place, language in untranslated(definition)]
    found += [
        f"{item.code}: in {language} it says other earlier choices than in English"
        for item in definition.items
        for language in pipes_lost(item, definition.languages)
    ]
    found += [f"{code}: nobody can ever reach it" for code in unreachable(definition)]
    found += [f"{code}: too hard to read, for a reader of {age:.0f}" for code, age in hard_items(definition).items()]
    if (age := reading_age_of(definition)) > OLDEST_READING_AGE:
        found.append(f"The survey as a whole is too hard to read, for a reader of {age:.0f}")
    return found


def _faults_of(item: Item) -> Iterator[str]:
    if not item.purpose or not item.owner:
        yield f"{item.code}: say its purpose and its owner"
    if item.kind not in NEVER_MISSING and not item.missing:
        yield f"{item.code}: offer “don't know” and “rather not say”"
    if item.sensitive and not item.special_category:
        yield f"{item.code}: it is sensitive, so name its special-category condition"
    if item.sensitive and not item.why:
        yield f"{item.code}: it is sensitive, so say why we ask"


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
