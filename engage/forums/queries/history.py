"""What the audit still knows of a sign-up when the row itself says something newer."""

from dataclasses import dataclass
from datetime import datetime

from engage.accounts.queries import audit_of
from engage.forums.rules.consents import Relation

ADULT_SAID_NO = "said no for a young person"
LEADER_CANCELLED = "cancelled a place with the whole group"
CANCELLED = "cancelled a sign-up"


@dataclass(frozen=True)
class AdultNo:
    """One no of an adult to coming: when (UTC), who they are, and how it came ("taken back": after a yes)."""

    at: datetime
    relation: Relation
    how: str


def adult_noes(sign_up_id: int) -> list[AdultNo]:
    """Every no of an adult to somebody's coming, in order, also where another adult was asked since."""
    lines = audit_of(f"sign-up {sign_up_id}", ADULT_SAID_NO)
    found = [(line.at, *line.reason.partition(", ")[::2]) for line in lines]
    return [AdultNo(at, Relation(relation), how) for at, relation, how in found]


def leader_cancelled(sign_up_id: int) -> bool:
    """True when the last who cancelled this place was the leader of the group, for everybody in it."""
    lines = audit_of(f"sign-up {sign_up_id}", CANCELLED, LEADER_CANCELLED, ADULT_SAID_NO)
    return bool(lines) and lines[-1].did == LEADER_CANCELLED
