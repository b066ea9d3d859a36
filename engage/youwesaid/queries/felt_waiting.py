"""What waits for one person among felt-checks: the concerns to ask about."""

from datetime import date

from engage.accounts.rules import Person, Role
from engage.shared.waiting import Waiting
from engage.youwesaid.queries.felt_check import due

HERE = "/desk/felt/"


def waiting_to_ask(person: Person, today: date) -> list[Waiting]:
    """The concerns to ask young people about: late once twelve weeks have gone since they were done."""
    found = due(person, today=today) if Role.VOICE in person.roles else []
    if not found:
        return []
    late = any(one.late for one in found)
    return [Waiting("Ask young people whether they notice", len(found), found[0].since, HERE, late)]
