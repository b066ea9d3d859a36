"""Everything that waits for one person, from every feature, oldest first."""

from datetime import date

from engage.accounts.rules import Person
from engage.analysis import queries as analysis
from engage.safeguarding import queries as safeguarding
from engage.shared.waiting import Waiting
from engage.surveys.queries import waiting as surveys
from engage.youwesaid.queries import waiting as youwesaid

def letters(person: Person, today: date) -> list[Waiting]:
    """Letters that were given up or cannot leave, for whoever can do something about it."""
    lines = outbox.unsent() if person.roles & {Role.VOICE, Role.ADMIN} else []
    failed = [line for line in lines if line.state == outbox.FAILED]
    stuck = [line for line in lines if line.state != outbox.FAILED and line.way not in outbox.ways_here()]
    found = [
        Waiting("A letter could not be sent", len(failed), _oldest(failed, today), LETTERS),
        Waiting("A letter waits: nothing is set to send it", len(stuck), _oldest(stuck, today), LETTERS),
    ]
    return [line for line in found if line.count and not demo()]


SOURCES = (safeguarding.waiting, analysis.waiting, surveys.waiting, youwesaid.waiting)


def waiting(person: Person, today: date) -> list[Waiting]:
    """What waits for this person: the oldest first, what has no day last."""
    found = [line for source in SOURCES for line in source(person, today)]
    return sorted(found, key=lambda line: (line.since is None, line.since or today, not line.late))
