"""Places: what one party takes, what a forum has left, and every limit that must hold at every moment."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from math import ceil

from engage.shared.errors import NotValid
from engage.shared.words import N_

ONE_ADULT = 840  # what one adult may look after, in parts that every usual ratio divides: 840 / 8, 840 / 10
ADULTS_AT_LEAST = 2
GROWN_UP = 18  # from this age nobody needs looking after
OLDER = 13  # the ratio of the older ones holds from this age
GROUP_AT_MOST = 12


class Place(StrEnum):
    """The type of a place."""

    YOUNG = "young"
    AMBASSADOR = "ambassador"
    PROFESSIONAL = "professional"
    FACILITATOR = "facilitator"


PLACE_NAMES = {
    Place.YOUNG: N_("Young person"),
    Place.AMBASSADOR: N_("Youth ambassador"),
    Place.PROFESSIONAL: N_("Professional"),
    Place.FACILITATOR: N_("Facilitator"),
}
YOUNG_PLACES = (Place.YOUNG, Place.AMBASSADOR)
ADULT_PLACES = (Place.PROFESSIONAL, Place.FACILITATOR)


@dataclass(frozen=True)
class Limits:
    """What the organiser set. `floor` places are for young people only; 0 for `agency_cap` means no cap.

    `adults` are the adults named in the ratio plan, who are there all the time; `younger_per_adult` holds up to
    12 years, `older_per_adult` from 13 to 17.
    """

    capacity: int
    young: int
    ambassador: int
    professional: int
    facilitator: int
    floor: int
    agency_cap: int
    adults: int
    younger_per_adult: int = 8
    older_per_adult: int = 10

    def of(self, place: Place) -> int:
        """The quota of one type."""
        return int(getattr(self, place.value))


@dataclass(frozen=True)
class Party:
    """What one sign-up, or a group kept together, takes at once; `load` is what its children ask of the adults."""

    young: int = 0
    ambassador: int = 0
    professional: int = 0
    facilitator: int = 0
    load: int = 0
    agencies: tuple[tuple[str, int], ...] = ()

    @property
    def size(self) -> int:
        """How many people."""
        return self.young + self.ambassador + self.adults

    @property
    def adults(self) -> int:
        """How many of them take a place that is not for young people."""
        return self.professional + self.facilitator

    def of(self, place: Place) -> int:
        """How many of one type."""
        return int(getattr(self, place.value))


@dataclass(frozen=True)
class Taken:
    """What is taken at this moment."""

    young: int = 0
    ambassador: int = 0
    professional: int = 0
    facilitator: int = 0
    load: int = 0

    @property
    def adults(self) -> int:
        """Places taken by adults."""
        return self.professional + self.facilitator

    @property
    def all(self) -> int:
        """Every place taken."""
        return self.young + self.ambassador + self.adults

    def of(self, place: Place) -> int:
        """How many of one type."""
        return int(getattr(self, place.value))

    def plus(self, party: Party) -> "Taken":
        """What is taken once `party` has its places."""
        more = {place.value: self.of(place) + party.of(place) for place in Place}
        return replace(self, load=self.load + party.load, **more)


@dataclass(frozen=True)
class Member:
    """One person as the ledger sees them: type, age on the day where they are young, the agency they count for."""

    place: Place
    age: int | None = None
    agency: str = ""


def weight(age: int | None, limits: Limits) -> int:
    """What somebody of this age asks of the adults: 0 for a grown-up, else a part of `ONE_ADULT`."""
    if age is None or age >= GROWN_UP:
        return 0
    return ceil(ONE_ADULT / (limits.older_per_adult if age >= OLDER else limits.younger_per_adult))


def party_of(members: Iterable[Member], limits: Limits) -> Party:
    """Add up what these people take together."""
    people = list(members)
    counts = {place.value: sum(one.place is place for one in people) for place in Place}
    keys = [agency_key(one.agency) for one in people if one.place in ADULT_PLACES and one.agency]
    agencies = tuple((key, keys.count(key)) for key in sorted(set(keys)))
    return Party(load=sum(weight(one.age, limits) for one in people), agencies=agencies, **counts)


def agency_key(name: str) -> str:
    """One agency, however it was typed."""
    return " ".join(name.casefold().split())[:160]


def fits(party: Party, taken: Taken, limits: Limits) -> bool:
    """Answer whether `party` may have its places now (the cap of an agency apart, which has a count of its own)."""
    then = taken.plus(party)
    return not broken(then, limits, only=party)


def fit_one_by_one(
    members: Iterable[Member], taken: Taken, limits: Limits, of_agencies: Mapping[str, int] | None = None
) -> int:
    """How many of these people would have a place now if each came by themselves, the first ones first.

    With `of_agencies`, the places that count for each agency now, its cap holds as well.
    """
    then, held = taken, Counter(of_agencies or {})
    for one in members:
        party = party_of([one], limits)
        capped = limits.agency_cap if of_agencies is not None else 0
        within = not capped or all(held[key] + count <= capped for key, count in party.agencies)
        if within and fits(party, then, limits):
            then = then.plus(party)
            held.update(dict(party.agencies))
    return then.all - taken.all


@dataclass(frozen=True)
class Room:
    """What there is now for people who wait: `fit` of them could come one by one; `capped`: their agency's cap holds.

    `of_theirs` places are left under that cap.
    """

    fit: int
    capped: bool
    of_theirs: int


def room_for(people: Iterable[Member], taken: Taken, limits: Limits, of_agencies: Mapping[str, int]) -> Room:
    """Say how many of these people could come now, and whether it is their agency's cap that holds some back."""
    waiting = list(people)
    fit = fit_one_by_one(waiting, taken, limits, of_agencies)
    held = sum(of_agencies.get(key, 0) for key, _ in party_of(waiting, limits).agencies[:1])
    capped = fit < fit_one_by_one(waiting, taken, limits)
    return Room(fit, capped, max(limits.agency_cap - held, 0))


