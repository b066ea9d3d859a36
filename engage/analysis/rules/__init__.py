"""What the analysis is about, the states of a theme, and how many of a thing may be said; no database."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from engage.accounts.rules import Role
from engage.analysis.method.records import Cell
from engage.shared.clock import LONDON
from engage.shared.counts import shown
from engage.shared.states import Move, States
from engage.shared.words import N_

VOICE = frozenset({Role.VOICE})
LIVING = ("candidate", "selected")
THEME = States(
    "theme",
    ("candidate", "selected", "retired"),
    (
        Move("select", ("candidate",), "selected", VOICE, N_("Use this theme")),
        Move("merge", LIVING, "retired", VOICE, N_("Merge into another theme")),
        Move("retire", LIVING, "retired", VOICE, N_("Put away")),
        Move("bring_back", ("retired",), "selected", VOICE, N_("Use it again")),
    ),
)
SMALLEST_SHOWN = 8  # rules.md N1; fewer people than this are never said
SMALLEST_REPORTED = 8  # responses behind a theme before receipts may be tied to it
REASONS = {  # for opening an answer as it was written; the same half hour as for alerts
    "safe": "To see whether somebody is safe",
    "sense": "The redacted words make no sense",
    "taken": "To check what was taken out",
    "asked": "Somebody with a right to it asked",
}
PLACEHOLDER = re.compile(r"\[[a-z ]{3,40}\]")


@dataclass(frozen=True)
class Naming:
    """What a person calls a theme, what belongs to it, and whether it must never be ticked as somebody's own."""

    name: str
    definition: str
    sensitive: bool


@dataclass(frozen=True)
class Piece:
    """A run of redacted words; `gone` marks a placeholder for a personal detail."""

    words: str
    gone: bool


def sent_by(day: date | None, wanted_since: datetime) -> datetime:
    """Give the moment from which an alert waits: nobody kept when its words were sent, only the day (UTC, with zone).

    All that waits to be read was sent after `wanted_since`; where that is another day than it was sent on, the day's
    first moment counts, so that nothing waits unseen behind a worker that stood still.
    """
    if day is None or day == wanted_since.astimezone(LONDON).date():
        return wanted_since
    return datetime.combine(day, time.min, LONDON).astimezone(UTC)


def pieces(words: str) -> Iterator[Piece]:
    """Cut redacted words where something personal was taken out."""
    end = 0
    for found in PLACEHOLDER.finditer(words):
        if found.start() > end:
            yield Piece(words[end : found.start()], gone=False)
        yield Piece(found[0], gone=True)
        end = found.end()
    if end < len(words):
        yield Piece(words[end:], gone=False)


def counted(what: str, count: int, minimum: int = SMALLEST_SHOWN) -> Cell:
    """Say a single count the way it may be said: below the minimum hidden, else to the nearest five."""
    return Cell((what,), shown(count, max(minimum, SMALLEST_SHOWN)))


def reasons(why: str | None) -> tuple[tuple[str, str], ...]:
    """What the screen noticed, as (kind, phrase)."""
    lines = (line.partition(": ") for line in (why or "").splitlines())
    return tuple((kind, phrase) for kind, _, phrase in lines if phrase)


def said_reasons(noticed: Iterable[tuple[str, str]]) -> str:
    """Write (kind, phrase) the way `reasons` reads it."""
    return "\n".join(f"{kind}: {' '.join(phrase.split())}" for kind, phrase in noticed)
