"""Whether a speaker has checked what a language says: a later change of words takes that back for what changed."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from engage.surveys.rules.drafting import Document
from engage.surveys.rules.faces import texts_of

PAGES = "PAGES"  # what a sign-off is about when it is no survey: every word of the pages (no survey has such a code)
STANDINGS = {
    "unchecked": "not yet checked by a speaker",
    "changed": "changed since a speaker checked it",
    "checked": "checked by a speaker",
}
Marks = Mapping[str, str]


@dataclass(frozen=True)
class Said:
    """One text: where it stands, its English, and its words in the language that is checked ("" where it has none)."""

    place: str
    english: str
    words: str

    @property
    def mark(self) -> str:
        """Changes with the words, and with the English that they turn."""
        return _short(f"{self.english}\0{self.words}")


@dataclass(frozen=True)
class NewSignOff:
    """What is typed where a language is signed off; `seen` is the seal of the words on that page."""

    note: str
    seen: str


@dataclass(frozen=True)
class SignedOff:
    """Who answers for a language, since when, and what their note says; `marks` is of the texts as they were."""

    by: str
    on: date
    note: str
    marks: Marks = field(repr=False)


@dataclass(frozen=True)
class Standing:
    """How the words of one language stand: `changed` are those that are new, or not what was signed off."""

    signed: SignedOff | None
    changed: tuple[Said, ...]

    @property
    def name(self) -> str:
        """One of `STANDINGS`."""
        if self.signed is None:
            return "unchecked"
        return "changed" if self.changed else "checked"

    @property
    def words(self) -> str:
        """The same, said to staff."""
        return STANDINGS[self.name]


def standing(said: Iterable[Said], signed: SignedOff | None) -> Standing:
    """Hold the texts of today against those that were signed off."""
    kept = signed.marks if signed else {}
    return Standing(signed, tuple(one for one in said if kept.get(_short(one.place)) != one.mark))


def marks_of(said: Iterable[Said]) -> dict[str, str]:
    """A short mark of each text, by a short mark of its place."""
    return {_short(one.place): one.mark for one in said}


def seal_of(said: Iterable[Said]) -> str:
    """One mark of all texts together: who signs off, signs what they saw."""
    return _short("".join(f"{place}{mark}" for place, mark in sorted(marks_of(said).items())))


def said_in(document: Document, language: str) -> list[Said]:
    """Every text of a survey in one language, in the survey's order."""
    return [Said(text.key, text.english, text.texts.get(language, "")) for text in texts_of(document)]


def _short(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]
