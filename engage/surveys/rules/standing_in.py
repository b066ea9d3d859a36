"""English that stands in for a language which reads from the right: it is set apart, or its marks change sides."""

from dataclasses import fields, is_dataclass, replace
from typing import Any

from engage.surveys.rules.definition import Definition
from engage.surveys.rules.words import FIRST_LANGUAGE, Words

FROM_THE_LEFT, ITS_END = "\u2066", "\u2069"  # Unicode's own marks around words that read from the left


def set_apart(definition: Definition, language: str) -> Definition:
    """Give a survey whose English, where `language` has no words yet, keeps its own direction."""
    told: Definition = _each(definition, language)
    return told


def _each(thing: Any, language: str) -> Any:
    if isinstance(thing, Words):
        return thing if language in thing.languages else _with_english(thing, language)
    if isinstance(thing, tuple):
        return tuple(_each(one, language) for one in thing)
    if is_dataclass(thing) and not isinstance(thing, type):
        given = (one.name for one in fields(thing) if one.init)
        return replace(thing, **{name: _each(getattr(thing, name), language) for name in given})
    return thing


def _with_english(words: Words, language: str) -> Words:
    english = dict(words.texts)[FIRST_LANGUAGE]
    return Words((*words.texts, (language, f"{FROM_THE_LEFT}{english}{ITS_END}")))
