"""The coding workbench: the answer that is next, the frame beside it, how far it has come."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, case, exists, func, or_, select

from engage.analysis.models import CodedRow, CodedThemeRow, CodingRow, ExcerptRow, ThemeRow
from engage.analysis.queries.coders import coders, knows
from engage.analysis.queries.reading import Excerpt, excerpt, excerpt_records
from engage.analysis.queries.themes import in_place
from engage.analysis.rules.coding import LAST_TURN, keys_of, sampled, words_at
from engage.shared import db, wanted
from engage.shared.clock import today
from engage.shared.errors import NotFound
from engage.shared.wanted import Wanted
from engage.shared.words import N_
from engage.surveys.queries.places import Place, place, places

KINDS = {"code": "Suggestions", "agree": "How far two people agree", "themes": "Themes"}
APART = 10  # answers between two people who code at once
CODED = or_(
    exists().where(CodedRow.excerpt_key == ExcerptRow.key),
    exists().where(CodingRow.excerpt_key == ExcerptRow.key, CodingRow.confirmed_by.is_not(None), ~CodingRow.refused),
)
ORDER = (
    case((ExcerptRow.turn.is_(None), 1), (ExcerptRow.turn == LAST_TURN, 2), else_=0), ExcerptRow.turn,
    ExcerptRow.flagged.desc(), ExcerptRow.urgency.desc(), ExcerptRow.day, ExcerptRow.key,
)  # fmt: skip


@dataclass(frozen=True)
class Which:
    """What somebody codes: one wave or source, one question of it ("" for all), as `second` reader or not."""

    place: Place
    item: str = ""
    second: bool = False


@dataclass(frozen=True)
class Line:
    """A theme of the frame beside an answer; `because` are the words of the answer that made the model suggest it."""

    theme_id: int
    name: str
    definition: str
    key: str
    on: bool = False
    suggested: bool = False
    because: tuple[str, ...] = ()


@dataclass(frozen=True)
class Progress:
    """How many of the answers have been coded, by anybody."""

    done: int
    total: int


def frame_lines() -> list[Line]:
    """The themes in use in the order of the frame, each with its key."""
    found = db.session.execute(
        select(ThemeRow.id, ThemeRow.name, ThemeRow.definition, ThemeRow.key)
        .where(ThemeRow.state == "selected")
        .order_by(ThemeRow.id)
    ).all()
    names = {theme_id: (name, definition) for theme_id, name, definition, _key in found}
    keys = keys_of((theme_id, key) for theme_id, _name, _definition, key in found)
    return [Line(theme_id, *names[theme_id], key) for theme_id, key in keys.items()]


def next_to_code(which: Which, *, by: int, past: str = "") -> Excerpt | None:
    """The answer to code next: the first of those that wait after the one skipped last, round to the first again.

    None when all is coded. People who code the same wave today begin some answers apart, so that two seldom have the
    same one before them.
    """
    skipped = bytes.fromhex(past)
    row = _second_after(which, by, skipped) if which.second else _first_after(which, by, skipped)
    return None if row is None else excerpt_records([row], [which.place])[0]


def answer_in(which: Which, excerpt_id: str, *, by: int) -> Excerpt:
    """One answer of those somebody codes. Raises `NotFound`, also for an answer that is not theirs to read second."""
    found = excerpt(excerpt_id)
    key = bytes.fromhex(excerpt_id)
    here = db.session.scalar(in_place(select(ExcerptRow.key).where(ExcerptRow.key == key), which.place))
    if here is None or (which.second and (not coders(excerpt_id) or knows(key, by))):
        raise NotFound(N_("There is no such answer"))
    return found


def frame_beside(excerpt_id: str, words: str, *, second: bool, by: int) -> list[Line]:
    """The frame beside an answer, suggestions first; a second reader sees nothing of what others said."""
    key = bytes.fromhex(excerpt_id)
    if second:
        mine = select(CodedThemeRow.theme_id).where(CodedThemeRow.excerpt_key == key, CodedThemeRow.person_id == by)
        on = set(db.session.scalars(mine))
        return [_line(one, on=one.theme_id in on) for one in frame_lines()]
    asked = select(CodingRow).where(CodingRow.excerpt_key == key, ~CodingRow.refused)
    held = {row.theme_id: row for row in db.session.scalars(asked)}
    lines = [_beside(one, held.get(one.theme_id), words) for one in frame_lines()]
    closeness = {theme_id: row.closeness for theme_id, row in held.items()}
    return sorted(lines, key=lambda one: (not one.suggested, -closeness[one.theme_id] if one.suggested else 0))


def progress(which: Which, *, by: int) -> Progress:
    """How far the coding has come; for a second reader, of the answers that wait for one."""
    if which.second:
        total, left = _second_keys(which, by)
        return Progress(len(total) - len(left), len(total))
    asked = select(func.count(ExcerptRow.key), func.sum(case((CODED, 1), else_=0)))
    total, done = db.session.execute(_among(asked, which)).one()
    return Progress(done or 0, total or 0)


def coded_by(excerpt_id: str, by: int) -> bool:
    """Answer whether this person coded an answer, so that they may take it back."""
    asked = select(CodedRow.person_id).where(CodedRow.excerpt_key == bytes.fromhex(excerpt_id))
    return by in set(db.session.scalars(asked))


def place_to_code(subject: str) -> Place | None:
    """The wave or source asked for, else the newest with answers that nobody coded, else the newest with any.

    Raises `NotFound` for one that is not there; None when nothing is written anywhere.
    """
    if subject:
        return place(subject)
    asked = select(ExcerptRow.wave_id, ExcerptRow.source_id, func.sum(case((CODED, 0), else_=1)))
    rows = db.session.execute(
        asked.where(ExcerptRow.words.is_not(None)).group_by(ExcerptRow.wave_id, ExcerptRow.source_id)
    )
    left = {(wave_id, source_id): count for wave_id, source_id, count in rows}
    there = [one for one in places() if (one.wave_id, one.source_id) in left]
    waiting = [one for one in there if left[one.wave_id, one.source_id]]
    return next(iter([*waiting, *there]), None)


def work_on_coding(where: Place) -> list[tuple[str, Wanted]]:
    """What the worker still has to do about codings here, with what it is."""
    found = [work for work in wanted.waiting() if work.subject == where.subject]
    return [(KINDS[work.kind], work) for work in found if work.kind in KINDS]


def _before(which: Which, by: int) -> int:
    """How many others code here today and come before this person."""
    asked = select(func.count(CodedRow.person_id.distinct())).join(ExcerptRow, ExcerptRow.key == CodedRow.excerpt_key)
    here = in_place(asked.where(CodedRow.on == today(), CodedRow.person_id < by), which.place)
    return db.session.scalar(here) or 0


def _first_after(which: Which, by: int, skipped: bytes) -> ExcerptRow | None:
    waits = _among(select(ExcerptRow), which).where(~CODED).order_by(*ORDER).limit(1)
    found = _following(which, skipped) if skipped else waits.offset(APART * _before(which, by))
    return db.session.scalars(found).first() or db.session.scalars(waits).first()


def _following(which: Which, skipped: bytes) -> Select[Any]:
    """The first that waits after a skipped one, in the order of coding."""
    place = func.row_number().over(order_by=ORDER).label("place")
    waits = _among(select(ExcerptRow.key, place), which).where(~CODED | (ExcerptRow.key == skipped)).subquery()
    here = select(waits.c.place).where(waits.c.key == skipped).scalar_subquery()
    after = select(ExcerptRow).join(waits, waits.c.key == ExcerptRow.key)
    return after.where(waits.c.place > here).order_by(waits.c.place).limit(1)


def _second_after(which: Which, by: int, skipped: bytes) -> ExcerptRow | None:
    _total, left = _second_keys(which, by)
    key = min((one for one in left if one > skipped), default=min(left, default=None))
    return None if key is None else db.session.get(ExcerptRow, key)


def _second_keys(which: Which, by: int) -> tuple[set[bytes], set[bytes]]:
    """The answers of the sample that this person may read second, and those of them that nobody has yet."""
    asked = select(CodedRow.excerpt_key, CodedRow.person_id, CodedRow.second)
    rows = db.session.execute(_among(asked.join(ExcerptRow, ExcerptRow.key == CodedRow.excerpt_key), which)).all()
    first = {key for key, _person, second in rows if not second}
    done = {key for key, _person, second in rows if second}
    mine_done = {key for key, person, second in rows if second and person == by}
    mine = {key for key, person, second in rows if not second and person == by}
    confirmed = _among(select(CodingRow.excerpt_key).join(ExcerptRow, ExcerptRow.key == CodingRow.excerpt_key), which)
    mine |= set(db.session.scalars(confirmed.where(CodingRow.confirmed_by == by)))
    may = sampled(list(first)) - mine
    return (may - done) | mine_done, may - done


def _among(asked: Select[Any], which: Which) -> Select[Any]:
    asked = in_place(asked.where(ExcerptRow.words.is_not(None)), which.place)
    return asked.where(ExcerptRow.item == which.item) if which.item else asked


def _line(one: Line, *, on: bool) -> Line:
    return Line(one.theme_id, one.name, one.definition, one.key, on=on)


def _beside(one: Line, held: CodingRow | None, words: str) -> Line:
    if held is None:
        return one
    if held.confirmed_by is not None:
        return _line(one, on=True)
    because = words_at(held.because, words)
    return Line(one.theme_id, one.name, one.definition, one.key, suggested=True, because=because)
