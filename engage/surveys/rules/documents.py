"""Read and write the parts of a survey's document; whatever is wrong is told with its place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, TypeVar

from engage.surveys.rules.conditions import Condition, condition, condition_document
from engage.surveys.rules.items import NEVER_MISSING, Item, Kind, NumberBand, Option, Rotation, Section
from engage.surveys.rules.kinds import misfits
from engage.surveys.rules.words import BrokenDefinition, Words, words

T = TypeVar("T")
FLAGS = ("standard", "sensitive", "shuffle", "long", "unsure")
CODES = ("headline", "exclusive", "keep_last")
WORDS = ("text", "why", "easy", "low", "high")
NUMBERS = ("least", "most")
TEXTS = ("series", "special_category", "grid", "picture", "other")  # each of them may be left out


class Place:
    """One mapping of the document and where it is; each key is taken once, and none may be left over."""

    def __init__(self, document: object, name: str) -> None:
        if not isinstance(document, Mapping):
            raise BrokenDefinition(f"{name}: a mapping is wanted here, not {document!r}")
        self.name = name
        self.left = dict(document)

    def take(self, key: str, kind: type[T], default: T | None = None) -> T:
        value = self.left.pop(key, default)
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise BrokenDefinition(f"{self.name}: {key} must be {kind.__name__}, not {value!r}")
        return value

    def text(self, key: str, default: str | None = None) -> str:
        return self.take(key, str, default)

    def number(self, key: str, default: int | None = None) -> int:
        return self.take(key, int, default)

    def mapping(self, key: str) -> dict[str, Any]:
        return self.take(key, dict, {})

    def pair(self, key: str) -> tuple[int, int]:
        match self.take(key, list):
            case [int(lowest), int(highest)] if lowest <= highest:
                return lowest, highest
        raise BrokenDefinition(f"{self.name}: {key} must be [lowest, highest]")

    def texts(self, key: str) -> list[str]:
        values = self.take(key, list, [])
        if not all(isinstance(value, str) for value in values):
            raise BrokenDefinition(f"{self.name}: {key} must be texts (write 'yes' and 'no' in quotes), not {values!r}")
        return values

    def places(self, key: str) -> list["Place"]:
        found = []
        for at, document in enumerate(self.take(key, list, [])):
            code = document.get("code", at) if isinstance(document, Mapping) else at
            found.append(Place(document, f"{self.name}.{code}"))
        return found

    def words(self, key: str, languages: Sequence[str]) -> Words:
        """The text under `key`; a plain string (a name of a place) is the same in every language."""
        value = self.left.pop(key, None)
        if isinstance(value, str):
            value = dict.fromkeys(languages, value)
        if not isinstance(value, Mapping) or not all(isinstance(text, str) for text in value.values()):
            raise BrokenDefinition(f"{self.name}: {key} must be a text for each language, not {value!r}")
        try:
            return words(value)
        except BrokenDefinition as problem:
            raise BrokenDefinition(f"{self.name}.{key}: {problem}") from None

    def condition(self, key: str) -> Condition | None:
        document = self.left.pop(key, None)
        try:
            return None if document is None else condition(document)
        except BrokenDefinition as problem:
            raise BrokenDefinition(f"{self.name}.{key}: {problem}") from None

    def done(self) -> None:
        if self.left:
            raise BrokenDefinition(f"{self.name}: nobody reads {', '.join(map(str, self.left))}")


@dataclass(frozen=True)
class Context:
    """What the items of a survey share; a section passes its own owner, module and condition on."""

    languages: tuple[str, ...]
    scales: Mapping[str, Mapping[str, Any]]
    owner: str
    module: str | None = None
    show_if: Condition | None = None


def read_section(place: Place, context: Context) -> tuple[Section, list[Rotation]]:
    """Read one section with its grids opened into rows, and the rotations found on the way."""
    module = place.text("module", "") or None
    inner = Context(
        context.languages, context.scales, place.text("owner", context.owner), module, place.condition("show_if")
    )
    code, title, rotate = place.text("code"), place.words("title", context.languages), place.number("rotate", 0)
    items: list[Item] = []
    rotations: list[Rotation] = []
    for part in place.places("items"):
        if part.left.get("kind") == "grid":
            rows, rotation = _read_grid(part, inner)
            items += rows
            rotations += rotation
        else:
            items.append(_read_item(part, inner))
    if rotate:
        rotations.append(Rotation(code, rotate, tuple(item.code for item in items)))
    place.done()
    return Section(code, title, tuple(items), module), rotations


def _read_grid(grid: Place, context: Context) -> tuple[list[Item], list[Rotation]]:
    code, show = grid.text("code"), grid.number("rotate", 0)
    rows = grid.places("rows")
    shared = {key: value for key, value in grid.left.items() if key != "kind"}
    opened = [Place({"kind": "scale", **shared, **row.left, "grid": code}, row.name) for row in rows]
    items = [_read_item(row, context) for row in opened]
    return items, [Rotation(code, show, tuple(item.code for item in items))] if show else []


def _read_item(place: Place, context: Context) -> Item:
    kind = _kind(place)
    scale = Place(context.scales.get(place.text("scale", kind.value), {}), f"{place.name}.scale")
    place.left = {**scale.left, **place.left}
    more: dict[str, Any] = {key: tuple(place.texts(key)) for key in CODES}
    more |= {key: place.take(key, bool, default=False) for key in FLAGS}
    more |= {key: place.words(key, context.languages) for key in WORDS if key in place.left}
    more |= {key: place.number(key) for key in NUMBERS if key in place.left}
    more |= {key: place.text(key, "") or None for key in TEXTS}
    item = Item(
        code=place.text("code"),
        kind=kind,
        words=place.words("words", context.languages),
        purpose=place.text("purpose"),
        owner=place.text("owner", context.owner),
        options=tuple(_read_option(option, context.languages) for option in place.places("options")),
        number_bands=_read_number_bands(place),
        show_if=_both(context.show_if, place.condition("show_if")),
        support_when=place.condition("support_when"),
        pick=place.number("pick", 0) or None,
        missing=place.take("missing", bool, kind not in NEVER_MISSING),
        module=place.text("module", context.module or "") or None,
        **more,
    )
    place.done()
    _check_item(place, item)
    return item


def _kind(place: Place) -> Kind:
    name = place.text("kind")
    if name not in {kind.value for kind in Kind}:
        raise BrokenDefinition(f"{place.name}: there is no kind {name!r}")
    return Kind(name)


def _read_option(place: Place, languages: Sequence[str]) -> Option:
    option = Option(
        place.text("code"),
        place.words("words", languages),
        place.number("face", 0) or None,
        place.text("picture", "") or None,
        place.words("alt", languages) if "alt" in place.left else None,
    )
    place.done()
    return option


def _read_number_bands(place: Place) -> tuple[NumberBand, ...]:
    """The bands from the lowest up: a document that was stored has its keys in another order."""
    ends = place.mapping("number_bands")
    pairs = Place(ends, f"{place.name}.number_bands")
    return tuple(sorted((NumberBand(code, *pairs.pair(code)) for code in ends), key=lambda band: band.lowest))


def _both(outer: Condition | None, own: Condition | None) -> Condition | None:
    return Condition("all", parts=(outer, own)) if outer and own else outer or own


def _check_item(place: Place, item: Item) -> None:
    for misfit in misfits(item):
        raise BrokenDefinition(f"{place.name}: {misfit}")
    for key in CODES:
        if unknown := set(getattr(item, key)) - set(item.option_codes):
            raise BrokenDefinition(f"{place.name}: {key} names {', '.join(sorted(unknown))}, which is no option")


def words_document(words: Words) -> dict[str, str]:
    """Write words as a mapping from language to text."""
    return dict(words.texts)


def item_document(item: Item) -> dict[str, Any]:
    """Write an item as plain data, leaving out what has its usual value."""
    usual = {each.name: each.default for each in fields(Item)} | {"missing": item.kind not in NEVER_MISSING}
    plain = {key: _plain(value) for key in usual if (value := getattr(item, key)) != usual[key]}
    plain["kind"] = item.kind.value
    if item.options:
        plain["options"] = [_option_document(option) for option in item.options]
    if item.number_bands:
        plain["number_bands"] = {band.code: [band.lowest, band.highest] for band in item.number_bands}
    return plain


def _option_document(option: Option) -> dict[str, Any]:
    more = {"face": option.face, "picture": option.picture, "alt": option.alt}
    document: dict[str, Any] = {"code": option.code, "words": words_document(option.words)}
    return document | {key: _plain(value) for key, value in more.items() if value}


def _plain(value: object) -> object:
    if isinstance(value, Words):
        return words_document(value)
    if isinstance(value, Condition):
        return condition_document(value)
    return list(value) if isinstance(value, tuple) else value
