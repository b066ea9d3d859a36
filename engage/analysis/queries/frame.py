"""The code frame as people wrote it: definitions, examples chosen by people, and answers that stand for a theme."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select

from engage.analysis.models import CodingRow, ExcerptRow, ThemeExampleRow, ThemeRow, ThemeVoiceRow
from engage.analysis.queries.reading import Excerpt, excerpt_records
from engage.analysis.queries.themes import Theme, theme_record
from engage.analysis.rules.coding import keys_of
from engage.shared import db
from engage.surveys.queries.places import places

OFFERED = 10


@dataclass(frozen=True)
class Example:
    """Words that belong to a theme, or do not."""

    id: int
    belongs: bool
    words: str


@dataclass(frozen=True)
class Framed:
    """A theme in use with its key and its examples."""

    theme: Theme
    key: str
    examples: tuple[Example, ...]

    @property
    def belong(self) -> list[str]:
        return [one.words for one in self.examples if one.belongs]

    @property
    def do_not(self) -> list[str]:
        return [one.words for one in self.examples if not one.belongs]


@dataclass(frozen=True)
class Voice:
    """An answer that stands for a theme; `contrary` says the opposite of what most say."""

    excerpt_id: str
    words: str
    contrary: bool


def frame() -> list[Framed]:
    """Every theme in use, in the order of the frame."""
    rows = {row.id: row for row in db.session.scalars(select(ThemeRow).where(ThemeRow.state == "selected"))}
    keys = keys_of((row.id, row.key) for row in rows.values())
    examples = _examples(list(rows))
    return [Framed(theme_record(rows[one]), key, tuple(examples.get(one, ()))) for one, key in keys.items()]


def key_of(theme_id: int) -> str:
    """The key of a theme; "" for one that is not in use."""
    rows = db.session.execute(select(ThemeRow.id, ThemeRow.key).where(ThemeRow.state == "selected")).tuples().all()
    return keys_of(rows).get(theme_id, "")


def examples_of(theme_id: int) -> list[Example]:
    """The examples of one theme, those that belong first."""
    return _examples([theme_id]).get(theme_id, [])


def could_be_examples(theme_id: int, *, belongs: bool) -> list[Excerpt]:
    """Checked answers, the most typical first, that people said hold a theme or, where a search suggested it, do not.

    Only what a person has looked through, and what the screen did not flag, may leave in an exported frame.
    """
    used = select(ThemeExampleRow.excerpt_key).where(ThemeExampleRow.theme_id == theme_id)
    asked = (
        select(ExcerptRow)
        .join(CodingRow, CodingRow.excerpt_key == ExcerptRow.key)
        .where(CodingRow.theme_id == theme_id, CodingRow.confirmed_by.is_not(None), CodingRow.refused != belongs)
        .where(ExcerptRow.checked, ~ExcerptRow.flagged, ExcerptRow.words.is_not(None))
        .where(ExcerptRow.key.not_in(used.where(ThemeExampleRow.excerpt_key.is_not(None))))
        .order_by(CodingRow.closeness.desc(), ExcerptRow.key)
        .limit(OFFERED)
    )
    return excerpt_records(db.session.scalars(asked), places())


def voices_of(theme_ids: Collection[int]) -> dict[int, list[Voice]]:
    """The answers that stand for each theme, typical ones first; none that a person has refused since."""
    asked = (
        select(ThemeVoiceRow.theme_id, ThemeVoiceRow.contrary, ExcerptRow.key, ExcerptRow.words)
        .join(ExcerptRow, ExcerptRow.key == ThemeVoiceRow.excerpt_key)
        .join(
            CodingRow,
            (CodingRow.excerpt_key == ThemeVoiceRow.excerpt_key) & (CodingRow.theme_id == ThemeVoiceRow.theme_id),
        )
        .where(ThemeVoiceRow.theme_id.in_(theme_ids), ~CodingRow.refused, ExcerptRow.words.is_not(None))
        .order_by(ThemeVoiceRow.theme_id, ThemeVoiceRow.contrary, CodingRow.closeness.desc(), ExcerptRow.key)
    )
    found: dict[int, list[Voice]] = {theme_id: [] for theme_id in theme_ids}
    for theme_id, contrary, key, words in db.session.execute(asked):
        found[theme_id].append(Voice(key.hex(), words or "", contrary))
    return found


def _examples(theme_ids: Collection[int]) -> dict[int, list[Example]]:
    asked = (
        select(ThemeExampleRow, ExcerptRow.words)
        .outerjoin(ExcerptRow, ExcerptRow.key == ThemeExampleRow.excerpt_key)
        .where(ThemeExampleRow.theme_id.in_(theme_ids))
        .order_by(ThemeExampleRow.theme_id, ThemeExampleRow.belongs.desc(), ThemeExampleRow.id)
    )
    found: dict[int, list[Example]] = {}
    for row, said in db.session.execute(asked):
        words = row.words or said
        if words:
            found.setdefault(row.theme_id, []).append(Example(row.id, row.belongs, words))
    return found
