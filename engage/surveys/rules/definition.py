"""A whole survey as one frozen record, and the document (YAML when written, JSON when stored) it is read from."""

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from engage.surveys.rules.conditions import MISSING_CODES, NUMBERS, Condition
from engage.surveys.rules.documents import Context, Place, item_document, read_section, words_document
from engage.surveys.rules.items import NEVER_MISSING, Band, Item, Kind, NumberBand, Option, Rotation, Section
from engage.surveys.rules.merging import Merging, merging_document, read_merging
from engage.surveys.rules.piping import check_pipes
from engage.surveys.rules.words import BrokenDefinition, Words

__all__ = [
    "NEVER_MISSING", "Band", "BrokenDefinition", "Condition", "Definition", "Item", "Kind", "NumberBand", "Option",
    "Rotation", "Section", "Words", "check_conditions", "parse", "to_document",
]  # fmt: skip


@dataclass(frozen=True)
class Definition:
    """A whole survey; `minimum` is the smallest group whose numbers are shown, `minutes` how long it takes.

    `by_card` is True where each may answer once only, so that its waves let in nobody without a card.
    """

    code: str
    title: Words
    ages: tuple[int, int]
    minutes: int
    minimum: int
    languages: tuple[str, ...]
    bands: tuple[Band, ...]
    sections: tuple[Section, ...]
    rotations: tuple[Rotation, ...] = ()
    unchecked: tuple[str, ...] = ()  # languages that no speaker has checked yet; staff are told
    merged: Merging | None = None  # how its answers are counted together with those of its family
    by_card: bool = False
    by_code: dict[str, Item] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_code", {item.code: item for item in self.items})

    @property
    def items(self) -> Iterator[Item]:
        """Each item in the order it is asked."""
        return iter(self._in_order)

    @cached_property
    def _in_order(self) -> tuple[Item, ...]:
        return tuple(item for section in self.sections for item in section.items)

    @cached_property
    def fields(self) -> tuple[str, ...]:
        """The name of each box on the page."""
        return tuple(name for item in self.items for name in item.fields)

    @cached_property
    def asking(self) -> tuple[Item, ...]:
        """The items that ask for something, in order."""
        return tuple(item for item in self.items if item.asks)

    @cached_property
    def ages_asked(self) -> frozenset[str]:
        """The items that ask for an age."""
        return frozenset(item.code for item in self.items if item.kind is Kind.AGE)

    @cached_property
    def typed_numbers(self) -> frozenset[str]:
        """The items answered by typing a number."""
        return frozenset(item.code for item in self.items if item.kind is Kind.AMOUNT)

    @property
    def modules(self) -> tuple[str, ...]:
        """The modules a wave may switch on, in order."""
        return tuple(dict.fromkeys(item.module for item in self.items if item.module))

    def item(self, code: str) -> Item:
        """Give the item called `code`; raises KeyError where there is none."""
        return self.by_code[code]

    def with_modules(self, on: Set[str]) -> "Definition":
        """Give the definition a wave fields: the core and the modules in `on`; raises `BrokenDefinition` for others."""
        if unknown := sorted(on - set(self.modules)):
            raise BrokenDefinition(f"There is no module {', '.join(unknown)} in {self.code}")
        sections = tuple(
            replace(section, items=kept)
            for section in self.sections
            if (kept := tuple(item for item in section.items if item.module is None or item.module in on))
        )
        codes = {item.code for section in sections for item in section.items}
        rotations = tuple(
            replace(rotation, show=min(rotation.show, len(rows)), rows=rows)
            for rotation in self.rotations
            if (rows := tuple(row for row in rotation.rows if row in codes))
        )
        fielded = replace(self, sections=sections, rotations=rotations)
        check_conditions(fielded)
        return fielded

    def band_of(self, age: int) -> Band | None:
        """The band that holds `age`, if any does."""
        return next((band for band in self.bands if band.from_age <= age <= band.to_age), None)


def check_conditions(definition: Definition) -> None:
    """Raise `BrokenDefinition` where a condition looks at an item not asked before or an option it has not.

    So it does where words say an earlier choice that is none.
    """
    asked: dict[str, Item] = {}
    for item in definition.items:
        check_pipes(item, asked)
        if item.show_if:
            _check_condition(item, item.show_if, asked)
        asked[item.code] = item
        if item.support_when:
            _check_condition(item, item.support_when, asked)


