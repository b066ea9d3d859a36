"""How the bands of one family of surveys are counted together: option by option, as data in each survey's document."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from engage.surveys.rules.documents import Place, words_document
from engage.surveys.rules.items import Item, Kind
from engage.surveys.rules.words import BrokenDefinition, Words

# One choice from a list. A 0-10 is never among them: eleven numbers are not three faces.
MERGEABLE = frozenset({Kind.SINGLE, Kind.SCALE, Kind.YES_NO, Kind.YES_NO_NOT_SURE, Kind.PICTURE, Kind.DROPDOWN})
Lines = tuple[tuple[str, str | None], ...]


@dataclass(frozen=True)
class Merging:
    """For each item that is merged, what each of its options becomes; None leaves an option out of the merge."""

    family: str
    words: tuple[tuple[str, Words], ...]  # the merged options, in order
    items: tuple[tuple[str, Lines], ...]

    @cached_property
    def names(self) -> dict[str, Words]:
        """The words of each merged option."""
        return dict(self.words)

    @cached_property
    def _by_item(self) -> dict[str, dict[str, str | None]]:
        return {item: dict(lines) for item, lines in self.items}

    def of(self, item: str) -> dict[str, str | None]:
        """What each option of `item` becomes; empty where this item is not merged."""
        return self._by_item.get(item, {})


def merged_counts(merging: Merging | None, item: str, counts: Mapping[str, int]) -> dict[str, int] | None:
    """Count an item of one band in merged options, in their order; None where it is not merged.

    Codes that are no option of the band (the missing codes) are left alone.
    """
    lines = merging.of(item) if merging else {}
    if merging is None or not lines:
        return None
    wanted = [code for code, _ in merging.words if code in lines.values()]
    return {code: sum(counts.get(option, 0) for option, to in lines.items() if to == code) for code in wanted}


def read_merging(place: Place, languages: tuple[str, ...], items: Mapping[str, Item]) -> Merging:
    """Read the part `merged` of a survey's document. Raises `BrokenDefinition` naming what does not fit."""
    family, lines = place.text("family"), place.mapping("items")
    merging = Merging(
        family,
        tuple((option.text("code"), option.words("words", languages)) for option in place.places("options")),
        tuple((code, tuple(Place(lines, place.name).mapping(code).items())) for code in lines),
    )
    place.done()
    for code, found in merging.items:
        _check(f"{place.name}.{code}", items.get(code), dict(found), merging.names)
    return merging


def _check(name: str, item: Item | None, lines: Mapping[str, str | None], names: Mapping[str, Words]) -> None:
    if item is None or item.kind not in MERGEABLE:
        raise BrokenDefinition(f"{name}: only a question with one choice from a list can be merged")
    if set(lines) != set(item.option_codes):
        raise BrokenDefinition(f"{name}: it needs one line for each of {', '.join(item.option_codes)}")
    if unknown := sorted({str(to) for to in lines.values() if to is not None and to not in names}):
        raise BrokenDefinition(f"{name}: {', '.join(unknown)} has no words")


def merging_document(merging: Merging) -> dict[str, Any]:
    """Write it as the plain data it was read from."""
    return {
        "family": merging.family,
        "options": [{"code": code, "words": words_document(words)} for code, words in merging.words],
        "items": {item: dict(lines) for item, lines in merging.items},
    }
