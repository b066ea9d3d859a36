"""Roles, and what a person may do; no database."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cache
from importlib import import_module
from math import prod
from typing import Any
from unicodedata import combining, normalize

from engage.shared.errors import NotAllowed, NotValid
from engage.shared.words import N_

IDLE = timedelta(minutes=30)
NOTED_EVERY = timedelta(minutes=5)  # how often it is written down that a place is in use
AT_MOST = timedelta(hours=12)  # a long working day: then the password is asked again
INVITED_FOR = timedelta(days=7)  # how long the link of an invitation works (confirm, like the next two)
TYPED_FOR_WORDS = timedelta(hours=4)  # how long a typed password opens what is restricted
TYPED_FOR_FILES = timedelta(minutes=15)  # and how long it lets answers be taken away as a file
LONGEST_ROLE = timedelta(days=2 * 366)
LONGEST_NAME = 120
PASSWORD_LENGTH = 12
LONGEST_PASSWORD = 255
READ_OF_A_PASSWORD = 72  # characters; what follows makes none easier to guess
HARD_TO_GUESS = 3  # of 4, as the library counts: some hundred million tries
LEFT_TO_GUESS = 10**7  # tries for what has letters, and is neither the person's own nor the partnership's
SHORTEST_OWN = 3  # letters; a shorter part of a name stands in too many good words
LOOKS_LIKE = {signs[0]: f"[{signs}]" for signs in ("a4@", "b8", "e3", "g9", "i1!", "l1!", "o0", "s5$", "t7")}
OURS = ("engage", "safeguarding", "voice of the child", "young people", "partnership", "council")
OF_THE_DEMO = "demo-only-not-secret"  # everybody may read it, so wherever it is no demo it opens nothing
EASY = "That one is among the first that somebody would try. Take three or four words that do not belong together."


class Role(StrEnum):
    """What somebody does here; see docs/roles.md."""

    VOICE = "voice"
    SAFEGUARDING = "safeguarding"
    PQA = "pqa"
    AGENCY = "agency"
    AMBASSADOR = "ambassador"
    SCRUTINEER = "scrutineer"
    INFORMATION = "information"
    ADMIN = "admin"
    DOOR = "door"


TOLD_OF = frozenset({Role.VOICE, Role.SAFEGUARDING, Role.PQA, Role.INFORMATION, Role.ADMIN})
"""Roles whose giving is told to the safeguarding leads: they open what people said, or can make others who do."""
ROLE_NAMES = {
    Role.VOICE: N_("Voice-of-the-child team"),
    Role.SAFEGUARDING: N_("Safeguarding lead"),
    Role.PQA: N_("Performance and Quality Assurance"),
    Role.AGENCY: N_("Partner agency"),
    Role.AMBASSADOR: N_("Youth ambassador"),
    Role.SCRUTINEER: N_("Independent scrutineer"),
    Role.INFORMATION: N_("Information officer"),
    Role.ADMIN: N_("Administrator"),
    Role.DOOR: N_("Forum door team"),
}


def is_easy_to_guess(password: str, *, own: Iterable[str] = ()) -> bool:
    """Answer whether few tries would find a password; `own` are words about its owner: their name, whom they work for.

    It must be hard as a whole, and so must what has letters in it, once every such word is taken out: whoever tries
    begins with names, years and signs, and puts them together.
    """
    known = [part.lower() for word in (*OURS, *own) for part in (word, *word.replace("@", " ").split())]
    read = password[:READ_OF_A_PASSWORD]
    whole: int = _guesser()(read, known)["score"]
    left = _without(known, read)
    return password == OF_THE_DEMO or whole < HARD_TO_GUESS or _tries_for_letters(left) < LEFT_TO_GUESS


def _without(known: Iterable[str], password: str) -> str:
    """Give a password without words we know, also where signs stand for their letters (`k1m`), and without its ends."""
    parts = {part for word in known for part in re.findall(r"[^\W\d_]+", _plain(word)) if len(part) >= SHORTEST_OWN}
    longest_first = sorted(parts, key=lambda part: (-len(part), part))
    looks = ["".join(LOOKS_LIKE.get(letter, letter) for letter in part) for part in longest_first]
    return re.sub(r"^[\W\d_]+|[\W\d_]+$", "", re.sub("|".join(looks), "", _plain(password)))


def _tries_for_letters(left: str) -> float:
    """Answer how many tries the parts with letters take, if numbers, years and signs between them take none."""
    parts = _guesser()(left)["sequence"] if left else []
    return prod(float(part["guesses"]) for part in parts if any(letter.isalpha() for letter in part["token"]))


def _plain(words: str) -> str:
    """Give words in small letters without their accents."""
    return "".join(letter for letter in normalize("NFKD", words.casefold()) if not combining(letter))


def check_may_sign_in(email: str, password: str, *, name: str, own: Iterable[str]) -> None:
    """Raise `NotValid` for a name or an e-mail address that is none, and for a password that is short or easy to guess.

    `own` are words about them, as for `is_easy_to_guess`.
    """
    if not 0 < len(name) <= LONGEST_NAME:
        raise NotValid(f"Give their name, in at most {LONGEST_NAME} letters")
    before, _at, after = email.partition("@")
    if not before or "." not in after.strip("."):
        raise NotValid(f"“{email}” is no e-mail address")
    if len(password) < PASSWORD_LENGTH:
        raise NotValid(f"The password has at least {PASSWORD_LENGTH} characters")
    if len(password) > LONGEST_PASSWORD:
        raise NotValid(f"The password has at most {LONGEST_PASSWORD} characters")
    if is_easy_to_guess(password, own=(name, email, *own)):
        raise NotValid(EASY)


@cache
def _guesser() -> Any:
    """Its lists take 13 MB, so only a process in which somebody chooses a password holds them."""
    return import_module("zxcvbn").zxcvbn


@dataclass(frozen=True)
class Agency:
    """A partner, as others see it."""

    id: int
    name: str
    kind: str


@dataclass(frozen=True)
class Person:
    """Somebody who works here, with the roles they hold today; `agency_id` is None outside any agency.

    It is the agency they act for today; `home_id` and `home` are the one they work for.
    `choose_password` is True while the password they have was made for them by somebody else.
    """

    id: int
    name: str
    email: str
    roles: frozenset[Role]
    agency_id: int | None = None
    agency: str = ""
    choose_password: bool = False
    home_id: int | None = None
    home: str = ""

    @property
    def agencies(self) -> frozenset[int]:
        """Every agency they belong to: what is about one of these is hidden from them, and they verify none of it."""
        return frozenset(one for one in (self.agency_id, self.home_id) if one is not None)

    @property
    def role_names(self) -> list[str]:
        """Their roles in words, in the order of the table."""
        return [ROLE_NAMES[role] for role in Role if role in self.roles]


@dataclass(frozen=True)
class Grant:
    """One role of one person from `starts_on` to `ends_on`, both days included; `agency` is the one it is for."""

    id: int
    person_id: int
    role: Role
    starts_on: date
    ends_on: date
    agency_id: int | None = None
    agency: str = ""

    @property
    def name(self) -> str:
        """The role in words."""
        return ROLE_NAMES[self.role]

    def holds(self, on: date) -> bool:
        """Answer whether the role counts on that day."""
        return self.starts_on <= on <= self.ends_on


@dataclass(frozen=True)
class NewPerson:
    """Somebody to add, with their first role; `agency_id` is None outside any agency."""

    name: str
    email: str
    agency_id: int | None
    role: Role
    ends_on: date


@dataclass(frozen=True)
class AuditLine:
    """Who did what, when (London time) and why; never the content."""

    at: datetime
    who: str
    did: str
    about: str
    reason: str


@dataclass(frozen=True)
class Place:
    """One place where somebody is signed in, since when and last used when (London time); `here` is this one."""

    id: int
    began_at: datetime
    seen_at: datetime
    here: bool


@dataclass(frozen=True)
class Begun:
    """What this browser remembers of a sign-in begun elsewhere; each is drawn at random, and good for one sign-in."""

    state: str
    nonce: str
    verifier: str


def check_claims(claims: Mapping[str, object], *, client: str, nonce: str) -> str:
    """Give the e-mail address another sign-in vouches for. Raises `NotAllowed` for what was not meant for us.

    Signature, issuer, audience and time are checked before this. An address that was never verified there is anybody's.
    """
    ours = claims.get("nonce") == nonce and claims.get("azp", client) == client
    if not ours or claims.get("email_verified") is not True or not claims.get("email"):
        raise NotAllowed(
            N_("Your organisation's sign-in did not say who you are in a way we trust. Sign in with your password.")
        )
    return str(claims["email"]).strip().lower()


def is_second_step(claims: Mapping[str, object]) -> bool:
    """Answer whether the other sign-in says that it asked for two steps."""
    how = claims.get("amr")
    return isinstance(how, list) and "mfa" in how


def check_dates(starts_on: date, ends_on: date) -> None:
    """Raise `NotValid` for a role that would end before it starts, or has no real end."""
    if ends_on < starts_on:
        raise NotValid(N_("Choose a last day that is still to come"))
    if ends_on - starts_on > LONGEST_ROLE:
        raise NotValid(N_("Choose a last day within two years: every role ends, and can be given again"))


def check_agency_needed(role: Role, agency_id: int | None) -> None:
    """Raise `NotValid` for a partner's role without the agency it is for."""
    if role is Role.AGENCY and agency_id is None:
        raise NotValid(N_("Choose the agency first: this role only sees what its own agency agreed"))


