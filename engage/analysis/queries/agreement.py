"""What two people coded without seeing each other's choice: how far they agree, and where they differ."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from engage.accounts.models import PersonRow
from engage.analysis.method.records import Agreement, Interval
from engage.analysis.models import AgreementRow, CodedRow, CodedThemeRow, ExcerptRow, ThemeRow
from engage.analysis.queries.reading import Excerpt, excerpt_records
from engage.analysis.queries.themes import in_place
from engage.shared import db
from engage.surveys.queries.places import Place, places

Coding = tuple[int, bytes, frozenset[int]]
SHOWN = 50


@dataclass(frozen=True)
class Agreed:
    """How far two people agree in one wave or source, as it was last computed."""

    place: Place
    on: date
    agreement: Agreement


@dataclass(frozen=True)
class Said:
    """What one person gave an answer; no themes is "none of these"."""

    who: str
    themes: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class Difference:
    """An answer that two people coded differently; `settled` is the day somebody decided, if anybody has."""

    excerpt: Excerpt
    first: Said
    second: Said
    settled: date | None


def codings_twice(about: Place) -> list[Coding]:
    """Who gave which answer which themes, of the answers that were coded a second time."""
    rows = _coded_twice(about)
    themes = _themes_given(about)
    return [
        (row.person_id, row.excerpt_key, frozenset(themes.get((row.excerpt_key, row.person_id), ()))) for row in rows
    ]


def agreements() -> list[Agreed]:
    """The last agreement of every wave and source that has one, in their order."""
    rows = db.session.scalars(select(AgreementRow).order_by(AgreementRow.id))
    last = {(row.wave_id, row.source_id): row for row in rows}
    found = [(where, last.get((where.wave_id, where.source_id))) for where in places()]
    return [Agreed(where, row.made_at.date(), _record(row)) for where, row in found if row is not None]


def differences(about: Place) -> list[Difference]:
    """Answers of a wave or source that two people coded differently, those to be settled first."""
    pairs: dict[bytes, list[CodedRow]] = {}
    for row in _coded_twice(about):
        pairs.setdefault(row.excerpt_key, []).append(row)
    themes = _themes_given(about)
    apart = {
        key: pair
        for key, pair in pairs.items()
        if len(pair) > 1 and len({frozenset(themes.get((key, row.person_id), ())) for row in pair}) > 1
    }
    order = sorted(apart, key=lambda key: (apart[key][-1].settled_on is not None, key))[:SHOWN]
    return _told([apart[key] for key in order], themes)


def _told(pairs: list[list[CodedRow]], themes: dict[tuple[bytes, int], set[int]]) -> list[Difference]:
    names = dict(db.session.execute(select(ThemeRow.id, ThemeRow.name)).tuples().all())
    people = dict(db.session.execute(select(PersonRow.id, PersonRow.name)).tuples().all())
    asked = select(ExcerptRow).where(ExcerptRow.key.in_([pair[0].excerpt_key for pair in pairs]))
    shown = {one.id: one for one in excerpt_records(db.session.scalars(asked), places())}

    def said(row: CodedRow) -> Said:
        given = sorted(themes.get((row.excerpt_key, row.person_id), ()), key=lambda one: names[one])
        return Said(people[row.person_id], tuple((one, names[one]) for one in given))

    return [
        Difference(shown[pair[0].excerpt_key.hex()], said(pair[0]), said(pair[-1]), pair[-1].settled_on)
        for pair in pairs
    ]


def _coded_twice(about: Place) -> list[CodedRow]:
    twice = select(CodedRow.excerpt_key).where(CodedRow.second)
    asked = select(CodedRow).join(ExcerptRow, ExcerptRow.key == CodedRow.excerpt_key)
    asked = in_place(asked.where(CodedRow.excerpt_key.in_(twice), ExcerptRow.words.is_not(None)), about)
    return list(db.session.scalars(asked.order_by(CodedRow.excerpt_key, CodedRow.second, CodedRow.person_id)))


def _themes_given(about: Place) -> dict[tuple[bytes, int], set[int]]:
    twice = select(CodedRow.excerpt_key).where(CodedRow.second)
    facts = (CodedThemeRow.excerpt_key, CodedThemeRow.person_id, CodedThemeRow.theme_id)
    asked = select(*facts).join(ExcerptRow, ExcerptRow.key == CodedThemeRow.excerpt_key)
    found: dict[tuple[bytes, int], set[int]] = {}
    for key, person, theme in db.session.execute(in_place(asked.where(CodedThemeRow.excerpt_key.in_(twice)), about)):
        found.setdefault((key, person), set()).add(theme)
    return found


def _record(row: AgreementRow) -> Agreement:
    between = None if row.low is None else Interval(row.low, row.high)
    return Agreement(row.alpha, between, row.answers, row.coders, row.same)
