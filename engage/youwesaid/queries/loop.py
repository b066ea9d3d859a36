"""How well the loop closes: the one place the scoreboard comes from, for every page, pack and feed."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from flask import current_app
from sqlalchemy import select

from engage.analysis import queries as analysis
from engage.analysis.method import loop
from engage.analysis.method.loop import Said
from engage.analysis.method.records import Proportion
from engage.analysis.queries.themes import living
from engage.safeguarding.queries.reading_times import minutes_to_read
from engage.shared import db
from engage.shared.clock import LONDON, now
from engage.youwesaid.models import (
    ActionRow,
    ConcernHistoryRow,
    ConcernRow,
    ConcernThemeRow,
    FeltCheckRow,
    NotedThemeRow,
)
from engage.youwesaid.queries.public import public_concerns
from engage.youwesaid.rules.loop import ANSWERS, OVER, NotHeard, Open, Scoreboard, said_minutes


@dataclass(frozen=True)
class _Way:
    """One public concern and what has happened to it by a day."""

    row: ConcernRow
    said: Said


@dataclass(frozen=True)
class _Facts:
    """The public lines of a concern, when its last action was verified, what its last felt-check said."""

    told: tuple[tuple[date, str], ...]
    did_on: date | None
    felt: bool | None

    def said_of(self, row: ConcernRow) -> Said:
        answers = [(day, state) for day, state in self.told if state in ANSWERS]
        return Said(
            said_on=row.said_on,
            promised_by=row.first_promised_on,
            answered_on=max(answers[0][0], row.said_on) if answers else None,
            did_on=self.did_on and max(self.did_on, row.said_on),
            felt=self.felt,
            cannot=bool(answers) and answers[-1][1] == "cannot",
        )


def scoreboard(*, on: date, since: date | None = None) -> Scoreboard:
    """Measure the loop as it stood at the end of a day, over public concerns said from `since` on.

    The same call gives the same record on every page. Themes and unread answers are counted whatever `since` says. A
    day in the past counts what had happened by then, of the concerns and actions known today.
    """
    everything = _ways(on)
    ways = [way for way in everything if since is None or way.said.said_on >= since]
    said = [way.said for way in ways]
    return Scoreboard(
        on=on,
        since=since,
        concerns=len(said),
        answered=sum(one.answered_on is not None for one in said),
        kept=loop.answered_by_promise(said, today=on),
        to_answer=loop.time_from_said(said, "answered", today=on) if said else None,
        to_do=loop.time_from_said(said, "did", today=on) if said else None,
        longest_open=loop.longest_open(said, today=on),
        open=_open(ways, on),
        cannot=loop.share_cannot(said),
        felt=loop.share_felt(said),
        unread_since=analysis.oldest_unread(on),
        alerts_read_in=_alerts_read_in(on, since),
        themes=_themes(everything),
        not_heard=_not_heard(),
    )


def _ways(on: date) -> list[_Way]:
    rows = public_concerns().where(ConcernRow.said_on <= on).order_by(ConcernRow.said_on, ConcernRow.id)
    found = list(db.session.scalars(rows))
    ids = [row.id for row in found]
    told, did, felt = _told(ids, on), _did(ids, on), _felt(ids, on)
    return [
        _Way(row, _Facts(tuple(told[row.id]), did.get(row.id), felt.get(row.id)).said_of(row))
        for row in found
        if row.id in told
    ]


def _told(ids: list[int], on: date) -> dict[int, list[tuple[date, str]]]:
    """The public lines of each concern, oldest first; a concern without one was not public yet."""
    lines = select(ConcernHistoryRow.concern_id, ConcernHistoryRow.on, ConcernHistoryRow.state)
    lines = lines.where(ConcernHistoryRow.concern_id.in_(ids), ConcernHistoryRow.public, ConcernHistoryRow.on <= on)
    found: dict[int, list[tuple[date, str]]] = {}
    for concern_id, day, state in db.session.execute(lines.order_by(ConcernHistoryRow.on, ConcernHistoryRow.id)):
        found.setdefault(concern_id, []).append((day, state))
    return found


def _did(ids: list[int], on: date) -> dict[int, date]:
    """The day the last action was verified, of concerns whose every action is over: as slow as the slowest."""
    rows = select(ActionRow.concern_id, ActionRow.state, ActionRow.verified_on).where(ActionRow.concern_id.in_(ids))
    days: dict[int, list[date | None]] = {}
    for concern_id, state, verified_on in db.session.execute(rows.order_by(ActionRow.id)):
        if state != "not_done":
            days.setdefault(concern_id, []).append(verified_on if state in OVER else None)
    verified = {one: [day for day in each if day is not None and day <= on] for one, each in days.items()}
    return {one: max(kept) for one, kept in verified.items() if kept and len(kept) == len(days[one])}


def _felt(ids: list[int], on: date) -> dict[int, bool]:
    """What the last felt-check said that enough young people answered."""
    rows = (
        select(FeltCheckRow.concern_id, FeltCheckRow.verdict)
        .where(FeltCheckRow.concern_id.in_(ids), FeltCheckRow.reported_on <= on, FeltCheckRow.verdict != "too few")
        .order_by(FeltCheckRow.reported_on, FeltCheckRow.id)
    )
    return {concern_id: verdict == "felt" for concern_id, verdict in db.session.execute(rows)}


def _open(ways: Iterable[_Way], on: date) -> tuple[Open, ...]:
    waiting = [way for way in ways if way.said.answered_on is None]
    found = [
        Open(
            way.row.id, way.row.slug, way.row.title, way.row.said_on, way.row.promised_on,
            (on - way.row.said_on).days, way.row.promised_on < on,
        )
        for way in waiting
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda one: (-one.days, one.concern_id)))


def _alerts_read_in(on: date, since: date | None) -> int | None:
    end = min(now(), datetime.combine(on + timedelta(days=1), time.min, LONDON))
    start = None if since is None else datetime.combine(since, time.min, LONDON)
    minutes = minutes_to_read(end, since=start)
    return said_minutes(loop.slowest(minutes), alerts=len(minutes))


def _not_heard() -> NotHeard | None:
    """What the panel's results say, handed in by `create_app`: this feature may not know them."""
    asked: Callable[[], NotHeard | None] = current_app.extensions["not_heard"]
    return asked()


def _themes(ways: Iterable[_Way]) -> Proportion | None:
    in_use = {theme.id for theme in analysis.themes("selected")}
    answered = [way.row.id for way in ways if way.said.answered_on is not None]
    behind = select(ConcernThemeRow.theme_id).where(ConcernThemeRow.concern_id.in_(answered))
    told = set(db.session.scalars(behind.order_by(ConcernThemeRow.theme_id)))
    noted = set(db.session.scalars(select(NotedThemeRow.theme_id).order_by(NotedThemeRow.theme_id)))
    ends = living(told | noted)
    told_now = {ends[theme] for theme in told} & in_use
    return loop.share_of_themes(len(told_now), len({ends[theme] for theme in noted} & in_use - told_now), len(in_use))
