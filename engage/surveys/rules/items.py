"""What a survey is made of: age bands, sections, items and their options, all frozen."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from engage.surveys.rules.conditions import Condition
from engage.surveys.rules.words import Words


class Kind(StrEnum):
    """What a card asks for."""

    SINGLE = "single"
    MULTIPLE = "multiple"
    SCALE = "scale"
    NUMBER = "number"
    OPEN = "open"
    YES_NO = "yes_no"
    AREA = "area"
    AGE = "age"
    INFORMATION = "information"
    CONSENT = "consent"


NEVER_MISSING = frozenset({Kind.INFORMATION, Kind.CONSENT})  # these two do not offer "don't know" and "rather not say"


@dataclass(frozen=True)
class Option:
    """One thing to tick. `face` is the drawn face, 5 the happiest and 1 the saddest."""

    code: str
    words: Words
    face: int | None = None


@dataclass(frozen=True)
class Band:
    """An age band, both ends included; of an age only the band is kept."""

    code: str
    from_age: int
    to_age: int
    words: Words


@dataclass(frozen=True)
class NumberBand:
    """A band for reports of a 0-10 answer, such as low 0-4, both ends included."""

    code: str
    lowest: int
    highest: int


@dataclass(frozen=True)
class Rotation:
    """Rows of which each person sees `show`, chosen by the sitting's seed."""

    code: str
    show: int
    rows: tuple[str, ...]


@dataclass(frozen=True)
class Item:
    """One question, on one card, with a code that never changes its meaning."""

    code: str
    kind: Kind
    words: Words
    purpose: str  # what the answer is used for, for the register of processing; `why` says it to young people
    owner: str
    text: Words | None = None  # more to read under the heading; a new line is a new paragraph
    why: Words | None = None
    options: tuple[Option, ...] = ()
    headline: tuple[str, ...] = ()  # options that the headline share counts
    low: Words | None = None  # what 0 means
    high: Words | None = None  # what 10 means
    number_bands: tuple[NumberBand, ...] = ()
    show_if: Condition | None = None
    support_when: Condition | None = None  # then the page offers support and the contact box
    series: str | None = None
    standard: bool = False  # the words are a public standard's, kept as they are
    sensitive: bool = False
    special_category: str | None = None
    pick: int | None = None
    exclusive: tuple[str, ...] = ()
    shuffle: bool = False
    keep_last: tuple[str, ...] = ()
    missing: bool = True  # "don't know" and "rather not say" are offered
    long: bool = False
    grid: str | None = None
    module: str | None = None

    @cached_property
    def option_codes(self) -> tuple[str, ...]:
        return tuple(option.code for option in self.options)

    @property
    def asks(self) -> bool:
        return self.kind is not Kind.INFORMATION


@dataclass(frozen=True)
class Section:
    """A group of cards under one short title; without script, one page."""

    code: str
    title: Words
    items: tuple[Item, ...]
    module: str | None = None
