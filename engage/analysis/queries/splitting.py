"""The answers a person may choose from when a theme is split."""

from sqlalchemy import select

from engage.analysis.models import CodingRow, ExcerptRow
from engage.analysis.queries.reading import Excerpt, excerpt_records
from engage.shared import db
from engage.surveys.queries.places import places

MOST = 100
LOOKED_AT = 5_000


def answers_to_split(theme_id: int, *, looking: str = "") -> list[Excerpt]:
    """Up to a hundred answers that people said hold a theme, the most typical first; those with some words in them."""
    asked = (
        select(ExcerptRow)
        .join(CodingRow, CodingRow.excerpt_key == ExcerptRow.key)
        .where(CodingRow.theme_id == theme_id, CodingRow.confirmed_by.is_not(None), ~CodingRow.refused)
        .where(ExcerptRow.words.is_not(None))
        .order_by(CodingRow.closeness.desc(), ExcerptRow.key)
        .limit(LOOKED_AT)
    )
    words = looking.casefold().split()
    rows = [row for row in db.session.scalars(asked) if all(word in (row.words or "").casefold() for word in words)]
    return excerpt_records(rows[:MOST], places())
