"""The surveys that come with the house, read once: a template in English, and a file of words for each language."""

from functools import cache
from importlib.resources import files
from typing import Any

from engage.surveys.rules.definition import Definition, parse
from engage.surveys.rules.template_words import TranslatedWords, put_words, read_mapping

CODES = (
    "youth", "care", "care_4", "care_8", "care_11", "forum", "felt", "practice", "families", "voluntary",
)  # fmt: skip
LANGUAGES = ("pl", "ar", "ro", "fa", "gu", "tr", "es")  # beside English, in the order in which they are offered
TEMPLATES = files("engage.surveys") / "templates"


@cache
def shipped(code: str) -> Definition:
    """Read the shipped survey called `code`, one of `CODES`; raises KeyError for another."""
    return parse(shipped_document(code))


def shipped_document(code: str) -> dict[str, Any]:
    """The same as the plain data it is read from, in each language that has a file of words for it."""
    if code not in CODES:
        raise KeyError(code)
    name = f"{code}.yaml"
    places = {language: TEMPLATES / "words" / language / name for language in LANGUAGES}
    words = {
        language: TranslatedWords(f"words/{language}/{name}", place.read_text(encoding="utf-8"))
        for language, place in places.items()
        if place.is_file()
    }
    return put_words(read_mapping(name, (TEMPLATES / name).read_text(encoding="utf-8")), words)
