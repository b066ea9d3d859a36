"""Answers to be read a second time, blind, and what that says of the first reading."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, case, func, select

from engage.accounts.rules import Person
from engage.analysis.models import DrawRow, ExcerptRow, RereadRow
from engage.analysis.queries.reading import excerpt_records
from engage.analysis.queries.waiting import READERS
from engage.analysis.rules import Piece, pieces
from engage.analysis.rules.rereading import WEEK, Missed
from engage.shared import db
from engage.shared.waiting import Waiting
from engage.surveys.queries.places import places

REREADING = "/desk/rereading/"
STILL_THERE = ExcerptRow.words.is_not(None)


@dataclass(frozen=True)
class Blind:
    """An answer as its second reader sees it: no reason of the screen, no theme, nobody's name."""

    id: str
    place: str
    question: str
    language: str
    words: str

    @property
    def pieces(self) -> tuple[Piece, ...]:
        return tuple(pieces(self.words))


def next_blind(person: Person) -> tuple[Blind | None, int]:
    """The next answer for this person to read a second time, and how many there are for them."""
    mine = select(ExcerptRow).join(RereadRow, RereadRow.excerpt_key == ExcerptRow.key).where(_waits_for(person.id))
    rows = list(db.session.scalars(mine.order_by(RereadRow.week, ExcerptRow.key)))
    return (_blind(rows[0]) if rows else None), len(rows)


def for_others(person: Person) -> int:
    """How many answers wait that this person read the first time, so that somebody else reads them again."""
    asked = select(func.count(RereadRow.excerpt_key)).join(ExcerptRow, ExcerptRow.key == RereadRow.excerpt_key)
    return db.session.scalar(asked.where(RereadRow.read_by.is_(None), STILL_THERE, ~_not_first(person.id))) or 0


def missed_by_week() -> list[Missed]:
    """What each week's draw came to, the newest first."""
    asked = (
        select(
            DrawRow.week,
            DrawRow.drawn,
            func.count(RereadRow.read_by),
            func.sum(case((RereadRow.worrying.is_(True), 1), else_=0)),
        )
        .outerjoin(RereadRow, RereadRow.week == DrawRow.week)
        .where(DrawRow.drawn > 0)
        .group_by(DrawRow.week, DrawRow.drawn)
        .order_by(DrawRow.week.desc())
    )
    return [Missed(week, drawn, read, worrying or 0) for week, drawn, read, worrying in db.session.execute(asked)]


def missed_in_all(weeks: list[Missed]) -> Missed:
    """All weeks together."""
    return Missed(
        None, sum(one.drawn for one in weeks), sum(one.read for one in weeks), sum(one.worrying for one in weeks)
    )


def waiting_to_reread(person: Person, today: date) -> list[Waiting]:
    """What waits for this person to read a second time."""
    if not person.roles & READERS:
        return []
    asked = select(func.count(RereadRow.excerpt_key), func.min(RereadRow.week))
    count, week = db.session.execute(
        asked.join(ExcerptRow, ExcerptRow.key == RereadRow.excerpt_key).where(_waits_for(person.id))
    ).one()
    since = week + WEEK if week else None
    late = since is not None and since + WEEK <= today
    return [Waiting("Answers to read a second time, blind", count, since, REREADING, late)] if count else []


def _waits_for(person_id: int) -> ColumnElement[bool]:
    return and_(RereadRow.read_by.is_(None), STILL_THERE, _not_first(person_id))


def _not_first(person_id: int) -> ColumnElement[bool]:
    return and_(
        RereadRow.first_reader != person_id, func.coalesce(ExcerptRow.read_by, RereadRow.first_reader) != person_id
    )


def _blind(row: ExcerptRow) -> Blind:
    found = next(iter(excerpt_records([row], places())))
    return Blind(found.id, found.place, found.question, found.language, found.words)
