"""The answers that hold a theme, and the work the worker still does on themes."""

from sqlalchemy import Select, select

from engage.analysis.models import CodingRow, ExcerptRow
from engage.analysis.queries.reading import Excerpt, excerpt_records
from engage.analysis.queries.themes import ThemeLine, line_of, theme
from engage.shared import db, wanted
from engage.shared.paging import LINES, Page
from engage.shared.wanted import Wanted
from engage.surveys.queries.places import places

TOGETHER = 10
KINDS = ("read", "themes", "code")


def suggested_for(theme_id: int) -> list[Excerpt]:
    """Ten answers that the model suggests, the most typical first."""
    asked = _answers(theme_id).where(CodingRow.confirmed_by.is_(None)).limit(TOGETHER)
    return excerpt_records(db.session.scalars(asked), places())


def confirmed_of(theme_id: int, number: int) -> Page[Excerpt]:
    """One page of the answers that a person said hold a theme, the most typical first."""
    asked = _answers(theme_id).where(CodingRow.confirmed_by.is_not(None)).offset(LINES * (number - 1)).limit(LINES + 1)
    found = excerpt_records(db.session.scalars(asked), places())
    return Page(tuple(found[:LINES]), number, more=len(found) > LINES)


def theme_line(theme_id: int) -> ThemeLine:
    """One theme with its answers. Raises `NotFound`."""
    return line_of(theme(theme_id))


def work_on_themes() -> list[tuple[str, Wanted]]:
    """What the worker still has to do with written answers, with the name of the wave or source."""
    titles = {place.subject: place.title for place in places()}
    return [(titles.get(work.subject, work.subject), work) for work in wanted.waiting() if work.kind in KINDS]


def _answers(theme_id: int) -> Select[tuple[ExcerptRow]]:
    held = select(ExcerptRow).join(CodingRow, CodingRow.excerpt_key == ExcerptRow.key)
    mine = held.where(CodingRow.theme_id == theme_id, ~CodingRow.refused, ExcerptRow.words.is_not(None))
    return mine.order_by(CodingRow.closeness.desc(), ExcerptRow.key)
