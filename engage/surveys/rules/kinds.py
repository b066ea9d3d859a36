"""What each kind of question needs: one table, read when a survey is parsed and by those who build one."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from engage.shared.words import N_
from engage.surveys.rules.conditions import LONGEST_NUMBER
from engage.surveys.rules.items import NEVER_MISSING, Item, Kind
from engage.surveys.rules.pictures import PICTURES

MOST_PLACES = 9  # more than that nobody can put in order on a phone


@dataclass(frozen=True)
class Needs:
    """What a kind needs and what it may have; `words` is what it is called."""

    words: str
    options: bool = False  # needs options
    several: bool = False  # more than one may be chosen: `pick`, `exclusive`
    faces: bool = False  # each option may have a drawn face
    pictures: bool = False  # each option needs `picture` and `alt`
    written: bool = False  # words of one's own
    ends: bool = False  # needs `low` and `high`
    limits: bool = False  # needs `least`, `most` and `number_bands` for all between them
    other: bool = False  # may have an option that opens a box
    order: bool = False  # may be shuffled
    missing: bool = True  # offers "don't know" and "rather not say"


KINDS: Mapping[Kind, Needs] = {
    Kind.SINGLE: Needs(N_("One answer"), options=True, faces=True, other=True, order=True),
    Kind.MULTIPLE: Needs(N_("Several answers"), options=True, several=True, other=True, order=True),
    Kind.SCALE: Needs(N_("A scale"), options=True, faces=True),
    Kind.YES_NO: Needs(N_("Yes or no"), options=True, faces=True),
    Kind.YES_NO_NOT_SURE: Needs(N_("Yes, no or not sure"), options=True, faces=True),
    Kind.PICTURE: Needs(N_("One picture"), options=True, pictures=True, order=True),
    Kind.DROPDOWN: Needs(N_("One answer from a long list"), options=True, other=True),
    Kind.RANKING: Needs(N_("Put in order"), options=True, order=True),
    Kind.NUMBER: Needs(N_("0 to 10"), ends=True),
    Kind.AMOUNT: Needs(N_("A number"), limits=True),
    Kind.SHORT: Needs(N_("A few words"), written=True),
    Kind.OPEN: Needs(N_("Words of one's own"), written=True),
    Kind.AREA: Needs(N_("An area"), options=True),
    Kind.AGE: Needs(N_("Age, kept as a band")),
    Kind.INFORMATION: Needs(N_("Only to read"), missing=False),
    Kind.CONSENT: Needs(N_("Consent"), options=True, missing=False),
}


def misfits(item: Item) -> Iterator[str]:
    """Say, in sentences, what of an item does not fit its kind."""
    needs = KINDS[item.kind]
    yield from _of_options(item, needs)
    yield from _of_pictures(item, needs)
    if needs.ends and not (item.low and item.high):
        yield "say what 0 and 10 mean in low and high"
    if needs.limits:
        yield from _of_limits(item)
    if item.kind is Kind.RANKING:
        yield from _of_ranking(item)


def _of_options(item: Item, needs: Needs) -> Iterator[str]:
    codes = item.option_codes
    if needs.options != bool(codes):
        yield f"{item.kind} {'needs options' if needs.options else 'has no options'}"
    if len(set(codes)) != len(codes):
        yield "two options have the same code"
    if item.other is not None and not (needs.other and item.other in codes):
        yield f"other names {item.other}, which is no option that can open a box"
    if (item.shuffle and not needs.order) or (item.unsure and not (needs.options and needs.missing)):
        yield f"{item.kind} can't have shuffle or unsure"
    if item.kind in NEVER_MISSING and item.missing:
        yield f"{item.kind} offers no “don't know”"


def _of_pictures(item: Item, needs: Needs) -> Iterator[str]:
    drawn = [option.picture for option in item.options]
    if needs.pictures and not all(option.picture and option.alt for option in item.options):
        yield "each option needs a picture, and in alt what the picture shows"
    if unknown := sorted({name for name in (*drawn, item.picture) if name and name not in PICTURES}):
        yield f"there is no picture {', '.join(unknown)}"


def _of_limits(item: Item) -> Iterator[str]:
    if item.least is None or item.most is None or not 0 <= item.least < item.most:
        yield "say the smallest and the largest number in least and most"
        return
    if len(str(item.most)) > LONGEST_NUMBER:
        yield "numbers go up to 9999"
    inside = [number for band in item.number_bands for number in range(band.lowest, band.highest + 1)]
    if inside != list(range(item.least, item.most + 1)):
        yield f"number_bands must hold each number from {item.least} to {item.most} once, in order"


def _of_ranking(item: Item) -> Iterator[str]:
    if len(item.options) > MOST_PLACES:
        yield f"an order has at most {MOST_PLACES} options"
    if item.headline:
        yield "an order has no headline: its results say what came first"
