"""How old a reader of English must be: an estimate from the length of sentences and words, with what is too hard."""

import re
from collections.abc import Iterable

from engage.surveys.rules.definition import Definition, Item

OLDEST_READING_AGE = 11.0  # years, for each card and for the survey as a whole
SCHOOL_STARTS = 5  # a grade of the United States plus five is an age in England

SENTENCE = re.compile(r"[.!?:\n]+")
WORD = re.compile(r"[A-Za-z’']+|\d+")
VOWELS = re.compile(r"[aeiouy]+")
SILENT = re.compile(
    r"(?<=[^aeiouy])(?<![^aeiouy]l)e$"  # home, whole; not table
    r"|(?<=[^aeiouysxzhgc])(?<![^aeiouy]l)es$"  # sometimes; not houses, tables
    r"|(?<=[^aeiouytd])(?<![^aeiouy]l)ed$"  # helped; not wanted, settled
    r"|(?<=som)e(?=.)|(?<=ev)e(?=ry)|e(?=(?:ly|ful|less|ment)$)"  # something, every, lonely
)
TWO_SOUNDS = re.compile(
    r"i(?:a|u[ms])|(?<![tscg])io|eo(?!p)|(?<![gq])ua"  # serious, video, actual
    r"|(?<=[aeiouy][^aeiouy])ea$|(?<=[aeiou])ing|(?<=cr)ea(?=t)"  # area, being, create
    r"|[^t]ience|iet|sm$"  # experience, quiet, racism
)


def reading_age(text: str) -> float:
    """Estimate the age, in years, at which an English text can be read: the Flesch-Kincaid grade plus five.

    Flesch and Kincaid counted on passages of 100 words or more (Kincaid and others, 1975); on one short card it is
    rough. Raises ValueError where there are no words.
    """
    words = WORD.findall(text)
    if not words:
        raise ValueError("A text without words has no reading age")
    sentences = sum(1 for part in SENTENCE.split(text) if WORD.search(part))
    syllables = sum(syllables_of(word) for word in words)
    return 0.39 * len(words) / sentences + 11.8 * syllables / len(words) - 15.59 + SCHOOL_STARTS


def syllables_of(word: str) -> int:
    """Count the syllables of an English word: its groups of vowels, less the silent ones; a number counts as one."""
    plain = word.lower().replace("’", "").replace("'", "")
    if plain.isdigit():
        return 1
    count = len(VOWELS.findall(plain)) - len(SILENT.findall(plain)) + len(TWO_SOUNDS.findall(plain))
    return max(1, count)


def text_of(item: Item) -> str:
    """What is read on a card before choosing: heading, text and why we ask, each ending its sentence."""
    parts = [item.words, item.text, item.why]
    return "\n".join(part.in_("en") for part in parts if part)


def reading_age_of(definition: Definition) -> float:
    """The reading age of the survey's own words, all cards together; public standards are left out."""
    return reading_age("\n".join(text_of(item) for item in definition.items if not item.standard))


def hard_items(definition: Definition) -> dict[str, float]:
    """The items too hard to read, by code; public standards keep their words and are left out."""
    texts = {item.code: text_of(item) for item in definition.items if not item.standard}
    ages = {code: reading_age(text) for code, text in texts.items() if WORD.search(text)}
    return {code: age for code, age in ages.items() if age > OLDEST_READING_AGE}


def age_of_words(parts: Iterable[str]) -> float | None:
    """The reading age of a card's texts together, each ending its sentence; None where there are no words."""
    text = "\n".join(part for part in parts if part.strip())
    return reading_age(text) if WORD.search(text) else None
