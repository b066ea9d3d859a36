"""The reading queue: what young people wrote, redacted, the most worrying first, all of it until a person read it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from math import ceil
from typing import Any

from sqlalchemy import Select, case, func, select, true

from engage.analysis.models import CodingRow, ExcerptRow, ThemeRow
from engage.analysis.queries.alike import STANDS_FOR_ALL, times
from engage.analysis.rules import Piece, pieces, reasons
from engage.forums.queries.notes import notes
from engage.safeguarding.queries.alerts import states_of
from engage.shared import db
from engage.shared.errors import NotFound
from engage.shared.words import N_
from engage.surveys.queries.feedback import feedback
from engage.surveys.queries.places import Place, places, questions
from engage.surveys.queries.written import receipts_by_key, written

PAGE = 20


@dataclass(frozen=True)
class Coded:
    """A theme on an excerpt; `confirmed` False: the model suggests it."""

    theme_id: int
    name: str
    confirmed: bool
    words: tuple[str, ...]  # the theme's words that this excerpt has


@dataclass(frozen=True)
class Excerpt:
    """A redacted answer; `why` is what the screen noticed (kind, phrase), `details` how many details were taken out."""

    id: str
    place: str
    item: str
    question: str
    language: str
    day: date | None
    words: str
    why: tuple[tuple[str, str], ...]
    flagged: bool
    details: int
    read_on: date | None
    checked: bool
    codings: tuple[Coded, ...]
    mended: bool = False  # a person took more out than the machine had
    times: int = 1  # how many unread answers to the question say exactly this
    alert: str = ""  # the state of the alert about it, where there is one and somebody can tell

    @property
    def pieces(self) -> tuple[Piece, ...]:
        return tuple(pieces(self.words))


@dataclass(frozen=True)
class Filters:
    """Which part of the queue: one wave or source, one question, unread ("") or "read"; `page` from 1."""

    subject: str = ""
    item: str = ""
    show: str = ""
    page: int = 1


@dataclass(frozen=True)
class Queue:
    """One page of the queue; `waiting` is how many there are to go through, `fresh` of them from open waves.

    Answers that say exactly the same stand on it once, and count as many.
    """

    excerpts: tuple[Excerpt, ...]
    waiting: int
    fresh: int
    page: int
    pages: int


@dataclass(frozen=True)
class Original:
    """Words as they were written, for a reader on duty; `words` is None once they were forgotten."""

    excerpt_id: str
    words: str | None
    receipt_hash: bytes | None


def queue(filters: Filters) -> Queue:
    """One page of the queue: flagged ones first, among them and after them those of open waves, then by their score.

    Those that were read come newest first.
    """
    where = {place.subject: place for place in places()}
    fresh = case((ExcerptRow.wave_id.in_([place.wave_id for place in where.values() if place.open]), 1), else_=0)
    each = true() if filters.show == "read" else STANDS_FOR_ALL
    counts = select(func.count(ExcerptRow.key), func.sum(fresh), func.sum(case((each, 1), else_=0)))
    waiting, of_open, stand = db.session.execute(_chosen(counts, filters, where)).one()
    chosen = _chosen(select(ExcerptRow), filters, where).where(each)
    last = max(1, ceil((stand or 0) / PAGE))
    page = min(max(1, filters.page), last)
    order = (ExcerptRow.flagged.desc(), fresh.desc(), ExcerptRow.urgency.desc(), ExcerptRow.day, ExcerptRow.key)
    recent = (ExcerptRow.read_on.desc(), ExcerptRow.key)
    rows = chosen.order_by(*(recent if filters.show == "read" else order)).limit(PAGE).offset((page - 1) * PAGE)
    shown = _with_times(list(db.session.scalars(rows)), where.values())
    return Queue(shown, waiting, of_open or 0, page, last)


def _with_times(rows: list[ExcerptRow], where: Iterable[Place]) -> tuple[Excerpt, ...]:
    said = times(rows)
    return tuple(replace(one, times=said.get(one.id, 1)) for one in excerpt_records(rows, where))


def reading_places() -> list[tuple[Place, dict[str, str]]]:
    """Every wave and source with its questions that have something written, for the filters."""
    asked = select(ExcerptRow.wave_id, ExcerptRow.source_id, ExcerptRow.item).distinct().order_by(ExcerptRow.item)
    items: dict[tuple[int | None, int | None], list[str]] = {}
    for wave_id, source_id, item in db.session.execute(asked):
        items.setdefault((wave_id, source_id), []).append(item)
    found = [(place, items[ids]) for place in places() if (ids := (place.wave_id, place.source_id)) in items]
    return [(place, _labelled(place, said)) for place, said in found]


def excerpt(excerpt_id: str) -> Excerpt:
    """One excerpt. Raises `NotFound`."""
    return next(iter(excerpt_records([excerpt_row(excerpt_id)], places())))


def original(excerpt_id: str) -> Original:
    """The words as they were written. Raises `NotFound`."""
    row = excerpt_row(excerpt_id)
    if row.written_key is None:
        return Original(excerpt_id, None, None)
    if row.wave_id is not None:
        found = written([row.written_key])
        return (
            Original(excerpt_id, found[0].words, found[0].receipt_hash) if found else Original(excerpt_id, None, None)
        )
    said = [one.words for one in feedback([row.written_key])] + [one.words for one in notes([row.written_key])]
    return Original(excerpt_id, said[0] if said else None, None)


def excerpt_row(excerpt_id: str) -> ExcerptRow:
    """The row of an excerpt, for this feature's own writers. Raises `NotFound`."""
    try:
        row = db.session.get(ExcerptRow, bytes.fromhex(excerpt_id))
    except ValueError:
        row = None
    if row is None:
        raise NotFound(N_("There is no such answer"))
    return row


