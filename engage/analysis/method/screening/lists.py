"""The word lists, one file for each kind of harm, with who has reviewed it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import chain

import yaml

from engage.analysis.method.screening.phrases import Phrase, parse
from engage.analysis.method.screening.wording import plain_line

_FOLDER = files("engage.analysis.method.screening") / "lists"
_APART = frozenset({"slots.yaml", "ordinary.yaml", "typing.yaml", "senses.yaml", "signs.yaml"})


@dataclass(frozen=True)
class WordList:
    """One kind of harm: English phrases, lines of other languages with their weight, and who has reviewed it.

    `alone` are English phrases, `whole` lines of other languages, that tell only where an answer says nothing else.
    """

    kind: str
    reviewed_by: str
    phrases: tuple[Phrase, ...]
    lines: tuple[tuple[str, str, float], ...]
    alone: tuple[Phrase, ...] = ()
    whole: tuple[str, ...] = ()


def _read(name: str) -> dict[str, object]:
    # The base loader keeps every word a word: "no" and "off" stay themselves.
    loaded = yaml.load((_FOLDER / name).read_text("utf-8"), Loader=yaml.CBaseLoader)  # noqa: S506 - our own file, strings only
    return dict(loaded)


@cache
def slots() -> Mapping[str, tuple[str, ...]]:
    """Read the groups of words that phrases call by name.

    Returns
    -------
    slots : mapping of str to words
        Name to its words.

    Examples
    --------
    >>> "mum" in slots()["family"]
    True
    """
    return {name: tuple(words) for name, words in _read("slots.yaml").items() if isinstance(words, list)}


@cache
def everyday() -> tuple[Phrase, ...]:
    """Read the everyday sayings that only sound like harm.

    Returns
    -------
    phrases : tuple of Phrase
        Their kind is "everyday".

    Examples
    --------
    >>> len(everyday()) > 50
    True
    """
    written = _read("ordinary.yaml")["phrases"]
    return (
        tuple(chain.from_iterable(parse(str(phrase), "everyday", 0, slots()) for phrase in written))
        if isinstance(written, list)
        else ()
    )


@cache
def word_lists() -> tuple[WordList, ...]:
    """Read every list.

    Returns
    -------
    lists : tuple of WordList
        In the order of their files' names.

    Examples
    --------
    >>> {"neglect", "sexual harm"} <= {a_list.kind for a_list in word_lists()}
    True
    """
    names = sorted(
        entry.name for entry in _FOLDER.iterdir() if entry.name.endswith(".yaml") and entry.name not in _APART
    )
    return tuple(_word_list(_read(name)) for name in names)


def _word_list(written: dict[str, object]) -> WordList:
    kind = str(written["kind"])
    by_language = written["phrases"]
    if not isinstance(by_language, dict):
        raise TypeError(f"The list “{kind}” has no phrases")
    english = by_language.pop("en")
    parsed = (parse(phrase, kind, float(weight), slots()) for weight, said in english.items() for phrase in said)
    alone, whole = _alone(kind, written.get("alone"))
    return WordList(
        kind, str(written["reviewed_by"]), tuple(chain.from_iterable(parsed)), tuple(_lines(by_language)), alone, whole
    )


def _alone(kind: str, said: object) -> tuple[tuple[Phrase, ...], tuple[str, ...]]:
    """Read what tells only where it is the whole answer: English phrases, and lines of other languages."""
    if not isinstance(said, dict):
        return (), ()
    english = chain.from_iterable(parse(phrase, kind, 3.0, slots()) for phrase in said["en"])
    return tuple(english), tuple(chain.from_iterable(lines for language, lines in said.items() if language != "en"))


def _lines(by_language: dict[str, dict[str, list[str]]]) -> Iterator[tuple[str, str, float]]:
    """Give each phrase of another language as it is searched for; the last word of several may have any ending."""
    for language, weights in by_language.items():
        for weight, said in weights.items():
            for phrase in said:
                line = plain_line(phrase).rstrip()
                exact = line.isascii() and " " not in line.strip() and language != "tr"
                yield (line + " " if exact else line), phrase, float(weight)
