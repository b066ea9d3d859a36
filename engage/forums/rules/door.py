"""The door: when it is open and to whom, who may leave with whom, and whether there are enough adults in the room."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from engage.accounts.rules import Person, Role
from engage.forums.rules.consents import Purpose, needs_adult, photo_colour
from engage.forums.rules.forums import LAST_CHILD_BY, Forum
from engage.forums.rules.places import GROWN_UP, YOUNG_PLACES, Place, adults_needed
from engage.forums.rules.states import CHECK_IN
from engage.shared.clock import LONDON
from engage.shared.errors import NotAllowed, NotOpen, NotValid
from engage.shared.words import N_

LOOKED_FOR = timedelta(days=1)  # after that a door that was never tidied up is no news
LATEST = timedelta(hours=2)  # how long a phone may have been without a network
KEY_LENGTHS = range(16, 37)
AT_DOOR = ("confirmed", "attended", "no_show")
HERE = ("in", "away")
ENTERS = {move.verb: move.froms for move in CHECK_IN.moves if move.to == "in"}  # the taps that fill the room
ALREADY = {
    "in": N_("is in already"),
    "away": N_("is out for a moment already"),
    "out": N_("is out already"),
    "expected": N_("is not here yet"),
}
VERB_WORDS = {
    "check_in": N_("Check in"),
    "step_out": N_("Step out"),
    "come_back": N_("Back in"),
    "check_out": N_("Check out"),
}
PRESENCE_WORDS = {
    "expected": N_("Not here yet"),
    "in": N_("In"),
    "away": N_("Out for a moment"),
    "out": N_("Gone home"),
}
ALSO_NAMED = "also_named"  # who came for somebody who had gone home already: kept, because they may be two people
LINE_WORDS = {**VERB_WORDS, ALSO_NAMED: "Somebody else came for them"}
# What stands at the top of the door; the page's script reads the same words.
METER_WORDS = {
    "enough": "Enough adults.",
    "few": "Too few adults.",
    "left": "It is over. Still here:",
    "gone": "It is over. Everybody under 18 has gone home.",
}
# Asked before somebody under 18 comes in where adults are too few; the page's script fills in the same words.
TOO_FEW = (
    "Too few adults in the room: {minors} under 18, {adults} {noun}. Let them in all the same? Then press once more."
)
NAMED_AT_MOST = 8  # above that a number says more, and the list below has the names
# Never colour alone: each has its word and its shape.
PHOTO_WORDS = {
    "green": N_("Photos: yes"),
    "amber": N_("Photos: for us only"),
    "red": N_("No photos"),
}


@dataclass(frozen=True)
class AtDoor:
    """One person as the door sees them: first name and initial, what to look out for, and where they are now."""

    id: int
    name: str
    place: Place
    age: int | None
    presence: str
    given: frozenset[Purpose]
    weight: int
    has_needs: bool
    checks_seen: bool
    needs_check: bool = False  # they say that there is none, and nobody has seen one

    @property
    def young(self) -> bool:
        """True for a young person's place."""
        return self.place in YOUNG_PLACES

    @property
    def minor(self) -> bool:
        """True for somebody the adults in the room look after."""
        return self.young and (self.age is None or self.age < GROWN_UP)

    @property
    def looks_after(self) -> bool:
        """True for an adult who counts in the room: somebody of the team has seen their checks."""
        return not self.young and self.checks_seen

    @property
    def photo(self) -> str:
        """The colour on the badge, "" for adults, who speak for themselves."""
        return photo_colour(self.given) if self.young else ""

    @property
    def collected(self) -> bool:
        """True when somebody has to come for them."""
        return self.minor and Purpose.LEAVE_ALONE not in self.given

    @property
    def needs_yes(self) -> bool:
        """True while the right adult has not said yes to coming."""
        return self.young and self.age is not None and needs_adult(self.age) and Purpose.ATTEND not in self.given


