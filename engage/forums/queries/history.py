"""What the audit still knows of a sign-up when the row itself says something newer."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from engage.accounts.queries import AuditLine, audit_of
from engage.forums.rules.consents import RELATION_NAMES, Purpose, Relation

ADULT_SAID_NO = "said no for a young person"
LEADER_CANCELLED = "cancelled a place with the whole group"
CANCELLED = "cancelled a sign-up"
TAKEN_AWAY = "took a place away"
LET_GO = "let an offer go"
RAN_OUT = "a kept place or an offer ran out"
TAKEN_BACK = "took a consent back"
WHO_ENDED = {
    CANCELLED: "themselves, by their own link",
    LET_GO: "themselves: let the offer go",
    TAKEN_BACK: "themselves: no longer want to come",
    LEADER_CANCELLED: "the leader of their group, for everybody",
    TAKEN_AWAY: "the team",
    ADULT_SAID_NO: "an adult",
    RAN_OUT: "nobody: the time to answer ran out",
}


@dataclass(frozen=True)
class AdultNo:
    """One no of an adult to coming: when (UTC), who they are, and how it came ("taken back": after a yes)."""

    at: datetime
    relation: Relation
    how: str


@dataclass(frozen=True)
class Ending:
    """How one sign-up ended: by whom, in words, and when (on the clock in London)."""

    at: datetime
    words: str


def endings(sign_up_ids: Iterable[int]) -> dict[int, Ending]:
    """The last who ended each of these sign-ups; those of whom the audit says nothing are left out."""
    ids = {f"sign-up {one}": one for one in sign_up_ids}
    found = {}
    for line in audit_of(list(ids), *WHO_ENDED) if ids else []:
        if line.did != TAKEN_BACK or line.reason == Purpose.ATTEND:
            found[ids[line.about]] = Ending(line.at, _who(line))
    return found


def _who(line: AuditLine) -> str:
    if line.did == ADULT_SAID_NO:
        relation = RELATION_NAMES[Relation(line.reason.partition(", ")[0])]
        return f"{WHO_ENDED[line.did]} said no: {relation[0].lower()}{relation[1:]}"
    return f"{WHO_ENDED[line.did]}{': ' + line.who if line.did == TAKEN_AWAY and line.who else ''}"


def adult_noes(sign_up_id: int) -> list[AdultNo]:
    """Every no of an adult to somebody's coming, in order, also where another adult was asked since."""
    lines = audit_of(f"sign-up {sign_up_id}", ADULT_SAID_NO)
    found = [(line.at, *line.reason.partition(", ")[::2]) for line in lines]
    return [AdultNo(at, Relation(relation), how) for at, relation, how in found]


def leader_cancelled(sign_up_id: int) -> bool:
    """True when the last who cancelled this place was the leader of the group, for everybody in it."""
    lines = audit_of(f"sign-up {sign_up_id}", CANCELLED, LEADER_CANCELLED, ADULT_SAID_NO)
    return bool(lines) and lines[-1].did == LEADER_CANCELLED
