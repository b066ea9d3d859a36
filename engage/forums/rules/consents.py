"""Who may say yes for whom, to what, and in which words."""

import hashlib
from dataclasses import dataclass
from enum import StrEnum

from engage.shared.errors import NotAllowed, NotValid
from engage.shared.words import N_

OWN_CONSENT_FROM = 16


class Purpose(StrEnum):
    """One thing that is agreed to or not, each for itself; refusing photos never blocks attending."""

    ATTEND = "attend"
    LEAVE_ALONE = "leave_alone"
    PHOTO_INSIDE = "photo_inside"
    PHOTO_PUBLIC = "photo_public"
    MEDICAL = "medical"


class Relation(StrEnum):
    """Who consents, and on what authority."""

    SELF = "self"
    PARENT = "parent"
    CARER = "carer"
    DELEGATED_CARER = "delegated_carer"
    LOCAL_AUTHORITY = "local_authority"


ADULTS = (Relation.PARENT, Relation.CARER, Relation.DELEGATED_CARER, Relation.LOCAL_AUTHORITY)
FOR_LOOKED_AFTER = (Relation.DELEGATED_CARER, Relation.LOCAL_AUTHORITY)
RELATION_NAMES = {
    Relation.SELF: N_("Myself: I am 16 or older"),
    Relation.PARENT: N_("Parent"),
    Relation.CARER: N_("Carer with parental responsibility"),
    Relation.DELEGATED_CARER: N_("Foster carer or key worker with delegated authority"),
    Relation.LOCAL_AUTHORITY: N_("Social worker, for the local authority"),
}
SAID_NO = ("refused", "withdrawn")
ASK_TEAM = N_(
    "Your adult has said no, so you cannot choose another adult by yourself. If somebody else should decide, talk to "
    "the team: they look at it with you. Your adult can still change their no to a yes."
)
# The exact words somebody agrees to; what is stored is their fingerprint, so a change of words is a new consent.
WORDING = {
    Purpose.ATTEND: N_("They may come to this forum."),
    Purpose.LEAVE_ALONE: N_("They may leave on their own when it ends."),
    Purpose.PHOTO_INSIDE: N_("They may be in photos that only the partnership's own staff see."),
    Purpose.PHOTO_PUBLIC: N_("They may be in photos that anybody can see, without their name."),
    Purpose.MEDICAL: N_("The team may tell a doctor or ambulance about the needs written here, in an emergency."),
}
WORDING_SELF = {
    Purpose.ATTEND: N_("I want to come to this forum."),
    Purpose.LEAVE_ALONE: N_("I leave on my own when it ends."),
    Purpose.PHOTO_INSIDE: N_("I may be in photos that only the partnership's own staff see."),
    Purpose.PHOTO_PUBLIC: N_("I may be in photos that anybody can see, without my name."),
    Purpose.MEDICAL: N_("The team may tell a doctor or ambulance about the needs written here, in an emergency."),
}


@dataclass(frozen=True)
class Answers:
    """What one adult (or the young person, from 16) answered: for every purpose yes or no; missing ones are no.

    `how` is how it came: "link", "paper", "phone" (told to the team, who wrote it down).
    """

    given: frozenset[Purpose]
    relation: Relation
    name: str = ""
    how: str = "link"


def needs_adult(age: int) -> bool:
    """Answer whether somebody of this age on the day needs an adult's consent."""
    return age < OWN_CONSENT_FROM


def may_say_yes(relation: Relation, *, looked_after: bool) -> bool:
    """Answer whether an adult of this kind may say yes for somebody under 16, by whether they are in care."""
    return relation in FOR_LOOKED_AFTER if looked_after else relation not in (Relation.SELF, Relation.LOCAL_AUTHORITY)


def check_right_adult(relation: Relation, *, age: int, looked_after: bool) -> None:
    """Raise `NotAllowed` when it is not for this person to say yes."""
    if relation is Relation.SELF:
        if needs_adult(age):
            raise NotAllowed(N_("Under 16, an adult who looks after you says yes as well"))
        return
    if may_say_yes(relation, looked_after=looked_after):
        return
    if looked_after:
        raise NotAllowed(
            N_("For a young person in care, the social worker says yes, or a carer with delegated authority")
        )
    raise NotAllowed(N_("The local authority says yes only for a young person in its care"))


def check_adult_decides(relation: Relation, *, age: int) -> None:
    """Raise `NotAllowed` when an adult would decide for somebody who is 16 on the day: they decide alone."""
    if relation is not Relation.SELF and not needs_adult(age):
        raise NotAllowed(N_("The forum has begun or is over, or this young person decides for themselves."))


def check_wanted(*, declined: bool) -> None:
    """Raise `NotValid` when an adult would sign for a young person who has said no."""
    if declined:
        raise NotValid(N_("The young person has said that they do not want to come, so there is nothing to sign"))


def check_may_name(*, adult_said_no: bool) -> None:
    """Raise `NotAllowed` when a young person would get round an adult's no by naming another adult."""
    if adult_said_no:
        raise NotAllowed(ASK_TEAM)


def wording_hash(purpose: Purpose, relation: Relation) -> str:
    """The fingerprint of the exact words that were agreed to."""
    words = (WORDING_SELF if relation is Relation.SELF else WORDING)[purpose]
    return hashlib.sha256(words.encode()).hexdigest()


def photo_colour(given: frozenset[Purpose]) -> str:
    """The colour on the badge: "green" anybody may see a photo, "amber" inside only, "red" no photo."""
    if Purpose.PHOTO_PUBLIC in given:
        return "green"
    return "amber" if Purpose.PHOTO_INSIDE in given else "red"
