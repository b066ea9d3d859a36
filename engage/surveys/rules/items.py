"""What a survey is made of: age bands, sections, items and their options, all frozen."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from engage.surveys.rules.conditions import MISSING_CODES, Condition
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
    DROPDOWN = "dropdown"
    RANKING = "ranking"
    AMOUNT = "amount"
    SHORT = "short"
    YES_NO_NOT_SURE = "yes_no_not_sure"
    PICTURE = "picture"


NEVER_MISSING = frozenset({Kind.INFORMATION, Kind.CONSENT})  # these two do not offer "don't know" and "rather not say"
WRITTEN = frozenset({Kind.OPEN, Kind.SHORT})  # words of one's own: a person reads them, nobody counts them
ZERO_TO_TEN = frozenset(str(number) for number in range(11))  # what a card from 0 to 10 may be answered with
NO_TILES = frozenset({Kind.DROPDOWN, Kind.RANKING, Kind.AREA})  # lists: nothing can stand among their answers
OWN_CARDS = frozenset({"last", "support"})  # of the page itself, so that no question may be called so


@dataclass(frozen=True)
class Option:
    """One thing to tick. `face` is the drawn face, 5 the happiest and 1 the saddest; `alt` tells what `picture` is."""

    code: str
    words: Words
    face: int | None = None
    picture: str | None = None
    alt: Words | None = None


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
    easy: Words | None = None  # the heading in fewer and shorter words
    picture: str | None = None  # drawn above the heading, for those who do not read much
    low: Words | None = None  # what 0 means
    high: Words | None = None  # what 10 means
    least: int | None = None  # the smallest amount that may be typed
    most: int | None = None  # and the largest
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
    unsure: bool = False  # "don't know" stands among the answers as "Not sure", as large as they are
    other: str | None = None  # the option that opens a box: "Other, please say"
    long: bool = False
    grid: str | None = None
    module: str | None = None

    @cached_property
    def option_codes(self) -> tuple[str, ...]:
        return tuple(option.code for option in self.options)

    @cached_property
    def answer_codes(self) -> tuple[str, ...]:
        """What an answer may hold, as it is sent and stored: of a ranking each place with each option ("1.bus")."""
        if self.kind is not Kind.RANKING:
            return self.option_codes
        return tuple(f"{place}.{code}" for place in self.places for code in self.option_codes)

    @cached_property
    def one_of(self) -> frozenset[str]:
        """The codes of which one alone is a whole answer; none where what is sent has to be looked at more closely."""
        if self.kind is Kind.RANKING:
            return frozenset()
        return ZERO_TO_TEN if self.kind is Kind.NUMBER else frozenset(self.option_codes).difference(MISSING_CODES)

    @property
    def places(self) -> range:
        """The places of a ranking, the first one first."""
        return range(1, (self.pick or len(self.options)) + 1)

    @property
    def asks(self) -> bool:
        return self.kind is not Kind.INFORMATION

    @property
    def not_sure(self) -> bool:
        """Whether "Not sure" is a tile of its answers; of a list without tiles it stands below, as of the others."""
        return self.kind is Kind.YES_NO_NOT_SURE or (self.unsure and self.kind not in NO_TILES)

    @property
    def fields(self) -> tuple[str, ...]:
        """The names its boxes have on the page."""
        return (self.code, f"{self.code}:other") if self.other else (self.code,)


@dataclass(frozen=True)
class Section:
    """A group of cards under one short title; without script, one page."""

    code: str
    title: Words
    items: tuple[Item, ...]
    module: str | None = None
