"""Everything that waits for one person, from every feature: somebody's safety first, then the oldest."""

from dataclasses import dataclass
from datetime import date, datetime

from engage.accounts.rules import Person, Role
from engage.analysis import queries as analysis
from engage.analysis.queries.emerging import waiting_to_decide
from engage.analysis.queries.rereading import waiting_to_reread
from engage.claims.queries import waiting as claims
from engage.forums.queries.desk import waiting as forums
from engage.forums.queries.door import waiting_at_door
from engage.pqa.queries import waiting as pqa
from engage.safeguarding import queries as safeguarding
from engage.shared import heartbeat, outbox
from engage.shared.clock import LONDON
from engage.shared.waiting import Waiting
from engage.surveys.queries import waiting as surveys
from engage.youwesaid.queries import waiting as youwesaid
from engage.youwesaid.queries.felt_waiting import waiting_to_ask

SOURCES = (
    safeguarding.waiting, waiting_at_door, analysis.waiting, waiting_to_reread, waiting_to_decide, surveys.waiting,
    forums, youwesaid.waiting, waiting_to_ask, pqa.waiting, claims,
)  # fmt: skip
LETTERS = "/desk/letters/"
TOLD_OF_SILENCE = frozenset({Role.VOICE, Role.SAFEGUARDING, Role.ADMIN})  # who reads, and who can start it again


@dataclass(frozen=True)
class Silence:
    """Words lie unscreened `since` when (London time; None: no worker ever ran); `lives` where one runs and hangs."""

    since: datetime | None
    lives: bool


def silence(person: Person, at: datetime) -> Silence | None:
    """Say that no worker runs, or screens, to whoever must know; None while one does. This asks no worker."""
    if not person.roles & TOLD_OF_SILENCE:
        return None
    trouble = heartbeat.trouble(at)
    return Silence(trouble.since and trouble.since.astimezone(LONDON), trouble.lives) if trouble else None


def waiting(person: Person, today: date) -> list[Waiting]:
    """What waits for this person: somebody's safety before all else, then the oldest, what has no day last."""
    found = [line for source in (*SOURCES, _letters) for line in source(person, today)]
    return sorted(found, key=lambda line: (not line.safety, line.since is None, line.since or today, not line.late))


def _letters(person: Person, _today: date) -> list[Waiting]:
    stuck = outbox.stuck() if person.roles & {Role.VOICE, Role.ADMIN} else []
    since = min((letter.due_at.date() for letter in stuck), default=None)
    return [Waiting("See to a letter that could not leave", len(stuck), since, LETTERS)] if stuck else []
