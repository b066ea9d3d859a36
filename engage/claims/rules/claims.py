"""Kinds of claims, by when each is answered, and how it may end; no database."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from engage.shared.errors import NotOpen, NotValid
from engage.shared.words import N_

ACKNOWLEDGED_WITHIN = timedelta(days=30)  # a complaint: Data (Use and Access) Act 2025
COMPLAINT_ANSWERED_WITHIN = timedelta(days=90)  # "without undue delay": our own measure (confirm)
OLDEST = timedelta(days=366)
MONTHS = 12


class Kind(StrEnum):
    """What is asked."""

    ACCESS = "access"
    CORRECTION = "correction"
    ERASURE = "erasure"
    COMPLAINT = "complaint"


KINDS = {
    Kind.ACCESS: N_("To see what is held about them"),
    Kind.CORRECTION: N_("To have something put right"),
    Kind.ERASURE: N_("To have something deleted"),
    Kind.COMPLAINT: N_("A complaint about how details were used"),
}
ENDS = {
    "given": N_("They were given what is held"),
    "corrected": N_("It was put right"),
    "erased": N_("It was deleted"),
    "partly": N_("Part of it was done, and they were told why not the rest"),
    "not_found": N_("Nothing that can be known to be theirs is held, and they were told why"),
    "refused": N_("It was refused, and they were told why and where to complain"),
    "upheld": N_("The complaint is right, and something was changed"),
    "not_upheld": N_("The complaint is not right, and they were told why"),
    "withdrawn": N_("They took it back"),
}
ALWAYS = ("partly", "not_found", "refused", "withdrawn")
ENDS_OF = {
    Kind.ACCESS: ("given", *ALWAYS),
    Kind.CORRECTION: ("corrected", *ALWAYS),
    Kind.ERASURE: ("erased", *ALWAYS),
    Kind.COMPLAINT: ("upheld", "not_upheld", "withdrawn"),
}


@dataclass(frozen=True)
class NewClaim:
    """What was typed when it came in: `who` asks, and how to reach them."""

    kind: Kind
    received_on: date
    who: str
    words: str


@dataclass(frozen=True)
class Step:
    """What somebody did about it on a day."""

    done_on: date
    by: str
    words: str


@dataclass(frozen=True)
class Claim:
    """One claim; `who` and `words` are empty once its time is over."""

    id: int
    kind: Kind
    received_on: date
    due_on: date
    acknowledged_on: date | None
    closed_on: date | None
    outcome: str | None
    who: str = ""
    words: str = ""
    steps: tuple[Step, ...] = ()

    @property
    def name(self) -> str:
        """What is asked, in words."""
        return KINDS[self.kind]

    @property
    def end(self) -> str:
        """How it ended, in words."""
        return ENDS.get(self.outcome or "", "")

    @property
    def next_day(self) -> date | None:
        """By when the next thing must have happened: a complaint is acknowledged before it is answered."""
        if self.closed_on:
            return None
        return min(self.due_on, self.acknowledge_by) if self.waits_for_acknowledgement else self.due_on

    @property
    def acknowledge_by(self) -> date:
        """The last day to say that it arrived."""
        return self.received_on + ACKNOWLEDGED_WITHIN

    @property
    def waits_for_acknowledgement(self) -> bool:
        """True for a complaint to which nobody has said that it arrived."""
        return self.kind is Kind.COMPLAINT and self.acknowledged_on is None and self.closed_on is None

    def is_late(self, today: date) -> bool:
        """Answer whether the next day has passed."""
        return self.next_day is not None and self.next_day < today


def answered_by(kind: Kind, received_on: date) -> date:
    """Give the day by which a claim is answered: a month later to the day, or that month's last day."""
    if kind is Kind.COMPLAINT:
        return received_on + COMPLAINT_ANSWERED_WITHIN
    year, month = received_on.year + received_on.month // MONTHS, received_on.month % MONTHS + 1
    return date(year, month, min(received_on.day, monthrange(year, month)[1]))


def check_received(received_on: date, today: date) -> None:
    """Raise `NotValid` for a day that has not come or is long gone."""
    if not today - OLDEST <= received_on <= today:
        raise NotValid(N_("Choose the day it came in: not after today, and within the last year"))


def check_open(claim: Claim) -> None:
    """Raise `NotOpen` for one that is closed."""
    if claim.closed_on:
        raise NotOpen(N_("This is closed. If they write again, take it in again."))


def check_may_close(claim: Claim, outcome: str) -> None:
    """Raise `NotOpen` or `NotValid` where it may not end like this."""
    check_open(claim)
    if outcome not in ENDS_OF[claim.kind]:
        raise NotValid(N_("Choose how it ended"))
    if claim.waits_for_acknowledgement:
        raise NotOpen(N_("Tell them first that the complaint arrived, and write that down here."))
