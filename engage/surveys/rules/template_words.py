"""Words of templates apart from the templates: a file for each language, put in by the English that it turns."""

from collections.abc import Mapping
from typing import Any

import yaml
from typing_extensions import override

from engage.surveys.rules.words import FIRST_LANGUAGE, PIPE, BrokenDefinition


class _Once(yaml.CSafeLoader):
    """The safe loader, only faster, which refuses a key that stands twice."""

    @override
    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = [self.construct_object(key, deep=True) for key, _ in node.value if key.tag != "tag:yaml.org,2002:merge"]
        if twice := next((key for n, key in enumerate(keys) if key in keys[:n]), None):
            raise BrokenDefinition(f"“{twice}” stands twice")
        return super().construct_mapping(node, deep)


def read_mapping(name: str, text: str) -> dict[Any, Any]:
    """Read one file; raises `BrokenDefinition`, which names the file, where it is no mapping or says a key twice."""
    try:
        document = _Once(text).get_single_data()
    except (yaml.YAMLError, BrokenDefinition) as problem:
        raise BrokenDefinition(f"{name}: {problem}") from None
    if not isinstance(document, dict):
        raise BrokenDefinition(f"{name}: it must be a mapping")
    return document


class TranslatedWords:
    """One file of words: each English text, or `code|English` for one place, with what it is in this language."""

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.words: dict[str, str] = {}
        for english, words in read_mapping(name, text).items():
            if not isinstance(english, str) or not isinstance(words, str) or not words.strip():
                raise BrokenDefinition(f"{name}: words are wanted for “{english}” (yes, no and numbers in quotes)")
            self.words[english.strip()] = words.strip()
        self.left = set(self.words)

    def of(self, english: str, codes: tuple[str, ...]) -> str:
        """The words for `english` inside the parts called `codes`, outermost first; the nearest part counts."""
        for key in (*(f"{code}|{english}" for code in reversed(codes)), english):
            if key in self.words:
                self.left.discard(key)
                return self._checked(english, self.words[key])
        raise BrokenDefinition(f"{self.name}: “{english}” has no words")

    def done(self) -> None:
        """Raise `BrokenDefinition` for words that the template has no place for."""
        if self.left:
            raise BrokenDefinition(f"{self.name}: the template does not say “{min(self.left)}”")

    def _checked(self, english: str, words: str) -> str:
        if _pipes(english) != _pipes(words):
            raise BrokenDefinition(f"{self.name}: “{english}” does not say the same earlier choices")
        return words


def put_words(template: Mapping[str, Any], words: Mapping[str, TranslatedWords]) -> dict[str, Any]:
    """Give the template as a whole survey in English and the languages of `words`, none of them checked by a speaker.

    Raises `BrokenDefinition` naming file and text where words are missing, too many, or lost an earlier choice.
    """
    whole = _put(template, words, ())
    for each in words.values():
        each.done()
    return {**whole, "languages": [FIRST_LANGUAGE, *words], "unchecked": list(words)}


def _put(part: Any, words: Mapping[str, TranslatedWords], codes: tuple[str, ...]) -> Any:
    if isinstance(part, list):
        return [_put(each, words, codes) for each in part]
    if not isinstance(part, Mapping):
        return part
    if isinstance(english := part.get(FIRST_LANGUAGE), str):
        return {**part, **{language: each.of(english.strip(), codes) for language, each in words.items()}}
    here = (*codes, part["code"]) if isinstance(part.get("code"), str) else codes
    return {key: _put(each, words, _inside(here, key, each)) for key, each in part.items()}


def _inside(codes: tuple[str, ...], key: object, part: object) -> tuple[str, ...]:
    """A scale, and what answers are merged into, are called by their key."""
    named = isinstance(key, str) and isinstance(part, Mapping) and FIRST_LANGUAGE not in part
    return (*codes, str(key)) if named else codes


def _pipes(text: str) -> list[str]:
    return sorted(code for code, _ in PIPE.findall(text))
