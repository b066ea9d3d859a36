"""What ended by a day: waves with their ways of asking, and forums with who came, the way it may be said."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from engage.analysis.method.records import Cell
from engage.analysis.queries.emerging import OVER
from engage.analysis.rules import counted
from engage.analysis.rules.serious import few
from engage.forums.queries.after import Attendance, answers, attendance
from engage.forums.queries.door import met_between
from engage.forums.rules.places import PLACE_NAMES
from engage.surveys.queries.waves import definition_of, waves

HELD = ("ended", "fed_back")
PRACTITIONERS = ("practice", "practitioner")  # how the code of a survey begins that practitioners answer
GROWN_UP = (*PRACTITIONERS, "families", "voluntary")  # and of all that not young people answer


@dataclass(frozen=True)
class EndedWave:
    """One wave that has ended; `asks_safety`: it has a view of the few, on a restricted page of its own.

    `pulse`: practitioners answered it; `young`: young people did.
    """

    code: str
    title: str
    closed_on: date
    mode: str
    minimum: int
    asks_safety: bool
    pulse: bool
    young: bool


@dataclass(frozen=True)
class CameByType:
    """How many of one type signed up and came; fewer than eight are hidden, the rest rounded."""

    who: str
    signed_up: Cell
    attended: Cell


@dataclass(frozen=True)
class HeldForum:
    """One forum that was held: who came, and what happened because of it, as the public reads it."""

    theme: str
    met_on: date
    came: tuple[CameByType, ...]
    happened: tuple[str, ...]


def ended_waves(*, until: date) -> list[EndedWave]:
    """The waves that had closed by a day, the last to close first."""
    over = [one for one in waves() if one.state in OVER and one.closes_on <= until]
    found = []
    for one in sorted(over, key=lambda wave: (wave.closes_on, wave.id), reverse=True):
        asked = definition_of(one)
        pulse, young = asked.code.startswith(PRACTITIONERS), not asked.code.startswith(GROWN_UP)
        facts = one.code, one.title, one.closes_on, one.mode, one.minimum
        found.append(EndedWave(*facts, any(few(asked)), pulse, young))
    return found


def next_closing(*, after: date) -> date | None:
    """The day on which the next open wave closes; None where none is open."""
    return min((one.closes_on for one in waves() if one.state == "open" and one.closes_on >= after), default=None)


def forums_held(*, since: date, until: date) -> list[HeldForum]:
    """The forums that met between two days, both included, the first to meet first."""
    came: dict[int, list[Attendance]] = {}
    for one in attendance():
        came.setdefault(one.forum_id, []).append(one)
    met = [one for one in met_between(since, until) if one.state in HELD]
    return [
        HeldForum(
            one.theme, one.meets_on, tuple(_by_type(came.get(one.id, ()))),
            tuple(answer.words for answer in answers(one.id)),
        )
        for one in met
    ]  # fmt: skip


def _by_type(came: Iterable[Attendance]) -> Iterable[CameByType]:
    for one in came:
        who = PLACE_NAMES[one.place]
        yield CameByType(who, counted(who, one.signed_up), counted(who, one.attended))
