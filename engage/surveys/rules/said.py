"""Say in words what one person answered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from engage.shared.words import N_
from engage.surveys.rules.answers import SKIPPED
from engage.surveys.rules.definition import Definition, Item

MISSING_WORDS = {
    "dont_know": N_("I don't know"),
    "rather_not_say": N_("Rather not say"),
}


@dataclass(frozen=True)
class Said:
    """One question and what was answered; `missing` is marked for translation, empty where something was said."""

    question: str
    answers: tuple[str, ...]
    missing: str


def said_in(definition: Definition, given: Mapping[str, Sequence[str]], *, language: str) -> list[Said]:
    """Every question that got an answer, "I don't know" among them, in its order and in one language."""
    return [
        _said(definition, item, given[item.code], language)
        for item in definition.items
        if item.asks and item.code in given and SKIPPED not in given[item.code]
    ]


def _said(definition: Definition, item: Item, given: Sequence[str], language: str) -> Said:
    missing = next((MISSING_WORDS[value] for value in given if value in MISSING_WORDS), "")
    named = {option.code: option.words.in_(language) for option in item.options}
    named |= {f"{place}.{code}": f"{place}. {words}" for place in item.places for code, words in list(named.items())}
    named |= {band.code: band.words.in_(language) for band in definition.bands}
    answers = tuple(named.get(value, value) for value in given if value not in MISSING_WORDS)
    return Said(item.words.in_(language), answers, missing)
