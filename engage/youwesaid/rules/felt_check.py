"""Asking young people whether they notice: when, by which ways, what it comes to, and how much of it may be said."""

from dataclasses import dataclass, fields
from datetime import date, timedelta

from engage.accounts.rules import Role
from engage.analysis.method.proportions import wilson
from engage.analysis.method.records import Cell, Interval, Proportion, Record, Rule
from engage.analysis.method.tallies import shielded
from engage.shared.errors import NotValid
from engage.shared.states import CLOCK, Move, States
from engage.shared.words import N_
from engage.youwesaid.rules.concerns import FELT_BASE

SAID = {"better": N_("Better"), "no_change": N_("No change"), "worse": N_("Worse")}
ANSWERS = SAID | {"dont_know": N_("I don't know")}
WAYS = {"receipt": "Four words", "wave": "A survey", "forum": "Forums", "poster": "Posters and the page"}
ASK_AFTER, ASK_BY = timedelta(weeks=8), timedelta(weeks=12)  # from the day we said it is done
LONGEST = timedelta(weeks=8)  # that one asking may stay open
AGAIN = timedelta(weeks=6)  # until the next answer, where young people say that it is not better
SHOWN = Rule()

FELT_CHECK = States(
    "felt-check",
    ("open", "reported"),
    (Move("report", ("open",), "reported", frozenset({Role.PQA, CLOCK}), "Close it and count", "enough, or its day"),),
)


@dataclass(frozen=True)
class Counts(Record):
    """How many young people said what; those who don't know stand beside the base, not in it."""

    better: int = 0
    no_change: int = 0
    worse: int = 0
    dont_know: int = 0

    @property
    def base(self) -> int:
        """Everybody who could tell."""
        return self.better + self.no_change + self.worse

    @property
    def people(self) -> int:
        """Everybody who answered."""
        return self.base + self.dont_know

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(*(getattr(self, field.name) + getattr(other, field.name) for field in fields(self)))


NOBODY = Counts()


@dataclass(frozen=True)
class NewHands:
    """What a forum said, as somebody counted it."""

    forum: str
    met_on: date
    counts: Counts


@dataclass(frozen=True)
class Told(Record):
    """What was said, safe to show: `ways` and `answers` have their sum first; `better` is a share of those counted.

    `better` is None on a base too small for staff; `public` says whether it may stand on a public page.
    """

    ways: tuple[Cell, ...]
    answers: tuple[Cell, ...]
    better: Proportion | None
    public: bool


def due_on(done_on: date) -> date:
    """Give the day from which young people may be asked."""
    return done_on + ASK_AFTER


def is_late(done_on: date, *, today: date) -> bool:
    """Answer whether they should have been asked by now."""
    return done_on + ASK_BY < today


def check_window(closes_on: date | None, *, done_on: date | None, today: date) -> None:
    """Raise `NotValid` when it is too early to ask, or the last day has gone or lies too far away."""
    if done_on is None:
        raise NotValid("Nobody has said that this is done, so there is nothing to notice yet.")
    if today < due_on(done_on):
        raise NotValid(f"It is too early: people need time to notice. Ask from {due_on(done_on):%-d %B %Y} on.")
    if closes_on is None or closes_on <= today or closes_on > today + LONGEST:
        raise NotValid(f"Choose a last day between tomorrow and {today + LONGEST:%-d %B %Y}.")


def check_met(met_on: date, *, opened_on: date, today: date) -> None:
    """Raise `NotValid` for a forum that met before asking began, or did not meet yet."""
    if not opened_on <= met_on <= today:
        raise NotValid(f"The forum has to meet between {opened_on:%-d %B %Y}, when asking began, and today.")


def weighed(others: Counts, poster: Counts) -> tuple[int, int]:
    """Give how many say "better", and of how many, with a poster's taps weighing no more than all the rest together.

    Nobody can tell who taps, or how often: a flood must not decide.
    """
    kept = min(poster.base, others.base)
    better = round(poster.better * kept / poster.base) if poster.base else 0
    return others.better + better, others.base + kept


def may_report(base: int, closes_on: date, *, today: date) -> bool:
    """Answer whether a person may close it: enough have answered, or its last day has gone."""
    return base >= FELT_BASE or closes_on < today


def told(by_way: dict[str, Counts], *, better: int, base: int) -> Told:
    """Give what may be shown of a felt-check that is over: all counts of a kind, or only their sum."""
    everybody = sum(by_way.values(), NOBODY)
    answers = shielded({name: getattr(everybody, name) for name in SAID})
    ways = shielded({way: by_way.get(way, NOBODY).base for way in WAYS})
    return Told(ways, answers, _better(better, base), public=base >= SHOWN.base_public)


def _better(better: int, base: int) -> Proportion | None:
    if base < SHOWN.base_staff:
        return None
    whole, yes, no = shielded({"better": better, "not": base - better})
    if whole.shown is None or yes.shown is None or no.shown is None:
        return None
    return Proportion(yes.shown, whole.shown, _likely(yes.shown, whole.shown), SHOWN.rounding)


def _likely(count: int, base: int) -> Interval:
    return wilson(min(count, base), base)