def broken(taken: Taken, limits: Limits, *, only: Party | None = None) -> list[str]:
    """Every limit that does not hold, in words; with `only`, the limits that this party touches."""
    asks = only or Party(1, 1, 1, 1, load=1)
    found = [
        (taken.all > limits.capacity, N_("more people than places")),
        (bool(asks.adults) and taken.adults > limits.capacity - limits.floor, N_("a young person's place is taken")),
        (bool(asks.load) and taken.load > limits.adults * ONE_ADULT, N_("too few adults for the young people")),
        *((bool(asks.of(place)) and taken.of(place) > limits.of(place), PLACE_NAMES[place]) for place in Place),
    ]
    return [words for wrong, words in found if wrong]


def room(place: Place, taken: Taken, limits: Limits) -> int:
    """How many more of this type fit, the ratio apart; never negative."""
    left = min(limits.capacity - taken.all, limits.of(place) - taken.of(place))
    if place in ADULT_PLACES:
        left = min(left, limits.capacity - limits.floor - taken.adults)
    return max(left, 0)


def adults_needed(load: int) -> int:
    """How many adults these young people need: at least two when there is one."""
    return max(ceil(load / ONE_ADULT), ADULTS_AT_LEAST) if load else 0


def check_limits(limits: Limits, taken: Taken) -> None:
    """Raise `NotValid` for limits that contradict each other, or lie below what is taken."""
    if limits.floor * 2 < limits.capacity:
        raise NotValid(N_("Keep at least half of the places for young people"))
    if limits.young + limits.ambassador < limits.floor:
        raise NotValid(N_("The places for young people and ambassadors together are fewer than half: give them more"))
    wrong = broken(taken, limits)
    if wrong:
        raise NotValid(N_("More places are taken than that: cancel some first, or choose a higher number"))


def check_group(size: int) -> None:
    """Raise `NotValid` for a group that is empty or larger than one leader books."""
    if not 1 <= size <= GROUP_AT_MOST:
        raise NotValid(N_("Book between one and twelve people at once"))


@dataclass(frozen=True)
class Occupancy:
    """How full one type is: `share` from 0 to 1 of its quota, 0 where it has none."""

    place: Place
    taken: int
    quota: int
    waiting: int

    @property
    def share(self) -> float:
        """The part of the quota that is taken."""
        return self.taken / self.quota if self.quota else 0.0


def is_unbalanced(occupancies: Iterable[Occupancy]) -> bool:
    """Answer whether adults fill up while young people do not: adults at 80 % or more, young people 30 points less."""
    found = list(occupancies)
    young, adults = (_share(found, places) for places in (YOUNG_PLACES, ADULT_PLACES))
    return adults >= NEARLY_FULL and young <= adults - FAR_APART


def _share(found: list[Occupancy], places: tuple[Place, ...]) -> float:
    mine = [one for one in found if one.place in places]
    quota = sum(one.quota for one in mine)
    return sum(one.taken for one in mine) / quota if quota else 0.0


NEARLY_FULL = 0.8
FAR_APART = 0.3
