"""A text in each language it is offered in."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from engage.shared.errors import NotValid

FIRST_LANGUAGE = "en"
PIPE = re.compile(r"\{([a-z][a-z0-9_]*)\|([^{}|]*)\}")  # {an item asked before|what stands here until it is answered}
HALF_PIPE = re.compile(r"\{([a-z][a-z0-9_]*)\}")  # the same without what stands here: it would be shown as it is typed


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
        """The text in `language`, as one reads it who has answered nothing yet."""
        text = self._raw(language)
        return PIPE.sub(r"\2", text) if "{" in text else text

    def pieces(self, language: str) -> Iterator[tuple[str, str]]:
        """The text cut where an earlier choice is said: its item ("" for plain text) and what stands there before."""
        parts = PIPE.split(self._raw(language))
        for n in range(0, len(parts) - 1, 3):
            yield "", parts[n]
            yield parts[n + 1], parts[n + 2]
        yield "", parts[-1]

    def pipes(self, language: str) -> frozenset[str]:
        """The items whose choices are said in this text."""
        return frozenset(code for code, _ in PIPE.findall(self._raw(language)))

    def half_pipes(self) -> list[str]:
        """The items named in braces without what stands there before, in any language."""
        return sorted({code for _, text in self.texts for code in HALF_PIPE.findall(text)})

    def _raw(self, language: str) -> str:
        texts = dict(self.texts)
        return texts.get(language) or texts[FIRST_LANGUAGE]


def words(texts: Mapping[str, str]) -> Words:
    """Make words of a mapping from language to text; raises `BrokenDefinition` without an English text."""
    if not texts.get(FIRST_LANGUAGE):
        raise BrokenDefinition("The English text is missing")
    return Words(tuple((language, text.strip()) for language, text in texts.items()))
