"""A seven-minute briefing: its seven boxes, how long each may be, and how a team may have used it."""

from collections.abc import Mapping
from dataclasses import dataclass

from engage.shared.words import N_

LONGEST = 110  # words a box: seven of them are read in seven minutes
TOLD = "told"  # the box no briefing goes without
BOXES = {
    "why": N_("1. Why this matters"),
    TOLD: N_("2. What young people told us"),
    "known": N_("3. What else we know"),
    "done": N_("4. What has been done"),
    "practice": N_("5. What it means for your work"),
    "ask": N_("6. Questions for your team"),
    "more": N_("7. Where to go next"),
}
USES = {
    "meeting": N_("In a team meeting"),
    "supervision": N_("In supervision"),
    "training": N_("In training"),
    "alone": N_("I read it by myself"),
}


@dataclass(frozen=True)
class NewBriefing:
    """A briefing as somebody writes it: its title and the words of each box."""

    title: str
    boxes: Mapping[str, str]


def words_in(text: str) -> int:
    """Count words as a reader does."""
    return len(text.split())
