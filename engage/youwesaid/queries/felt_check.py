"""Felt-checks as staff see them: whom to ask and when, what is open, what came of it."""

import json
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Select, func, select

from engage.accounts.rules import Person
from engage.analysis import queries as analysis
from engage.shared import db
from engage.shared.errors import NotFound
from engage.shared.words import N_
from engage.youwesaid.models import ConcernHistoryRow, ConcernRow, FeltCheckRow, FeltHandsRow
from engage.youwesaid.queries.desk import known_to
from engage.youwesaid.queries.felt_counts import asks_the_same, counts_by_way, weighed_of
from engage.youwesaid.rules.felt_check import Told, due_on, is_late, may_report


@dataclass(frozen=True)
class Due:
    """A concern that was done long enough ago to ask whether young people notice; `late` after twelve weeks."""

    concern_id: int
    title: str
    done_on: date
    since: date
    late: bool


@dataclass(frozen=True)
class Hands:
    """That a forum was asked; what it said is part of the sum."""

    id: int
    forum: str
    met_on: date


@dataclass(frozen=True)
class FeltCheck:
    """One felt-check as staff see it; `told` is there once it is reported, `may_report` tells while it is open."""

    id: int
    concern_id: int
    concern: str
    slug: str
    code: str
    opened_on: date
    closes_on: date
    wave_code: str
    item: str
    reported_on: date | None
    verdict: str
    told: Told | None
    may_report: bool = False
    hands: tuple[Hands, ...] = ()


def due(person: Person, *, today: date) -> list[Due]:
    """The concerns to ask about that this person may know of: done eight weeks ago or more, and nothing told since."""
    done, asked = done_days(), _last_asked()
    rows = db.session.scalars(known_to(person).where(ConcernRow.state == "done").order_by(ConcernRow.id))
    found = [
        Due(row.id, row.title, done[row.id], due_on(done[row.id]), is_late(done[row.id], today=today))
        for row in rows
        if row.id in done and due_on(done[row.id]) <= today and asked.get(row.id, date.min) < done[row.id]
    ]
    return sorted(found, key=lambda one: (one.since, one.concern_id))


def done_days() -> dict[int, date]:
    """The last day each concern became done."""
    days = select(ConcernHistoryRow.concern_id, func.max(ConcernHistoryRow.on))
    days = days.where(ConcernHistoryRow.state == "done", ConcernHistoryRow.words == "")
    return dict(db.session.execute(days.group_by(ConcernHistoryRow.concern_id)).tuples().all())


def checks(person: Person) -> list[FeltCheck]:
    """Every felt-check this person may know of: open ones first, then the newest."""
    order = FeltCheckRow.reported_on.is_not(None), FeltCheckRow.opened_on.desc(), FeltCheckRow.id.desc()
    return [_check(row, concern) for row, concern in db.session.execute(_checks(person).order_by(*order)).tuples()]


def check(check_id: int, person: Person, *, today: date) -> FeltCheck:
    """One felt-check with the forums that were asked, and whether it may be closed. Raises `NotFound`."""
    found = db.session.execute(_checks(person).where(FeltCheckRow.id == check_id)).tuples().one_or_none()
    if found is None:
        raise NotFound(N_("There is no such felt-check, or it is not for you to see."))
    row, concern = found
    _better, base = weighed_of(counts_by_way(row))
    hands = db.session.scalars(
        select(FeltHandsRow).where(FeltHandsRow.check_id == check_id).order_by(FeltHandsRow.met_on, FeltHandsRow.id)
    )
    return replace(
        _check(row, concern),
        may_report=row.reported_on is None and may_report(base, row.closes_on, today=today),
        hands=tuple(Hands(one.id, one.forum, one.met_on) for one in hands),
    )


def wave_questions() -> dict[str, str]:
    """The questions of waves with frozen results that ask the same, "wave item" to words."""
    found = {}
    for one in analysis.frozen():
        snapshot = analysis.snapshot(one.wave_code) if one.intact else None
        for line in snapshot.lines if snapshot else ():
            if asks_the_same(line):
                found[f"{one.wave_code} {line.item}"] = f"{one.title}: {line.words}"
    return found


def _last_asked() -> dict[int, date]:
    asked = select(FeltCheckRow.concern_id, func.max(FeltCheckRow.opened_on))
    asked = asked.where(FeltCheckRow.verdict != "too few")  # that told nothing, so it is due again
    return dict(db.session.execute(asked.group_by(FeltCheckRow.concern_id)).tuples().all())


def _checks(person: Person) -> Select[tuple[FeltCheckRow, ConcernRow]]:
    known = known_to(person).with_only_columns(ConcernRow.id)
    rows = select(FeltCheckRow, ConcernRow).join(ConcernRow, ConcernRow.id == FeltCheckRow.concern_id)
    return rows.where(FeltCheckRow.concern_id.in_(known))


def _check(row: FeltCheckRow, concern: ConcernRow) -> FeltCheck:
    return FeltCheck(
        row.id, row.concern_id, concern.title, concern.slug, row.code, row.opened_on, row.closes_on, row.wave_code,
        row.item, row.reported_on, row.verdict, Told.from_json(json.loads(row.body)) if row.body else None,
    )  # fmt: skip
