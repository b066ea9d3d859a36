"""What the public page says about a forum: whether one can still come, in words, never a count that goes down."""

from dataclasses import dataclass
from datetime import datetime

from engage.forums.rules.forums import Forum
from engage.forums.rules.places import YOUNG_PLACES, room
from engage.shared.clock import LONDON
from engage.shared.words import N_

FEW = 0.15  # of the young people's places
OVER = ("ended", "fed_back")
TAKES = ("open", "full")
PLACES_LEFT = N_("There are places")
FEW_LEFT = N_("A few places left")
NONE_LEFT = N_("Full: you can wait for a place")
STATE_WORDS = {
    "full": N_("Full: you can wait for a place"),
    "closed": N_("Sign-up is over"),
    "live": N_("It is happening now"),
    "ended": N_("It is over"),
    "fed_back": N_("It is over, and there is an answer"),
    "cancelled": N_("Cancelled"),
}
WHY = {
    "full": N_("If you sign up now, you wait in line. When a place is free, we write to you and keep it for a day."),
    "cancelled": N_("We are sorry. Everybody who signed up has been told. If you had a place, you need do nothing."),
    "closed": N_("Nobody can sign up any more. If you have a place, your link still works."),
}


@dataclass(frozen=True)
class Shown:
    """One forum on the public pages: `places` and `why` are words, to be translated where they are shown."""

    forum: Forum
    places: str
    why: str
    takes_sign_ups: bool
    owes_answer: bool = False

    @property
    def is_over(self) -> bool:
        """True when it has been held."""
        return self.forum.state in OVER


def shown(forum: Forum, *, at: datetime) -> Shown:
    """Say how a forum stands at this moment."""
    state = forum.state
    if state in TAKES and at >= forum.closes_at:
        state = "closed"
    places = STATE_WORDS.get(state) or _places_left(forum)
    why = WHY["full"] if places == NONE_LEFT else WHY.get(state, "")
    promised = forum.plan.promised_on
    late = forum.state == "ended" and promised is not None and promised < at.astimezone(LONDON).date()
    return Shown(forum, places, why, takes_sign_ups=state in TAKES, owes_answer=late)


def _places_left(forum: Forum) -> str:
    limits = forum.plan.limits
    left = sum(room(place, forum.taken, limits) for place in YOUNG_PLACES)
    if left < 1:
        return NONE_LEFT
    return FEW_LEFT if left <= FEW * sum(limits.of(place) for place in YOUNG_PLACES) else PLACES_LEFT
