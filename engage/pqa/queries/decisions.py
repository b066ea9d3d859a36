"""Read decisions of the panel, challenges, and what waits for whom."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, select, true
from sqlalchemy.orm import aliased

from engage.accounts.models import PersonRow
from engage.accounts.rules import Person, Role
from engage.pqa.models import ChallengeRow, DecisionRow, PackRow
from engage.pqa.rules.decisions import is_late
from engage.pqa.rules.quarters import Quarter, quarter_named
from engage.shared import db
from engage.shared.errors import NotFound
from engage.shared.words import N_

PANEL = frozenset({Role.PQA, Role.VOICE, Role.SCRUTINEER})


@dataclass(frozen=True)
class Decision:
    """One decision of the panel; `late` when its day has passed and nobody said what came of it."""

    id: int
    quarter: Quarter
    version: int
    words: str
    views_changed: str
    owner_id: int
    owner: str
    due_on: date
    decided_on: date
    came_of_it: str
    done_on: date | None
    late: bool


@dataclass(frozen=True)
class Challenge:
    """One challenge to a pack, with its answer; `late` after four weeks without one."""

    id: int
    quarter: Quarter
    version: int
    words: str
    made_by: int
    by: str
    made_on: date
    answer: str
    answerer: str
    answered_on: date | None
    late: bool


def decisions_for(person: Person, *, today: date) -> list[Decision]:
    """Every decision for who sits on or beside the panel, for others their own: open ones first, the next due first."""
    mine = true() if person.roles & PANEL else DecisionRow.owner_id == person.id
    return _decisions(mine, today)


def decision_of(decision_id: int, person: Person, *, today: date) -> Decision:
    """One decision that this person has to see to. Raises `NotFound` for another's."""
    for one in _decisions(DecisionRow.id == decision_id, today):
        if one.owner_id == person.id:
            return one
    raise NotFound(N_("There is no such decision, or it is somebody else's to see to."))


def decisions_of(quarter: Quarter, *, today: date) -> list[Decision]:
    """What was decided on one quarter's pack."""
    return _decisions(PackRow.quarter == quarter.code, today)


def decided_between(since: date, until: date, *, today: date) -> list[Decision]:
    """What was decided from one day to another."""
    return _decisions(DecisionRow.decided_on.between(since, until), today)


def decisions_done_between(since: date, until: date, *, today: date) -> list[Decision]:
    """The decisions that were done from one day to another."""
    return _decisions(DecisionRow.done_on.between(since, until), today)


def open_decisions(*, before: Quarter, today: date) -> list[Decision]:
    """The decisions on earlier quarters' packs that are not done."""
    earlier = PackRow.quarter < before.code
    return [one for one in _decisions(earlier, today) if one.done_on is None]


def challenges(*, today: date, quarter: Quarter | None = None) -> list[Challenge]:
    """Every challenge (or those to one quarter's pack), those without an answer first, then the newest."""
    which = true() if quarter is None else PackRow.quarter == quarter.code
    return _challenges(which, today)


def open_challenges(*, today: date) -> list[Challenge]:
    """The challenges that nobody has answered."""
    return _challenges(ChallengeRow.answered_on.is_(None), today)


def challenge(challenge_id: int, *, today: date) -> Challenge:
    """One challenge. Raises `NotFound`."""
    found = _challenges(ChallengeRow.id == challenge_id, today)
    if not found:
        raise NotFound(N_("There is no such challenge."))
    return found[0]


def _decisions(which: ColumnElement[bool], today: date) -> list[Decision]:
    rows = db.session.execute(
        select(DecisionRow, PackRow.quarter, PackRow.version, PersonRow.name)
        .join(PackRow, PackRow.id == DecisionRow.pack_id)
        .join(PersonRow, PersonRow.id == DecisionRow.owner_id)
        .where(which)
        .order_by(DecisionRow.done_on.is_not(None), DecisionRow.due_on, DecisionRow.id)
    ).tuples()
    return [
        Decision(
            row.id, quarter_named(quarter), version, row.words, row.views_changed, row.owner_id, owner, row.due_on,
            row.decided_on, row.came_of_it, row.done_on, row.done_on is None and row.due_on < today,
        )
        for row, quarter, version, owner in rows
    ]  # fmt: skip


def _challenges(which: ColumnElement[bool], today: date) -> list[Challenge]:
    rows = db.session.execute(_with_names().where(which)).tuples()
    return [
        Challenge(
            row.id, quarter_named(quarter), version, row.words, row.made_by, by, row.made_on, row.answer,
            answerer or "", row.answered_on, row.answered_on is None and is_late(row.made_on, today=today),
        )
        for row, quarter, version, by, answerer in rows
    ]  # fmt: skip


def _with_names() -> Select[tuple[ChallengeRow, str, int, str, str]]:
    maker, answerer = aliased(PersonRow), aliased(PersonRow)
    return (
        select(ChallengeRow, PackRow.quarter, PackRow.version, maker.name, answerer.name)
        .join(PackRow, PackRow.id == ChallengeRow.pack_id)
        .join(maker, maker.id == ChallengeRow.made_by)
        .outerjoin(answerer, answerer.id == ChallengeRow.answered_by)
        .order_by(ChallengeRow.answered_on.is_not(None), ChallengeRow.made_on.desc(), ChallengeRow.id.desc())
    )
