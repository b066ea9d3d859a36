"""The columns of a file of answers, with a number and words for every answer of every version."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from engage.surveys.rules.conditions import MISSING_CODES
from engage.surveys.rules.definition import Definition, Item, Kind, NumberBand
from engage.surveys.rules.items import WRITTEN as WRITTEN_KINDS
from engage.surveys.rules.kinds import KINDS

MISSING = {"dont_know": -1, "rather_not_say": -2, "skipped": -3, "not_asked": -4}
HIDDEN = "hidden"  # stands for an answer that few gave, or that would say who somebody is
MISSING_WORDS = {
    "dont_know": "I don't know",
    "rather_not_say": "Rather not say",
    "skipped": "Skipped",
    "not_asked": "Not asked",
    HIDDEN: "Hidden: too few people",
}
NUMBERS = MISSING | {HIDDEN: -9}
ELSEWHERE = "typed_area"  # the first half of a postcode was typed: that, and never which
WRITTEN = "written"  # something was written: the words stand in the column beside it
TICKED, NOT_TICKED = "ticked", "not_ticked"
LONGEST_NAME = 60  # characters; SPSS takes 64 bytes
RESERVED = frozenset({"all", "and", "by", "eq", "ge", "gt", "le", "lt", "ne", "not", "or", "to", "with"})
ABOUT_ME = frozenset({"start", "about_me"})  # the sections whose questions say who somebody is
NO_COLUMN = (Kind.INFORMATION, Kind.CONSENT)
AS_THEY_ARE = (Kind.NUMBER, Kind.AMOUNT)
NOT_PLACED = "not_placed"
MOST_AMOUNTS = 120  # a longer span of amounts is told by its bands


@dataclass(frozen=True)
class Column:
    """One column: what it holds of which item, and for each code its number and its words.

    `option` is set where it says whether one of several answers was ticked, or which of `places` it was put in.
    `of_words` is True where it says of a written answer whether it was written, or why not.
    `bands` are what an amount is told by, where not by itself. `about` is True for what could say who
    somebody is, `area` for a place, `sensitive` for what needs a condition of its own. `labels` is empty for text.
    """

    name: str
    words: str
    item: str
    labels: Mapping[str, tuple[int, str]]
    option: str | None = None
    about: bool = False
    area: bool = False
    sensitive: bool = False
    ordered: bool = False
    follows: frozenset[str] = frozenset()  # the items that decide whether it was asked
    places: int = 0
    bands: tuple[NumberBand, ...] = ()
    of_words: bool = False

    @property
    def text(self) -> bool:
        """Whether it holds words that somebody wrote."""
        return not self.labels

    def code(self, given: Sequence[str]) -> str:
        """The one code that stands for what somebody answered; nothing given was not asked."""
        if not given:
            return "not_asked"
        if given[0] in MISSING_CODES:
            return given[0]
        return self.seen(given)

    def seen(self, given: Sequence[str]) -> str:
        """The one code of an answer; an answer that was asked for in another way counts as not asked."""
        if self.places:
            place = next((value.partition(".")[0] for value in given if value.partition(".")[2] == self.option), "")
            return place if place in self.labels else NOT_PLACED
        if self.option is not None:
            return TICKED if self.option in given else NOT_TICKED
        if self.bands and given[0].isdigit():
            return next((band.code for band in self.bands if band.lowest <= int(given[0]) <= band.highest), "not_asked")
        return next(code for code in (given[0], ELSEWHERE, "not_asked") if code in self.labels)


def columns_of(versions: Sequence[Definition]) -> list[Column]:
    """The columns of answers to these versions of one survey, the oldest version first.

    An answer that a later version offers no more keeps its number and its words; words come from the newest version.
    """
    merged: dict[str, list[tuple[Definition, Item]]] = {}
    for definition in versions:
        for item in definition.items:
            if item.kind not in NO_COLUMN:
                merged.setdefault(item.code, []).append((definition, item))
    return _named(column for found in merged.values() for column in _columns(found))


def _columns(found: Sequence[tuple[Definition, Item]]) -> Iterator[Column]:
    definition, item = found[-1]
    section = next(one.code for one in definition.sections if item in one.items)
    column = Column(
        name=item.code,
        words=item.words.in_("en"),
        item=item.code,
        labels=_numbered(found),
        about=item.kind in (Kind.AGE, Kind.AREA) or section in ABOUT_ME,
        area=item.kind is Kind.AREA,
        sensitive=any(one.sensitive or bool(one.special_category) for _, one in found),
        bands=() if item.kind is not Kind.AMOUNT or _amounts(item) else item.number_bands,
        ordered=item.kind in (Kind.SCALE, Kind.NUMBER, Kind.AMOUNT, Kind.AGE),
        follows=frozenset(code for _, one in found if one.show_if for code in one.show_if.items),
    )
    if item.kind is Kind.RANKING:
        yield from _each(column, _placed(len(item.places)), places=len(item.places))
    elif KINDS[item.kind].several:
        yield from _each(column, {TICKED: (1, "Chosen"), NOT_TICKED: (0, "Not chosen")})
    else:
        yield column
    if column.text:
        labels, words = {WRITTEN: (1, "Written"), **_missing()}, f"{column.words} — written, or why not"
        yield replace(column, name=f"{item.code}__why", words=words, labels=labels, of_words=True)
        yield from _before(item.code, [one for one in found if one[1].kind not in WRITTEN_KINDS])
    if item.other:
        yield replace(column, name=f"{item.code}__words", words=f"{column.words} — in their own words", labels={})


def _before(code: str, chosen: Sequence[tuple[Definition, Item]]) -> Iterator[Column]:
    """What was chosen while the question had answers to choose from, in columns of another name."""
    for column in _columns(chosen) if chosen else ():
        if not column.text:
            name, words = f"{code}__before{column.name.removeprefix(code)}", f"{column.words} — as it was asked before"
            yield replace(column, name=name, words=words)


def _each(column: Column, labels: Mapping[str, tuple[int, str]], *, places: int = 0) -> Iterator[Column]:
    """A column for each answer, where a person may give several."""
    for code, (_, words) in column.labels.items():
        if code not in NUMBERS:
            name, said = f"{column.item}__{code}", f"{column.words} — {words}"
            yield replace(column, name=name, words=said, option=code, labels={**labels, **_missing()}, places=places)


def _placed(places: int) -> dict[str, tuple[int, str]]:
    return {str(place): (place, f"Place {place}") for place in range(1, places + 1)} | {NOT_PLACED: (0, "Not placed")}


def _numbered(found: Sequence[tuple[Definition, Item]]) -> dict[str, tuple[int, str]]:
    """Number each answer by where it was first met, so that a later version moves no number; none of words."""
    kind = found[-1][1].kind
    if kind in WRITTEN_KINDS:
        return {}
    numbers: dict[str, int] = {}
    words: dict[str, str] = {}
    for definition, item in found:
        for code, said in _answers(definition, item):
            numbers.setdefault(code, int(code) if code.isdigit() and kind in AS_THEY_ARE else len(numbers) + 1)
            words[code] = said
    if not numbers:
        return {}
    return {code: (number, words[code]) for code, number in numbers.items()} | _missing()


def _missing() -> dict[str, tuple[int, str]]:
    return {code: (number, MISSING_WORDS[code]) for code, number in NUMBERS.items()}


def _answers(definition: Definition, item: Item) -> Iterator[tuple[str, str]]:
    if item.kind is Kind.NUMBER:
        ends = {0: item.low, 10: item.high}
        for number in range(11):
            end = ends.get(number)
            yield str(number), f"{number}: {end.in_('en')}" if end else str(number)
    elif item.kind is Kind.AMOUNT:
        yield from ((code, code) for code in (_amounts(item) or [band.code for band in item.number_bands]))
    elif item.kind is Kind.AGE:
        yield from ((band.code, band.words.in_("en")) for band in definition.bands)
    else:
        yield from ((option.code, option.words.in_("en")) for option in item.options)
    if item.kind is Kind.AREA:
        yield ELSEWHERE, "Typed: the first half of a postcode"


def _amounts(item: Item) -> list[str]:
    """Every amount that may be typed, where they are not too many to be told one by one."""
    least, most = item.least or 0, item.most or 0
    return [str(number) for number in range(least, most + 1)] if most - least <= MOST_AMOUNTS else []


def _named(columns: Iterable[Column]) -> list[Column]:
    """Give each column a name of its own that SPSS takes too."""
    found: dict[str, Column] = {}
    for column in columns:
        plain = re.sub(r"[^a-z0-9_]", "_", column.name.lower())[:LONGEST_NAME].rstrip("_") or "question"
        name = f"{plain}_" if plain in RESERVED else plain
        tries = (name if number == 1 else f"{name[: LONGEST_NAME - 4]}_{number}" for number in range(1, 1000))
        name = next(one for one in tries if one not in found)
        found[name] = replace(column, name=name)
    return list(found.values())
