"""The searches for themes that the code frame rests on, each with how it was computed."""

from dataclasses import dataclass

from sqlalchemy import func, select

from engage.analysis.models import ThemeRunRow
from engage.analysis.rules.freezing import Origin, is_intact
from engage.shared import db
from engage.surveys.queries.places import places


@dataclass(frozen=True)
class ThemeRun:
    """The last search for themes in one wave or source; `intact` False: somebody changed what it found."""

    title: str
    origin: Origin
    intact: bool


def theme_runs(subject: str = "") -> list[ThemeRun]:
    """The last search in every wave and source (or the one that `subject` names), in the order of places."""
    where = {(one.wave_id, one.source_id): one for one in places()}
    newest = select(func.max(ThemeRunRow.id)).group_by(ThemeRunRow.wave_id, ThemeRunRow.source_id)
    rows = db.session.scalars(select(ThemeRunRow).where(ThemeRunRow.id.in_(newest)))
    found = {(row.wave_id, row.source_id): row for row in rows}
    shown = [(ids, place) for ids, place in where.items() if ids in found and subject in ("", place.subject)]
    return [_run(found[ids], place.title) for ids, place in shown]


def _run(row: ThemeRunRow, title: str) -> ThemeRun:
    origin = Origin(row.made_at, row.method, row.seed, row.inputs, row.sha256)
    return ThemeRun(title, origin, not row.sha256 or is_intact(row.body, row.sha256))
