"""What the model learns from, and the records it hands to the writers."""

from dataclasses import dataclass

from sqlalchemy import select

from engage.analysis.models import CodedRow, CodingRow, ExcerptRow, ThemeRow
from engage.analysis.queries.frame import frame
from engage.analysis.queries.themes import in_place
from engage.shared import db
from engage.surveys.queries.places import Place


@dataclass(frozen=True)
class Lesson:
    """A written answer as the model reads it, with the themes that people confirmed and those they refused.

    It `waits` until somebody said what it holds: that it does not hold one theme teaches something, and is not all.
    """

    key: bytes
    item: str
    words: str
    language: str
    themes: frozenset[int]
    refused: frozenset[int]
    waits: bool


@dataclass(frozen=True)
class Told:
    """A theme as the frame describes it: what the model reads beside coded answers."""

    theme_id: int
    words: str


@dataclass(frozen=True)
class Hint:
    """A theme the model suggests for an answer; `because` are the places of the words behind it."""

    key: bytes
    theme_id: int
    chance: float
    because: str


@dataclass(frozen=True)
class Spoken:
    """An answer that holds a theme, by a person or as suggested, in the order of how typical it is."""

    key: bytes
    words: str
    language: str
    flagged: bool = False


def lessons(about: Place) -> list[Lesson]:
    """Every answer of a wave or source that has words, in its random order."""
    here = in_place(select(ExcerptRow.key), about)
    through = select(CodedRow.excerpt_key).where(~CodedRow.second, CodedRow.excerpt_key.in_(here))
    done = set(db.session.scalars(through))
    held: dict[tuple[bytes, bool], set[int]] = {}
    facts = (CodingRow.excerpt_key, CodingRow.theme_id, CodingRow.refused)
    by_people = select(*facts).where(CodingRow.confirmed_by.is_not(None), CodingRow.excerpt_key.in_(here))
    for key, theme_id, refused in db.session.execute(by_people):
        held.setdefault((key, refused), set()).add(theme_id)
    columns = (ExcerptRow.key, ExcerptRow.item, ExcerptRow.words, ExcerptRow.language)
    asked = in_place(select(*columns).where(ExcerptRow.words.is_not(None)), about).order_by(ExcerptRow.key)
    return [
        Lesson(
            key, item, words or "", language,
            frozenset(held.get((key, False), ())), frozenset(held.get((key, True), ())),
            waits=key not in done and (key, False) not in held,
        )
        for key, item, words, language in db.session.execute(asked)
    ]  # fmt: skip


def told() -> list[Told]:
    """Every theme in use with its name, its definition and what belongs to it."""
    return [Told(one.theme.id, " ".join((one.theme.name, one.theme.definition, *one.belong))) for one in frame()]


def living_themes() -> list[int]:
    """Every theme that is suggested or in use."""
    asked = select(ThemeRow.id).where(ThemeRow.state.in_(("candidate", "selected"))).order_by(ThemeRow.id)
    return list(db.session.scalars(asked))


def sensitive_themes() -> set[int]:
    """The themes that are never told apart by how they sound."""
    return set(db.session.scalars(select(ThemeRow.id).where(ThemeRow.sensitive)))


def spoken_for(theme_id: int, most: int) -> list[Spoken]:
    """The most typical answers of a theme: those that people confirmed, or where there are none the suggested ones."""
    facts = (ExcerptRow.key, ExcerptRow.words, ExcerptRow.language, ExcerptRow.flagged)
    asked = (
        select(*facts)
        .join(CodingRow, CodingRow.excerpt_key == ExcerptRow.key)
        .where(CodingRow.theme_id == theme_id, ~CodingRow.refused, ExcerptRow.words.is_not(None))
        .order_by(ExcerptRow.flagged, CodingRow.closeness.desc(), ExcerptRow.key)
        .limit(most)
    )
    for only in (CodingRow.confirmed_by.is_not(None), CodingRow.confirmed_by.is_(None)):
        if rows := db.session.execute(asked.where(only)).all():
            return [Spoken(key, words or "", language, flagged) for key, words, language, flagged in rows]
    return []
