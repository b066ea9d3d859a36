"""What the worker needs to know of what is there already, and the records it hands to the writers."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select

from engage.analysis.models import CodingRow, EmergingRunRow, ExcerptRow, SnapshotRow, ThemeRow
from engage.analysis.queries.coding import CODED
from engage.analysis.queries.themes import in_place, living
from engage.analysis.rules.emerging import Coverage
from engage.analysis.rules.freezing import thawed
from engage.shared import db
from engage.surveys.queries.places import Place


@dataclass(frozen=True)
class NewExcerpt:
    """A written answer made ready: `why` is (kind, phrase) of what the screen noticed."""

    key: bytes
    written_key: bytes
    item: str
    language: str
    day: date | None
    words: str
    why: tuple[tuple[str, str], ...]
    urgency: float
    flagged: bool
    details: int


@dataclass(frozen=True)
class Text:
    """The redacted words of one excerpt."""

    key: bytes
    words: str
    flagged: bool
    language: str = "en"
    item: str = ""


@dataclass(frozen=True)
class Found:
    """A theme the worker found: its words, how surely it is found again, and (excerpt, closeness) of its answers."""

    words: tuple[str, ...]
    phrases: tuple[str, ...]
    stability: float
    members: tuple[tuple[bytes, float], ...]
    flagged: int = 0  # how many of them the screen flagged
    like: int | None = None  # the theme of the code frame that has much the same words


def read_keys(about: Place) -> set[bytes]:
    """The keys of the written answers of a wave or source that have an excerpt."""
    asked = in_place(select(ExcerptRow.written_key).where(ExcerptRow.written_key.is_not(None)), about)
    return set(db.session.scalars(asked))


def written_of(wave_id: int) -> dict[bytes, bytes]:
    """The excerpt of each written answer of a wave, by the key of what was written."""
    asked = select(ExcerptRow.written_key, ExcerptRow.key).where(ExcerptRow.wave_id == wave_id)
    rows = db.session.execute(asked.where(ExcerptRow.written_key.is_not(None)))
    return {written: key for written, key in rows if written is not None}


def texts(about: Place) -> list[Text]:
    """The redacted words of a wave or source, in their random order."""
    facts = (ExcerptRow.key, ExcerptRow.words, ExcerptRow.flagged, ExcerptRow.language, ExcerptRow.item)
    asked = select(*facts).where(ExcerptRow.words.is_not(None))
    rows = db.session.execute(in_place(asked, about).order_by(ExcerptRow.key))
    return [Text(key, words or "", *facts) for key, words, *facts in rows]


def every_words() -> Iterator[str]:
    """The redacted words of every answer of every wave and source."""
    asked = select(ExcerptRow.words).where(ExcerptRow.words.is_not(None)).order_by(ExcerptRow.key)
    yield from (words or "" for words in db.session.scalars(asked))


def coverage(about: Place) -> Coverage:
    """How far people came with a wave or source: its answers, those read, those with at least one theme."""
    asked = select(func.count(ExcerptRow.key), func.count(ExcerptRow.read_on)).where(ExcerptRow.words.is_not(None))
    answers, read = db.session.execute(in_place(asked, about)).one()
    held = select(func.count(CodingRow.excerpt_key.distinct())).join(
        ExcerptRow, ExcerptRow.key == CodingRow.excerpt_key
    )
    coded = db.session.scalar(in_place(held.where(CodingRow.confirmed_by.is_not(None), ~CodingRow.refused), about))
    return Coverage(answers, read, coded or 0)


def given_codes(about: Place) -> dict[bytes, set[int]]:
    """The themes that people put on each answer of a wave or source; of one that was merged, where it went."""
    asked = (
        select(CodingRow.excerpt_key, CodingRow.theme_id)
        .join(ExcerptRow, ExcerptRow.key == CodingRow.excerpt_key)
        .where(CodingRow.confirmed_by.is_not(None), ~CodingRow.refused)
    )
    rows = db.session.execute(in_place(asked, about)).tuples().all()
    ends = living({theme_id for _, theme_id in rows})
    found: dict[bytes, set[int]] = {}
    for key, theme_id in rows:
        found.setdefault(key, set()).add(ends[theme_id])
    return found


def theme_counts(about: Place) -> tuple[dict[tuple[int, str], int], int]:
    """True counts: answers that people said hold each theme in use (id, name), most first, and all read."""
    held = func.count(CodingRow.excerpt_key)
    asked = (
        select(ThemeRow.id, ThemeRow.name, held)
        .join(CodingRow, CodingRow.theme_id == ThemeRow.id)
        .join(ExcerptRow, ExcerptRow.key == CodingRow.excerpt_key)
        .where(ThemeRow.state == "selected", CodingRow.confirmed_by.is_not(None), ~CodingRow.refused)
        .group_by(ThemeRow.id, ThemeRow.name)
        .order_by(held.desc(), ThemeRow.name)
    )
    rows = db.session.execute(in_place(asked, about)).tuples().all()
    gone_through = select(func.count(ExcerptRow.key)).where(CODED | ExcerptRow.read_on.is_not(None))
    answers = db.session.scalar(in_place(gone_through, about)) or 0
    return {(theme_id, name): count for theme_id, name, count in rows}, answers


def last_body(wave_id: int) -> dict[str, Any] | None:
    """The results of a wave as they were frozen first: figures that were shown do not move again. Raises `Changed`."""
    asked = select(SnapshotRow).where(SnapshotRow.wave_id == wave_id).order_by(SnapshotRow.id.desc()).limit(1)
    row = db.session.scalars(asked).first()
    return None if row is None else thawed(row.body, row.sha256)


def last_emerging(wave_id: int) -> dict[str, Any] | None:
    """What rose in a wave as it was last said. Raises `Changed`."""
    asked = select(EmergingRunRow).where(EmergingRunRow.wave_id == wave_id).order_by(EmergingRunRow.id.desc()).limit(1)
    row = db.session.scalars(asked).first()
    return None if row is None else thawed(row.body, row.sha256)
