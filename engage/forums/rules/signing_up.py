"""Signing up: what people tell us, how long a place is held, how long an offer runs, what a change of age means."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from engage.forums.rules.agencies import counted_as
from engage.forums.rules.consents import Answers, Purpose, Relation, needs_adult
from engage.forums.rules.places import ADULT_PLACES, YOUNG_PLACES, Limits, Member, Place
from engage.shared.errors import NotValid
from engage.shared.words import N_

HELD_FOR = timedelta(hours=72)  # a place, until the right adult has answered
OFFERED_FOR = timedelta(hours=24)
OFFERED_AT_LEAST = timedelta(hours=1)
HOME = {
    "collected": N_("Somebody picks me up"),
    "group": N_("With my group or worker"),
    "alone": N_("On my own"),
    "taxi": N_("A taxi that the council booked"),
    "unsure": N_("Not sure yet"),
}

# What a young person reads about their own sign-up.
SIGN_UP_WORDS = {
    "awaiting_consent": N_("Your place is held while an adult says yes"),
    "confirmed": N_("You have a place"),
    "waitlisted": N_("You are on the waiting list"),
    "offered": N_("A place is free for you"),
    "expired": N_("The time to say yes is over"),
    "cancelled": N_("You are not coming"),
    "attended": N_("You were there"),
    "no_show": N_("We missed you"),
}


@dataclass(frozen=True)
class Guardian:
    """The adult who may consent: how to reach them, who they are to the young person."""

    relation: Relation
    contact: str
    name: str = ""


@dataclass(frozen=True)
class YoungPerson:
    """One young person as the form gives them. `age` is in whole years on the day.

    `contact` reaches them, "" where only their adult is reached; `own_consents` are their own answers (from 16 all of
    it is theirs, before that what they themselves want: an adult never overrules a no), and `said_yes` those of them
    that they chose a yes for, where the others are only no no. `guardian` is None from 16.
    `home` is a key of `HOME`, with `home_words` for what they add.
    """

    first_name: str
    age: int
    contact: str = ""
    initial: str = ""
    access: str = ""
    diet: str = ""
    home: str = "unsure"
    home_words: str = ""
    looked_after: bool = False
    guardian: Guardian | None = None
    own_consents: Answers | None = None
    said_yes: frozenset[Purpose] = frozenset()
    place: Place = Place.YOUNG


@dataclass(frozen=True)
class Professional:
    """One adult: name, role and agency; `checks` is what they say about their own checks (DBS), seen by the team.

    `counted_as` is the count of its cap that the agency goes on, known once the list was looked at.
    """

    name: str
    role: str
    agency: str
    contact: str
    checks: bool = False
    access: str = ""
    diet: str = ""
    place: Place = Place.PROFESSIONAL
    counted_as: str = ""


@dataclass(frozen=True)
class WalkIn:
    """Somebody at the door who has not signed up, with what the right adult (from 16 they themselves) said yes to.

    `attempt` is the form's own random key: sent twice, stored once. `checks_seen`: the door has seen an adult's checks.
    """

    new: YoungPerson | Professional
    answers: Answers | None = None
    attempt: bytes | None = None
    checks_seen: bool = False


@dataclass(frozen=True)
class Group:
    """Several people booked by one leader. `together`: all have a place, or all wait; else each by themselves.

    `leader` comes along where `leader_comes`, and then takes a professional's place.
    """

    leader: Professional
    members: tuple[YoungPerson, ...]
    together: bool = True
    leader_comes: bool = True


@dataclass(frozen=True)
class Changed:
    """What somebody changed of their own sign-up; `guardian` where an adult is needed that was not before.

    `contact` stays as it was where it is None; "" takes it away.
    """

    contact: str | None = None
    access: str = ""
    diet: str = ""
    home: str = "unsure"
    home_words: str = ""
    age: int | None = None
    guardian: Guardian | None = None


@dataclass(frozen=True)
class SignedUp:
    """What came of signing up. `token` opens the sign-up; `guardian_token` is the adult's link, empty at 16 and over.

    `again` is True when the same form was sent a second time, and nothing new was stored.
    """

    id: int
    state: str
    token: str
    pass_token: str
    guardian_token: str = ""
    line: int | None = None
    again: bool = False


@dataclass(frozen=True)
class SignedUpGroup:
    """What came of booking a group: the leader's link, and each member in the order of the form."""

    id: int
    token: str
    members: tuple[SignedUp, ...] = field(default=())