def check_agency_of_role(role: Role, agency_id: int | None) -> None:
    """Raise `NotValid` for an agency beside a role that is for none."""
    if role is not Role.AGENCY and agency_id is not None:
        raise NotValid(N_("Only the role “Partner agency” is for an agency of its own: choose none here"))


def check_one_agency(agency_id: int | None, held: Iterable[Grant], *, starts_on: date, ends_on: date) -> None:
    """Raise `NotValid` for somebody who would act for two agencies on the same day."""
    partners = [one for one in held if one.role is Role.AGENCY and one.agency_id != agency_id]
    if any(one.starts_on <= ends_on and one.ends_on >= starts_on for one in partners):
        raise NotValid(N_("They act for another agency then. End that role first: nobody acts for two at once"))


def check_roles_together(role: Role, held: Iterable[Role]) -> None:
    """Raise `NotValid` for an administrator with a second role: an administrator never sees content."""
    others = set(held) - {role}
    if others and (role is Role.ADMIN or Role.ADMIN in others):
        raise NotValid(N_("An administrator holds no other role, because an administrator never sees content"))


def check_not_oneself(person_id: int, acting_id: int | None) -> None:
    """Raise `NotAllowed` when somebody would change what they themselves may do."""
    if person_id == acting_id:
        raise NotAllowed(N_("Another administrator does this for you: nobody changes their own roles"))


def still_signed_in(*, since: datetime, seen: datetime, now: datetime) -> bool:
    """Answer whether a sign-in from `since`, last used at `seen`, still counts."""
    return now - seen < IDLE and now - since < AT_MOST


def typed_lately(typed_at: datetime, *, now: datetime, within: timedelta) -> bool:
    """Answer whether a password typed at `typed_at` still counts for what asks for it once more."""
    return timedelta(0) <= now - typed_at <= within
