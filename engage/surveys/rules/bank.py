"""The item bank: every item of the templates and of published surveys, found by its words."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from engage.surveys.rules.definition import Definition, Item
from engage.surveys.rules.documents import item_document
from engage.surveys.rules.drafting import Document

LEFT_BEHIND = ("show_if", "support_when", "grid", "module")  # what only makes sense where it stood


@dataclass(frozen=True)
class Banked:
    """An item of the bank: `source` is where it stands, `survey` the title of that."""

    source: str
    survey: str
    item: Item


def found(sources: Iterable[tuple[str, Definition]], words: str) -> Iterator[Banked]:
    """The items that hold each of these words, in their text, their options or their code; the same item only once."""
    wanted = words.casefold().split()
    met: set[tuple[str, str]] = set()
    for source, definition in sources:
        for item in definition.items:
            key = (item.code, item.words.in_("en"))
            if item.asks and key not in met and _holds(item, wanted):
                met.add(key)
                yield Banked(source, definition.title.in_("en"), item)


def _holds(item: Item, wanted: list[str]) -> bool:
    options = (option.words.in_("en") for option in item.options)
    said = " ".join((item.code, item.words.in_("en"), item.purpose, *options)).casefold()
    return all(word in said for word in wanted)


def taken_out(item: Item) -> Document:
    """An item as it goes into another survey: under the same code, without what only made sense where it stood."""
    return {key: value for key, value in item_document(item).items() if key not in LEFT_BEHIND}
