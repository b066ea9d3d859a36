"""What concerns may know of themes: protected counts, checked words, and never who."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, and_, false, func, or_, select

from engage.analysis.method.records import Cell
from engage.analysis.models import CodingRow, ExcerptRow, ThemeRow
from engage.analysis.queries.hidden import WHOLE
from engage.analysis.queries.themes import living
from engage.analysis.rules import counted
from engage.shared import db
from engage.shared.clock import today
from engage.shared.crypto import LOST
from engage.surveys.queries.places import Place, places

QUOTED = 5
QUOTABLE = range(15, 400)  # characters


@dataclass(frozen=True)
class Origin:
    """How many answers of one wave or source hold a theme."""

    theme: str
    place: str
    cell: Cell

    @property
    def count(self) -> str:
        return self.cell.text


@dataclass(frozen=True)
class Evidence:
    """What a concern rests on: confirmed answers by origin, a few checked words, and the last day it was said by."""

    origins: tuple[Origin, ...]
    excerpts: tuple[str, ...]
    said_on: date | None


def evidence_of(theme_ids: Collection[int]) -> Evidence:
    """What young people said about these themes, fit to be read outside the team; codings a person confirmed only."""
    ids = sorted(set(living(theme_ids).values()))
    names = {row.id: row.name for row in db.session.scalars(select(ThemeRow).where(ThemeRow.id.in_(ids)))}
    where = {(place.wave_id, place.source_id): place for place in places()}
    asked = (
        select(CodingRow.theme_id, ExcerptRow.wave_id, ExcerptRow.source_id, func.count())
        .join(ExcerptRow, ExcerptRow.key == CodingRow.excerpt_key)
        .where(CodingRow.theme_id.in_(ids), CodingRow.confirmed_by.is_not(None), ~CodingRow.refused)
        .group_by(CodingRow.theme_id, ExcerptRow.wave_id, ExcerptRow.source_id)
    )
    rows = db.session.execute(asked, execution_options=WHOLE)  # a number is the same for everybody
    found = [(theme, where[wave, source], count) for theme, wave, source, count in rows]
    found.sort(key=lambda one: (names[one[0]], -one[1].on.toordinal(), one[1].subject))
    cells = [counted(names[theme], count, place.minimum) for theme, place, count in found]
    return Evidence(
        tuple(Origin(names[theme], place.title, cell) for cell, (theme, place, _) in zip(cells, found, strict=True)),
        _quotes([(theme, place) for cell, (theme, place, _) in zip(cells, found, strict=True) if not cell.hidden]),
        _last([place for _, place, _ in found]),
    )


def still_said(words: Collection[str]) -> set[str]:
    """Those of these words that an answer still holds, letter by letter; all while some answer's key is missing."""
    left = set(words)
    asked = select(ExcerptRow.words).where(ExcerptRow.words.is_not(None)).order_by(ExcerptRow.key)
    for said in db.session.scalars(asked, execution_options=WHOLE) if left else ():
        if said == LOST:
            return set(words)
        left.discard(said or "")
    return set(words) - left


def _quotes(shown: list[tuple[int, Place]]) -> tuple[str, ...]:
    """Words of themes and places whose count may be said, from answers that hold nothing sensitive besides."""
    shown_ones = [
        and_(CodingRow.theme_id == theme, ExcerptRow.wave_id == place.wave_id, ExcerptRow.source_id == place.source_id)
        for theme, place in shown
    ]
    asked = (
        select(ExcerptRow.words)
        .join(CodingRow, CodingRow.excerpt_key == ExcerptRow.key)
        .where(or_(false(), *shown_ones), CodingRow.confirmed_by.is_not(None), ~CodingRow.refused)
        .where(ExcerptRow.checked, ~ExcerptRow.flagged, ExcerptRow.key.not_in(on_sensitive()))
        .order_by(CodingRow.closeness.desc(), ExcerptRow.key)
        .limit(QUOTED * 4)
    )
    words = [words for words in db.session.scalars(asked) if words and len(words) in QUOTABLE]
    return tuple(dict.fromkeys(words))[:QUOTED]


def on_sensitive() -> Select[tuple[bytes]]:
    """The answers on which anything sensitive stands, a suggestion nobody has looked at yet included."""
    held = select(CodingRow.excerpt_key).join(ThemeRow, ThemeRow.id == CodingRow.theme_id)
    return held.where(ThemeRow.sensitive, ~CodingRow.refused)


def _last(found: list[Place]) -> date | None:
    """The last day it was said by; a wave that still runs has said it by today."""
    return min(max(place.on for place in found), today()) if found else None