def kinds_of_place(places: tuple[Place, ...], limits: Limits) -> list[Place]:
    """The types among these that a forum keeps places of: with two of them, somebody says which is theirs."""
    return [place for place in places if limits.of(place)]


def seated(person: YoungPerson | Professional, limits: Limits) -> YoungPerson | Professional:
    """Give somebody the only type of place there is for people like them, where it is another than they asked for.

    An ambassadors' session keeps no places for other young people, and a table leader may be all the adults it has.
    """
    there = kinds_of_place(YOUNG_PLACES if isinstance(person, YoungPerson) else ADULT_PLACES, limits)
    return replace(person, place=there[0]) if len(there) == 1 else person


def counted(person: YoungPerson | Professional, listed: list[str]) -> YoungPerson | Professional:
    """Say on whose count an adult goes, by the agencies that are listed; nobody asks where a young person is from."""
    return person if isinstance(person, YoungPerson) else replace(person, counted_as=counted_as(person.agency, listed))


def as_member(person: YoungPerson | Professional) -> Member:
    """What the ledger sees of them."""
    if isinstance(person, YoungPerson):
        return Member(person.place, age=person.age)
    return Member(person.place, agency=person.counted_as)


def needs_check(*, said: bool, seen: bool, is_adult: bool, walk_in: bool) -> bool:
    """Answer whether an adult has said that nobody holds a check for them, and nobody has seen one since.

    Nobody asks those who come to the door: there somebody looks at their checks at once.
    """
    return is_adult and not (said or seen or walk_in)


def check_age(age: int, *, youngest: int, oldest: int) -> None:
    """Raise `NotValid` for an age the forum is not made for."""
    if not youngest <= age <= oldest:
        raise NotValid(N_("This forum is for other ages: the page says from which age to which"))


def check_places(person: YoungPerson | Professional) -> None:
    """Raise `NotValid` for a type of place that is not theirs."""
    mine = YOUNG_PLACES if isinstance(person, YoungPerson) else ADULT_PLACES
    if person.place not in mine:
        raise NotValid(N_("Choose the type of place that fits"))


def check_named(person: Professional) -> None:
    """Raise `NotValid` for an adult who names no agency or no role: young people read both before the day."""
    if not (person.agency.strip() and person.role.strip()):
        raise NotValid("Type the agency and the role")


def check_reachable(person: YoungPerson, leader: Professional | None) -> None:
    """Raise `NotValid` when nobody could be reached, or an adult has to agree and none is named."""
    if not person.contact and person.guardian is None and leader is None:
        raise NotValid(N_("Tell us one way to reach you or your adult"))
    if needs_adult(person.age) and person.guardian is None:
        raise NotValid(N_("Under 16, an adult who looks after you says yes as well: tell us how to reach them"))


def held_until(at: datetime, closes_at: datetime) -> datetime:
    """When a place held for consent goes to the next: after 72 hours, or when sign-up closes."""
    return min(at + HELD_FOR, max(closes_at, at + OFFERED_AT_LEAST))


def offered_until(at: datetime, starts_at: datetime) -> datetime:
    """When an offer ends: after a day, an hour before the start at the latest, never at once."""
    return min(at + OFFERED_FOR, max(starts_at - OFFERED_AT_LEAST, at + OFFERED_AT_LEAST))


def first_state(*, placed: bool, consented: bool) -> str:
    """The state of a new sign-up: placed or waiting, with consent or without."""
    if not placed:
        return "waitlisted"
    return "confirmed" if consented else "awaiting_consent"