def _check_condition(item: Item, condition: Condition, asked: dict[str, Item]) -> None:
    for test in condition.tests():
        if test.item not in asked:
            raise BrokenDefinition(f"{item.code}: its condition looks at {test.item}, which is not asked before it")
        codes = asked[test.item].answer_codes
        unknown = [value for value in test.values if value not in codes + MISSING_CODES]
        if codes and unknown and test.operator not in NUMBERS:
            raise BrokenDefinition(f"{item.code}: its condition wants {unknown[0]}, no option of {test.item}")


def parse(document: Mapping[str, Any]) -> Definition:
    """Read a whole survey; raises `BrokenDefinition` naming the place that does not hold together."""
    definition = parse_draft(document)
    check_conditions(definition)
    return definition


def parse_draft(document: Mapping[str, Any]) -> Definition:
    """Read a survey as `parse` does, but for its routing: while it is written that may be wrong, and is named."""
    top = Place(document, str(document.get("code", "survey")) if isinstance(document, Mapping) else "survey")
    languages = tuple(top.texts("languages"))
    context = Context(languages, top.mapping("scales"), top.text("owner", ""))
    readings = [read_section(place, context) for place in top.places("sections")]
    rotations = [_rotation(place) for place in top.places("rotations")]
    sections = tuple(section for section, _ in readings)
    definition = Definition(
        code=top.text("code"),
        title=top.words("title", languages),
        ages=top.pair("ages"),
        minutes=top.number("minutes"),
        minimum=top.number("minimum"),
        languages=languages,
        bands=tuple(_band(place, languages) for place in top.places("bands")),
        sections=sections,
        unchecked=tuple(top.texts("unchecked")),
        merged=_merging(top, languages, sections),
        by_card=top.take("by_card", bool, default=False),
        rotations=(*rotations, *(rotation for _, found in readings for rotation in found)),
    )
    top.done()
    _check_codes(definition)
    return definition


def _band(place: Place, languages: tuple[str, ...]) -> Band:
    band = Band(place.text("code"), place.number("from"), place.number("to"), place.words("words", languages))
    place.done()
    return band


def _merging(top: Place, languages: tuple[str, ...], sections: Iterable[Section]) -> Merging | None:
    document = top.mapping("merged")
    items = {item.code: item for section in sections for item in section.items}
    return read_merging(Place(document, f"{top.name}.merged"), languages, items) if document else None


def _rotation(place: Place) -> Rotation:
    rotation = Rotation(place.text("code"), place.number("show"), tuple(place.texts("rows")))
    place.done()
    return rotation


def _check_codes(definition: Definition) -> None:
    codes = [item.code for item in definition.items]
    repeated = {code for code in codes if codes.count(code) > 1}
    if repeated:
        raise BrokenDefinition(f"{definition.code}: two items are called {', '.join(sorted(repeated))}")
    for rotation in definition.rotations:
        if unknown := set(rotation.rows) - set(codes):
            raise BrokenDefinition(f"{rotation.code}: there is no row {', '.join(sorted(unknown))}")


def to_document(definition: Definition) -> dict[str, Any]:
    """Write a survey as the plain data that `parse` reads back to the same definition."""
    merged = {"merged": merging_document(definition.merged)} if definition.merged else {}
    by_card = {"by_card": True} if definition.by_card else {}
    return (
        merged
        | by_card
        | {
            "code": definition.code,
            "title": words_document(definition.title),
            "ages": list(definition.ages),
            "minutes": definition.minutes,
            "minimum": definition.minimum,
            "languages": list(definition.languages),
            "unchecked": list(definition.unchecked),
            "bands": [
                {"code": band.code, "from": band.from_age, "to": band.to_age, "words": words_document(band.words)}
                for band in definition.bands
            ],
            "sections": [_section_document(section) for section in definition.sections],
            "rotations": [
                {"code": rotation.code, "show": rotation.show, "rows": list(rotation.rows)}
                for rotation in definition.rotations
            ],
        }
    )


def _section_document(section: Section) -> dict[str, Any]:
    document: dict[str, Any] = {"code": section.code, "title": words_document(section.title)}
    if section.module:
        document["module"] = section.module
    return document | {"items": [item_document(item) for item in section.items]}
