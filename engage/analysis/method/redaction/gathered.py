"""Names and everyday words of the packages that are installed, read when they are first wanted; none is kept here."""

import gzip
import json
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from importlib.resources import files
from itertools import chain
from pkgutil import iter_modules

from engage.analysis.method.redaction.tokens import tokens

_PEOPLE = "faker.providers.person"
_PARTS = {"first_name": "f", "last_name": "s"}
_SELDOM, _SHORTEST = 50, 3


def world_names() -> dict[str, str]:
    """Gather the names of every locale of Faker, folded and cut into words.

    Returns
    -------
    names : dict of str to str
        Name to its marks: f a first name, s a surname.

    Examples
    --------
    >>> world_names()["agnieszka"]
    'f'
    """
    found: dict[str, str] = {}
    for mark, name in _listed_names():
        for token in tokens(name):
            marks = found.get(token.word, "")
            if mark not in marks and len(token.word) >= _SHORTEST and token.text[0].isalpha():
                found[token.word] = "".join(sorted(marks + mark))
    return found


def _listed_names() -> Iterator[tuple[str, str]]:
    for locale in iter_modules(import_module(_PEOPLE).__path__):
        provider = vars(import_module(f"{_PEOPLE}.{locale.name}").Provider)
        for attribute, names in provider.items():
            mark = next((mark for part, mark in _PARTS.items() if attribute.startswith(part)), None)
            if mark and not callable(names) and not isinstance(names, property):
                yield from ((mark, str(name)) for name in names)


def used_words() -> list[str]:
    """Gather the English words that pyspellchecker has counted often enough, the most used first.

    Returns
    -------
    words : list of str
        Lower-case words.

    Examples
    --------
    >>> used_words()[0]
    'the'
    """
    counted = json.loads(gzip.decompress((files("spellchecker") / "resources" / "en.json.gz").read_bytes()))
    often = [word for word, count in counted.items() if count > _SELDOM]
    return sorted(often, key=lambda word: (-counted[word], word))


def plain_words() -> frozenset[str]:
    """Gather words that stand for things and feelings, not for people: of xkcdpass (EFF) and of vaderSentiment.

    Returns
    -------
    words : frozenset of str
        Lower-case words.

    Examples
    --------
    >>> "lonely" in plain_words()
    True
    """
    simple = (files("xkcdpass") / "static" / "eff-long").read_text("utf-8").split()
    return frozenset(word for word in chain(simple, felt_words()) if word.isalpha())


@cache
def felt_words() -> dict[str, float]:
    """Gather how words feel, as ten people judged them: of vaderSentiment.

    Returns
    -------
    felt : dict of str to float
        Word to its feeling, from -4 (worst) to 4.

    Examples
    --------
    >>> felt_words()["murder"] < -3 < 0 < felt_words()["happy"]
    True
    """
    lines = (files("vaderSentiment") / "vader_lexicon.txt").read_text("utf-8").splitlines()
    return {word: float(felt) for word, felt, *_ in (line.split("\t") for line in lines)}
