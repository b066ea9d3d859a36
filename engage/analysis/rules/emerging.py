"""What rose, the way it may be said: protected figures, plain words, and what a person decided; no database."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from engage.analysis.method.records import CouldSee, Interval, Proportion, Record
from engage.analysis.rules import VOICE
from engage.shared.states import Move, States
from engage.shared.words import N_

RISE = States(
    "rise",
    ("new", "confirmed", "dismissed"),
    (
        Move("confirm", ("new", "dismissed"), "confirmed", VOICE, N_("It is a concern: make it a theme")),
        Move("dismiss", ("new",), "dismissed", VOICE, N_("It is nothing new: put it away")),
        Move("look_again", ("dismissed",), "new", VOICE, N_("Look at it again")),
    ),
)
LADDER = (1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 7.0, 10.0, 15.0, 20.0, 30.0, 50.0, 100.0)
WORTH_SAYING = 1.5
NEAR_ALL = 0.9  # of the answers of a wave read by a person, from which its codes count as complete
COVERED_ALIKE = 1.25  # as much of this wave may be coded, against the waves before, and its codes still be compared
FEWEST = 30  # answers of a wave that say something; with fewer a person sees more than a count of words does


@dataclass(frozen=True)
class Times(Record):
    """How many times as often as before, on a coarse ladder, so that it tells nothing that the counts beside it hide.

    `about` None: the count before is hidden, and `low` is what holds whatever it is. `high` None: no top.
    """

    about: float | None
    low: float
    high: float | None


@dataclass(frozen=True)
class Coverage:
    """How far people came with one wave: its answers, those read, those with at least one theme."""

    answers: int
    read: int
    coded: int


def times(
    now: Proportion | None,
    before: Proportion | None,
    interval: Interval,
    *,
    earlier: int,
    minimum: int,
) -> Times | None:
    """Say how much more often something is said, from what may be shown only; None where this wave's count is hidden.

    `earlier` is how many answers of the earlier waves say something.
    """
    if now is None or not earlier:
        return None
    if before is None or not before.share:
        return Times(None, _down(now.share / (minimum / earlier)), None)
    high = None if interval.high is None else _up(interval.high)
    return Times(_near(now.share / before.share), _down(interval.low), high)


def times_words(found: Times | None) -> str:
    """Say it in a sentence's part, after "now it is said"."""
    if found is None:
        return "more often than before; too few say it to say how much"
    if found.about is None:
        sure = found.low >= WORTH_SAYING
        return f"at least {found.low:g} times as often as before" if sure else "clearly more often than before"
    top = f"{found.high:g}" if found.high is not None else "many more"
    return f"about {found.about:g} times as often as before (likely between {found.low:g} and {top})"


def could_see_words(seen: Iterable[CouldSee]) -> tuple[str, ...]:
    """Say what would have been noticed four times in five, a sentence for each share before."""
    return tuple(_seen(one) for one in seen)


def _seen(one: CouldSee) -> str:
    if not one.before:
        return f"Something never said before: once about {one.answers} people write of it in much the same words."
    return f"Something that {_in_hundred(one.before)} said before: once {_in_hundred(one.now)} say it."


def _in_hundred(share: float) -> str:
    return f"{max(1, round(100 * share))} in 100"


def codes_compare(earlier: Iterable[Coverage], now: Coverage) -> bool:
    """True where people coded every wave as fully as the others; else a theme would rise with the coding alone."""
    before = list(earlier)
    done = all(one.answers and one.read >= NEAR_ALL * one.answers for one in (*before, now))
    coded, answers = sum(one.coded for one in before), sum(one.answers for one in before)
    return bool(done and coded and now.coded / now.answers <= COVERED_ALIKE * coded / answers)


def is_same(what: str, names: Collection[str], other: str, other_names: Collection[str]) -> bool:
    """True when two runs found the same thing: what one calls it is among the names of the other."""
    return what in other_names or other in names


def named_for_theme(what: str) -> str:
    """A first name for the theme that a rise becomes."""
    return (what[:1].upper() + what[1:])[:120]


def note_words(found: Mapping[str, object]) -> str:
    """Say what is needed where nothing could be compared; empty where it could."""
    return NOTES.get(str(found.get("note", "")), "")


NOTES = {
    "no earlier wave": (
        "There is no earlier wave of this survey to compare with. What is new can be said from the second wave on; "
        "until then, read the suggested themes."
    ),
    "too few": (
        f"Too few answers say something to compare them: it needs at least {FEWEST} in this wave. "
        "Read them one by one instead."
    ),
    "nothing said": (
        "Nobody wrote anything that says something: all answers are “nothing”, “idk” and the like. "
        "It needs answers in people's own words."
    ),
    "nothing said before": (
        "No answer of the earlier waves says something that is still kept, so there is nothing to compare with. "
        "It needs an earlier wave with answers in people's own words."
    ),
}


def _down(ratio: float) -> float:
    return max((step for step in LADDER if step <= ratio), default=0.0)


def _up(ratio: float) -> float:
    return min((step for step in LADDER if step >= ratio), default=LADDER[-1])


def _near(ratio: float) -> float:
    return min(LADDER, key=lambda step: abs(step - ratio))
