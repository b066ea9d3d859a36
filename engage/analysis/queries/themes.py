"""The code frame: themes, how many answers hold each, and what people did to them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, case, func, select

from engage.accounts.models import PersonRow
from engage.analysis.method.records import Cell
from engage.analysis.models import CodingRow, ExcerptRow, ThemeHistoryRow, ThemeRow
from engage.analysis.rules import counted
from engage.shared import db
from engage.shared.errors import NotFound
from engage.shared.words import N_
from engage.surveys.queries.places import Place, places

EXEMPLARS = 3
LOOSE = 0.5  # the stability below which a theme that was found is a heap


@dataclass(frozen=True)
class Theme:
    """One theme of the code frame; `words` mark it, `stability` (0 to 1) says how surely a search finds it again."""

    id: int
    name: str
    definition: str
    state: str
    sensitive: bool
    words: tuple[str, ...]
    stability: float | None
    merged_into: int | None

    @property
    def loose(self) -> bool:
        """Whether a search that leaves some answers out finds other ones together at least as often."""
        return self.stability is not None and self.stability < LOOSE


@dataclass(frozen=True)
class ThemeLine:
    """A theme as the team sees it in the list: answers that hold it, suggestions that wait, its most typical words."""

    theme: Theme
    confirmed: Cell
    suggested: int
    exemplars: tuple[str, ...]


@dataclass(frozen=True)
class Deed:
    """What somebody did to a theme, and when; `by` is empty for the theme finder."""

    on: date
    by: str
    did: str
    before: str  # the definition that stood there, where this deed changed it


def theme(theme_id: int) -> Theme:
    """One theme. Raises `NotFound`."""
    row = db.session.get(ThemeRow, theme_id)
    if row is None:
        raise NotFound(N_("There is no such theme"))
    return theme_record(row)


def known_themes(theme_ids: Iterable[int]) -> list[int]:
    """The ids, each once, in their order. Raises `NotFound` when one of them is no theme."""
    return [theme(theme_id).id for theme_id in dict.fromkeys(theme_ids)]


def themes(state: str = "selected") -> list[Theme]:
    """Every theme in a state, by name."""
    rows = db.session.scalars(select(ThemeRow).where(ThemeRow.state == state).order_by(ThemeRow.name, ThemeRow.id))
    return [theme_record(row) for row in rows]


def theme_lines(state: str, subject: str = "") -> list[ThemeLine]:
    """Every theme in a state with its answers (of one wave or source, where `subject` names it), largest first."""
    where = said_in(subject)
    found = themes(state)
    ids = [one.id for one in found]
    counts, typical = _counts(ids, where), _exemplars(ids, where)
    lines = [
        ThemeLine(one, counted(one.name, counts.get(one.id, (0, 0))[0]), counts.get(one.id, (0, 0))[1], typical[one.id])
        for one in found
        if not where or one.id in counts or state != "candidate"
    ]
    return sorted(lines, key=lambda line: (-sum(counts.get(line.theme.id, (0, 0))), line.theme.name))


def line_of(one: Theme) -> ThemeLine:
    """One theme with its answers from everywhere."""
    sure, maybe = _counts([one.id], None).get(one.id, (0, 0))
    return ThemeLine(one, counted(one.name, sure), maybe, _exemplars([one.id], None)[one.id])


def history(theme_id: int) -> list[Deed]:
    """What happened to a theme, oldest first."""
    asked = (
        select(ThemeHistoryRow.on, PersonRow.name, ThemeHistoryRow.did, ThemeHistoryRow.before)
        .outerjoin(PersonRow, PersonRow.id == ThemeHistoryRow.by)
        .where(ThemeHistoryRow.theme_id == theme_id)
        .order_by(ThemeHistoryRow.id)
    )
    return [Deed(on, name or "", did, before) for on, name, did, before in db.session.execute(asked)]


def living(theme_ids: Collection[int]) -> dict[int, int]:
    """Where each theme went: itself, or the one it was merged into in the end."""
    merged = {
        old: new
        for old, new in db.session.execute(select(ThemeRow.id, ThemeRow.merged_into).order_by(ThemeRow.id)).tuples()
        if new is not None
    }
    return {theme_id: _end(theme_id, merged) for theme_id in theme_ids}


def _end(theme_id: int, merged: dict[int, int]) -> int:
    seen = {theme_id}
    while (following := merged.get(theme_id)) is not None and following not in seen:
        seen.add(following)
        theme_id = following
    return theme_id


def theme_record(row: ThemeRow) -> Theme:
    """Give the record of a row."""
    words = tuple(word.strip() for word in row.words.split(",") if word.strip())
    return Theme(row.id, row.name, row.definition, row.state, row.sensitive, words, row.stability, row.merged_into)


def said_in(subject: str) -> Place | None:
    """The wave or source of that name; None for everywhere."""
    return next((one for one in places() if one.subject == subject), None) if subject else None


def in_place(asked: Select[Any], place: Place | None) -> Select[Any]:
    """Keep the excerpts of one wave or source."""
    if place is None:
        return asked
    return asked.where(
        ExcerptRow.wave_id == place.wave_id if place.wave_id is not None else ExcerptRow.source_id == place.source_id
    )


def _counts(ids: list[int], place: Place | None) -> dict[int, tuple[int, int]]:
    by_person = func.sum(case((CodingRow.confirmed_by.is_not(None), 1), else_=0))
    by_model = func.sum(case((CodingRow.confirmed_by.is_(None), 1), else_=0))
    asked = (
        select(CodingRow.theme_id, by_person, by_model)
        .join(ExcerptRow, ExcerptRow.key == CodingRow.excerpt_key)
        .where(CodingRow.theme_id.in_(ids), ~CodingRow.refused)
        .group_by(CodingRow.theme_id)
    )
    return {theme_id: (sure, maybe) for theme_id, sure, maybe in db.session.execute(in_place(asked, place))}


def _exemplars(ids: list[int], place: Place | None) -> dict[int, tuple[str, ...]]:
    first = func.row_number().over(
        partition_by=CodingRow.theme_id,
        order_by=(ExcerptRow.flagged, CodingRow.closeness.desc(), CodingRow.excerpt_key),
    )
    ranked = in_place(
        select(CodingRow.theme_id, CodingRow.excerpt_key, first.label("place"))
        .join(ExcerptRow, ExcerptRow.key == CodingRow.excerpt_key)
        .where(CodingRow.theme_id.in_(ids), ~CodingRow.refused, ExcerptRow.words.is_not(None)),
        place,
    ).subquery()
    asked = (
        select(ranked.c.theme_id, ExcerptRow.words)
        .join(ExcerptRow, ExcerptRow.key == ranked.c.excerpt_key)
        .where(ranked.c.place <= 3 * EXEMPLARS)  # some say it in the very same words
        .order_by(ranked.c.theme_id, ranked.c.place)
    )
    found: dict[int, list[str]] = {theme_id: [] for theme_id in ids}
    for theme_id, words in db.session.execute(asked):
        found[theme_id].append(words or "")
    return {theme_id: tuple(dict.fromkeys(words))[:EXEMPLARS] for theme_id, words in found.items()}
