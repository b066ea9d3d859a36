"""Whether the same thing was asked before: by its code, or in nearly the same words."""

import re
from dataclasses import dataclass
from datetime import date

from engage.surveys.rules.definition import Definition, Item

ALIKE = 0.6  # share of the words that two questions have in common, above which they are called nearly the same
FEWEST = 3  # words that say what a question is about, below which nothing is nearly the same
WORD = re.compile(r"[a-z']+")
SMALL = (
    "a an and are as at be by can could did do does for from had has have how i if in is it its me my of on or our so "
    "that the their them there they this to us was we were what when where which who why will with would you your"
)
TELLS_NOTHING = frozenset(WORD.findall(SMALL))


@dataclass(frozen=True)
class AskedBefore:
    """One earlier wave that asked the same: when, the promised day, its state, and the words it used."""

    wave: str
    title: str
    opened_on: date
    promised_on: date
    state: str
    words: str
    same_code: bool


def said_by(words: str) -> frozenset[str]:
    """The words that say what a question is about."""
    return frozenset(WORD.findall(words.lower().replace("’", "'"))) - TELLS_NOTHING


def alike(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two questions have most of their telling words in common."""
    return min(len(one), len(other)) >= FEWEST and len(one & other) / len(one | other) >= ALIKE


def same_item(definition: Definition, code: str, words: str) -> Item | None:
    """The item of an earlier survey that asks the same, by code first."""
    if code in definition.by_code and definition.item(code).asks:
        return definition.item(code)
    wanted = said_by(words)
    return next((item for item in definition.items if item.asks and alike(said_by(item.words.in_("en")), wanted)), None)
