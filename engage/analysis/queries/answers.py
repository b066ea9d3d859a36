"""The answers that hold a theme, and the work the worker still does on themes."""

from sqlalchemy import select

from engage.analysis.models import CodingRow, ExcerptRow
from engage.analysis.queries.reading import Excerpt, excerpt_records
from engage.analysis.queries.themes import ThemeLine, line_of, theme
from engage.shared import db, wanted
from engage.shared.wanted import Wanted
from engage.surveys.queries.places import places

TOGETHER = 10
KINDS = ("read", "themes", "code")


def answers_of(theme_id: int, *, confirmed: bool) -> list[Excerpt]:
    """Ten answers a person said hold a theme, or ten the model suggests, the most typical first."""
    asked = (
        select(ExcerptRow)
        .join(CodingRow, CodingRow.excerpt_key == ExcerptRow.key)
        .where(CodingRow.theme_id == theme_id, ~CodingRow.refused, ExcerptRow.words.is_not(None))
        .where(CodingRow.confirmed_by.is_not(None) if confirmed else CodingRow.confirmed_by.is_(None))
        .order_by(CodingRow.closeness.desc(), ExcerptRow.key)
        .limit(TOGETHER)
    )
    return excerpt_records(db.session.scalars(asked), places())


def theme_line(theme_id: int) -> ThemeLine:
    """One theme with its answers. Raises `NotFound`."""
    return line_of(theme(theme_id))


def work_on_themes() -> list[tuple[str, Wanted]]:
    """What the worker still has to do with written answers, with the name of the wave or source."""
    titles = {place.subject: place.title for place in places()}
    return [(titles.get(work.subject, work.subject), work) for work in wanted.waiting() if work.kind in KINDS]
