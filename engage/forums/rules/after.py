"""After a forum: when we write to whom, and what an answer is."""

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from engage.forums.rules.forums import Forum
from engage.shared.clock import LONDON
from engage.shared.errors import NotOpen, NotValid
from engage.shared.words import N_

REMIND_BEFORE = timedelta(hours=48)
THANK_AFTER = timedelta(hours=12)
THANK_UNTIL = timedelta(days=5)
WAKING = (time(9), time(19))  # nobody's phone rings at night because of us
HELD = ("ended", "fed_back")
CONCERN = re.compile(r"(?:https?://[^/\s]+)?(?:/you-said-we-did/)?([a-z0-9-]{0,120})/?")


@dataclass(frozen=True)
class NewAnswer:
    """What happened because of a forum, as everybody may read it; `concern` is what follows /you-said-we-did/."""

    words: str
    concern: str = ""


def letter_due(forum: Forum, *, at: datetime) -> str:
    """The letter that is due about a forum now: "reminder", "thanks", or "" for none; never at night."""
    if not WAKING[0] <= at.astimezone(LONDON).time() < WAKING[1]:
        return ""
    if forum.state in ("open", "full", "closed") and forum.starts_at - REMIND_BEFORE <= at < forum.doors_at:
        return "reminder"
    if forum.state in HELD and forum.ends_at + THANK_AFTER <= at < forum.ends_at + THANK_UNTIL:
        return "thanks"
    return ""


def concern_of(typed: str) -> str:
    """Give the last part of a concern's public address, from all of it or a part. Raises `NotValid`."""
    found = CONCERN.fullmatch(typed.strip())
    if found is None:
        raise NotValid(N_("Copy the address of the concern's public page, or leave it empty"))
    return found[1]


def check_held(forum: Forum) -> None:
    """Raise `NotOpen` before a forum was held."""
    if forum.state not in HELD:
        raise NotOpen(N_("Say what happened once the forum is over"))