@dataclass(frozen=True)
class Meter:
    """Who is in the room: young people under 18, adults whose checks were seen, how many of these there must be."""

    minors: int
    adults: int
    needed: int
    left: tuple[str, ...] = ()  # the names of those under 18 who have not gone home
    load: int = 0  # what the young people in the room ask of the adults

    @property
    def enough(self) -> bool:
        """True while the adults in the room are enough."""
        return self.adults >= self.needed

    @property
    def still_here(self) -> str:
        """Name those under 18 who have not gone home, or count them while they are many."""
        many = len(self.left) > NAMED_AT_MOST
        return f"{len(self.left)} under 18" if many else ", ".join(self.left)

    def says(self, *, over: bool) -> str:
        """Give a key of `METER_WORDS`: about adults while it runs, after the end about the children still here."""
        if over:
            return "left" if self.left else "gone"
        return "enough" if self.enough else "few"


@dataclass(frozen=True)
class Mark:
    """One tap at the door. `key` is the phone's own; `seconds_ago` it was made, by the phone's own clock."""

    key: str
    sign_up_id: int
    did: str
    collector: str = ""
    seconds_ago: float = 0.0
    sure: bool = False  # pressed once more after `too_few` asked

    def made_at(self, at: datetime) -> datetime:
        """When it was made; a phone's clock may be wrong, so never in the future and never long ago."""
        return at - min(max(timedelta(seconds=self.seconds_ago), timedelta()), LATEST)


def meter(people: Iterable[AtDoor]) -> Meter:
    """Count who is in the room at this moment."""
    everybody = list(people)
    inside = [one for one in everybody if one.presence == "in"]
    left = tuple(one.name for one in everybody if one.minor and one.presence in HERE)
    adults = sum(one.looks_after for one in inside)
    load = sum(one.weight for one in inside if one.young)
    return Meter(sum(one.minor for one in inside), adults, adults_needed(load), left, load)


def with_one_more(now: Meter, *, load: int, minor: bool) -> Meter:
    """Count the room as it is once somebody more is in, who asks `load` of the adults."""
    return replace(now, minors=now.minors + minor, load=now.load + load, needed=adults_needed(now.load + load))


def too_few(then: Meter) -> str:
    """Ask whether to let somebody in although the room would then have too few adults; "" where it has enough."""
    noun = "adult" if then.adults == 1 else "adults"
    return "" if then.enough else TOO_FEW.format(minors=then.minors, adults=then.adults, noun=noun)


def may_see_door(forum: Forum, person: Person, *, named: bool, at: datetime) -> bool:
    """Answer whether this person may open the door list now: the door team only while it is their evening."""
    if at > forum.access_ends_at or forum.state in ("draft", "cancelled") or Role.ADMIN in person.roles:
        return False
    if person.roles & {Role.VOICE, Role.SAFEGUARDING}:
        return True
    return named and at >= forum.doors_at


def check_may_see_door(forum: Forum, person: Person, *, named: bool, at: datetime) -> None:
    """Raise `NotAllowed` for anybody else, and for everybody once the night is over."""
    if not may_see_door(forum, person, named=named, at=at):
        raise NotAllowed(N_("The door is for the team of that evening, from an hour before the start until that night"))


def check_door_open(forum: Forum, *, at: datetime) -> None:
    """Raise `NotOpen` before the doors open, saying when they do."""
    if at < forum.doors_at:
        opens = forum.doors_at.astimezone(LONDON)
        raise NotOpen(f"The doors open on {opens:%d %B} at {opens:%H:%M}: until then you can look, and check nobody in")


def check_takes_walk_ins(forum: Forum) -> None:
    """Raise `NotOpen` where nobody can be given a place at the door, with the reason."""
    if forum.state in ("ended", "fed_back"):
        raise NotOpen("The forum is over: nobody gets a place any more")
    if forum.state != "live":
        raise NotOpen("The doors are not open yet. If it is time, press again in a minute")


def check_key(key: str) -> None:
    """Raise `NotValid` for a key that no phone of ours makes."""
    if len(key) not in KEY_LENGTHS:
        raise NotValid(N_("Load the page again, then tap once more"))


def check_way_home(one: AtDoor, collector: str) -> None:
    """Raise `NotValid` when a young person would leave alone who may not."""
    if one.collected and not collector.strip():
        raise NotValid(f"{one.name} is collected: write down who came")


def still_in_from(forum: Forum) -> datetime:
    """The moment from which a child still in is an alert: a quarter of an hour after the real end."""
    return forum.ends_at + LAST_CHILD_BY
