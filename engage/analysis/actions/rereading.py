"""Draw a twentieth of what was passed over, and keep what a second reader, who sees it blind, says of it."""

from datetime import date
from secrets import randbelow

from sqlalchemy import func, select

from engage.accounts.actions import note
from engage.accounts.rules import Person
from engage.analysis.actions.alerts import raise_by_hand
from engage.analysis.models import DrawRow, ExcerptRow, RereadRow
from engage.analysis.queries.reading import excerpt_row
from engage.analysis.rules.rereading import WEEK, check_may_reread, drawn, due_weeks
from engage.shared import db
from engage.shared.errors import NotFound
from engage.shared.words import N_

SEEDS = 2**31  # fits a column on both databases


def draw_due(today: date) -> int:
    """Draw from every week that is over and was not drawn from; gives how many answers. Safe to run again."""
    first = db.session.scalar(select(func.min(ExcerptRow.read_on)))
    last = db.session.scalar(select(func.max(DrawRow.week)))
    return sum(draw_week(week, seed=randbelow(SEEDS)) for week in due_weeks(first, last, today))


def draw_week(week: date, *, seed: int) -> int:
    """Draw from what was read in the week from this Monday and never flagged; gives how many answers."""
    before = select(RereadRow.excerpt_key)
    asked = select(ExcerptRow.key, ExcerptRow.read_by).where(
        ExcerptRow.read_on >= week, ExcerptRow.read_on < week + WEEK, ~ExcerptRow.flagged,
        ExcerptRow.words.is_not(None), ExcerptRow.key.not_in(before),
    )  # fmt: skip
    readers = {key: reader for key, reader in db.session.execute(asked) if reader is not None}
    chosen = drawn(list(readers), seed=seed)
    draw = db.insert_into(DrawRow).values(week=week, seed=seed, of=len(readers), drawn=len(chosen))
    mine = db.session.execute(draw.on_conflict_do_nothing(index_elements=["week"]).returning(DrawRow.week)).first()
    if mine is None:  # another worker's clock was there first
        return 0
    db.session.add_all(RereadRow(excerpt_key=key, week=week, first_reader=readers[key]) for key in chosen)
    db.session.flush()
    return len(chosen)


def reread(excerpt_id: str, *, worrying: bool, by: Person, today: date) -> None:
    """Keep what the second reader says; what worries them goes to the safeguarding lead at once.

    A worry is never refused, whoever read the answer before and whatever they said. For "not worrying" raises
    `NotFound` for what was not drawn, `NotAllowed` for its first reader, `NotOpen` when it is read already.
    """
    excerpt = excerpt_row(excerpt_id)
    row = db.locked(RereadRow, excerpt.key)
    firsts = {row.first_reader, excerpt.read_by} if row else set()
    if worrying:
        raise_by_hand(excerpt_id, by=by, today=today)
    elif row is None:
        raise NotFound(N_("There is no such answer to read a second time"))
    else:
        check_may_reread(firsts, by.id, is_read=row.read_by is not None)
    if row is not None and by.id not in firsts:
        row.read_on, row.read_by, row.worrying = today, by.id, worrying
    note("read an answer a second time", f"excerpt {excerpt_id[:8]}", "worrying" if worrying else "not worrying")
