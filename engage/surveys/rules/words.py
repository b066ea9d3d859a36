"""A text in each language it is offered in."""

from collections.abc import Mapping
from dataclasses import dataclass

from engage.shared.errors import NotValid

FIRST_LANGUAGE = "en"


class BrokenDefinition(NotValid):
    """A survey's document does not hold together; the message names the place and what to do."""


@dataclass(frozen=True)
class Words:
    """One text, in one or more languages; English stands in for a language that is not there."""

    texts: tuple[tuple[str, str], ...]

    @property
    def languages(self) -> frozenset[str]:
        return frozenset(language for language, text in self.texts if text)

    def in_(self, language: str) -> str:
        texts = dict(self.texts)
        return texts.get(language) or texts[FIRST_LANGUAGE]


def words(texts: Mapping[str, str]) -> Words:
    """Make words of a mapping from language to text; raises `BrokenDefinition` without an English text."""
    if not texts.get(FIRST_LANGUAGE):
        raise BrokenDefinition("The English text is missing")
    return Words(tuple((language, text.strip()) for language, text in texts.items()))