def excerpt_records(rows: Iterable[ExcerptRow], where: Iterable[Place]) -> list[Excerpt]:
    """Give the records of rows, with where they were said and their themes."""
    found = list(rows)
    known = {(place.wave_id, place.source_id): place for place in where}
    labels = {ids: _labels(known[ids]) for ids in {(row.wave_id, row.source_id) for row in found}}
    codings = _codings([row.key for row in found])
    alerts = alerts_about(found)
    return [
        Excerpt(
            id=row.key.hex(), place=known[row.wave_id, row.source_id].title, item=row.item,
            question=labels[row.wave_id, row.source_id].get(row.item, row.item), language=row.language, day=row.day,
            words=row.words or "", why=reasons(row.why), flagged=row.flagged, details=row.details,
            read_on=row.read_on, checked=row.checked, codings=_coded(codings.get(row.key, []), row.words or ""),
            mended=row.machine_words is not None, alert=alerts.get(row.key, ""),
        )
        for row in found
    ]  # fmt: skip


def alerts_about(rows: Iterable[ExcerptRow]) -> dict[bytes, str]:
    """The state of the alert about each of these answers, by its key, where there is one and somebody can tell."""
    worrying = [row for row in rows if row.flagged and row.wave_id is not None and row.written_key is not None]
    receipts = receipts_by_key([row.written_key for row in worrying if row.written_key]) if worrying else {}
    boxes = {row.key: (receipts[row.written_key], row.item) for row in worrying if row.written_key in receipts}
    states = states_of(boxes.values()) if boxes else {}
    return {key: states[box] for key, box in boxes.items() if box in states}


def _labelled(place: Place, items: list[str]) -> dict[str, str]:
    labels = _labels(place)
    return {item: labels.get(item, item) for item in items}


def _labels(place: Place) -> dict[str, str]:
    return questions(place.wave_id) if place.wave_id is not None else {}


def _codings(keys: list[bytes]) -> dict[bytes, list[tuple[ThemeRow, bool]]]:
    asked = (
        select(CodingRow.excerpt_key, ThemeRow, CodingRow.confirmed_by)
        .join(ThemeRow, ThemeRow.id == CodingRow.theme_id)
        .where(CodingRow.excerpt_key.in_(keys), ~CodingRow.refused, ThemeRow.state != "retired")
        .order_by(CodingRow.closeness.desc(), ThemeRow.name)
    )
    found: dict[bytes, list[tuple[ThemeRow, bool]]] = {}
    for key, theme, by in db.session.execute(asked):
        found.setdefault(key, []).append((theme, by is not None))
    return found


def _coded(codings: list[tuple[ThemeRow, bool]], words: str) -> tuple[Coded, ...]:
    said = words.casefold()
    return tuple(
        Coded(
            row.id,
            row.name,
            sure,
            tuple(word for word in map(str.strip, row.words.split(",")) if word and word in said),
        )
        for row, sure in codings
    )


def _chosen(asked: Select[Any], filters: Filters, where: dict[str, Place]) -> Select[Any]:
    asked = asked.where(ExcerptRow.read_on.is_not(None) if filters.show == "read" else ExcerptRow.read_on.is_(None))
    if place := where.get(filters.subject):
        asked = asked.where(
            ExcerptRow.wave_id == place.wave_id if place.wave_id else ExcerptRow.source_id == place.source_id
        )
    return asked.where(ExcerptRow.item == filters.item) if filters.item else asked
