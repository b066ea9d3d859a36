"""Where the themes of the code frame come from, so that young people's own never mix with what partners sent."""

from sqlalchemy import select

from engage.analysis.models import CodingRow, ExcerptRow, ThemeRow, ThemeRunRow
from engage.analysis.queries.themes import living
from engage.analysis.rules.matching import Origin, may_join
from engage.shared import db
from engage.surveys.queries.places import Place, places


def joinable(about: Place) -> set[int]:
    """The themes, in whatever state, that something found in this wave or source may turn out to be."""
    partners = {one.source_id for one in places() if one.source_id is not None and one.forum_id is None}
    here = (about.wave_id, about.source_id)
    return {theme_id for theme_id, origins in _origins().items() if may_join(here, origins, partners=partners)}


def _origins() -> dict[int, set[Origin]]:
    """Where each theme, or one merged into it, was found, and where a person said that an answer holds it."""
    found: dict[int, set[Origin]] = {theme_id: set() for theme_id in db.session.scalars(select(ThemeRow.id))}
    began = select(ThemeRow.id, ThemeRunRow.wave_id, ThemeRunRow.source_id)
    born = db.session.execute(began.join(ThemeRunRow, ThemeRunRow.id == ThemeRow.run_id)).all()
    ends = living(found)
    for theme_id, wave_id, source_id in born:
        found[theme_id].add((wave_id, source_id))
        found[ends[theme_id]].add((wave_id, source_id))
    said = (
        select(CodingRow.theme_id, ExcerptRow.wave_id, ExcerptRow.source_id)
        .join(ExcerptRow, ExcerptRow.key == CodingRow.excerpt_key)
        .where(CodingRow.confirmed_by.is_not(None), ~CodingRow.refused)
        .distinct()
    )
    for theme_id, wave_id, source_id in db.session.execute(said):
        found[theme_id].add((wave_id, source_id))
    return found
