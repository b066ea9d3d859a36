"""What waits for one person around the pack: the pack itself, young people's page, decisions, challenges."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import takewhile

from engage.accounts.rules import Person, Role
from engage.analysis.queries import frozen
from engage.pqa.queries.decisions import decisions_for, open_challenges
from engage.pqa.queries.packs import Line, calendar, youth_page
from engage.pqa.rules.quarters import SOON, Quarter, quarter_of
from engage.shared.waiting import Waiting

WRITE = timedelta(days=28)  # before the meeting, from when ambassadors are asked for their page
PACKS, DECISIONS, OUR_PAGE = "/desk/packs/", "/desk/decisions/", "/desk/our-page/"
PREPARES = frozenset({Role.PQA, Role.VOICE})
CONCERNED = PREPARES | {Role.AMBASSADOR}


def waiting(person: Person, today: date) -> list[Waiting]:
    """Everything around the pack that this person can act on now."""
    found: list[Waiting] = []
    if person.roles & CONCERNED:
        lines = _unissued(today)
        found += [*_of_packs(person, lines, today), *_of_page(person, lines, today)]
    return [*found, *_of_challenges(person, today), *_of_decisions(person, today)]


def _unissued(today: date) -> list[Line]:
    """The quarter that runs and the one before, as far back as no pack is issued."""
    now = quarter_of(today)
    lines = calendar(today=today, first=now.before, last=now)
    return list(takewhile(lambda line: line.standing is None, lines))


def _of_packs(person: Person, lines: list[Line], today: date) -> Iterator[Waiting]:
    if not person.roles & PREPARES:
        return
    for line in lines:
        address = f"{PACKS}{line.quarter.code}"
        if line.due_on and today >= line.due_on - SOON:
            yield Waiting(f"The pack is due: {line.quarter.name}", 1, line.due_on, address, late=line.late)
        elif line.meets_on is None and _is_over(line.quarter, today) and Role.PQA in person.roles and frozen():
            yield Waiting(f"Set the day the panel meets on {line.quarter.name}", 1, None, address)


def _of_page(person: Person, lines: list[Line], today: date) -> Iterator[Waiting]:
    if person.roles != {Role.AMBASSADOR}:
        return
    for line in lines:
        if line.meets_on and today >= line.meets_on - WRITE and youth_page(line.quarter) is None:
            yield Waiting(
                "Write young people's page for the panel", 1, line.due_on, f"{OUR_PAGE}{line.quarter.code}", line.late
            )


def _of_challenges(person: Person, today: date) -> list[Waiting]:
    if not person.roles & PREPARES:
        return []
    mine = [one for one in open_challenges(today=today) if one.made_by != person.id]
    if not mine:
        return []
    oldest = min(one.made_on for one in mine)
    return [Waiting("Answer a challenge", len(mine), oldest, DECISIONS, late=any(one.late for one in mine))]


def _of_decisions(person: Person, today: date) -> list[Waiting]:
    own = [one for one in decisions_for(person, today=today) if one.owner_id == person.id and one.done_on is None]
    if not own:
        return []
    late = any(one.late for one in own)
    return [Waiting("Decisions of the panel that are yours", len(own), min(one.due_on for one in own), DECISIONS, late)]


def _is_over(quarter: Quarter, today: date) -> bool:
    return quarter.last < today
