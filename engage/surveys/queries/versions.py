"""Published versions of surveys, and what asks them."""

import json
from dataclasses import dataclass
from datetime import date

from sqlalchemy import case, func, select

from engage.shared import db
from engage.shared.errors import NotFound
from engage.surveys.models import SurveyRow, VersionRow, WaveRow
from engage.surveys.rules.definition import Definition, parse

NO_SUCH_VERSION = "We don't know this version of a survey"
TAKES_ANSWERS = ("open", "paused")


@dataclass(frozen=True)
class Version:
    """One published version; `waves` counts those that ask it, `open_waves` those that are open or paused."""

    id: int
    survey: str
    title: str
    number: int
    published_on: date
    retired_on: date | None
    waves: int
    open_waves: int


def versions() -> list[Version]:
    """Every version, by the title of its survey, the newest first."""
    is_open = func.sum(case((WaveRow.state.in_(TAKES_ANSWERS), 1), else_=0))
    counted = (
        select(WaveRow.version_id, func.count().label("waves"), is_open.label("open"))
        .group_by(WaveRow.version_id)
        .subquery()
    )
    rows = db.session.execute(
        select(VersionRow, SurveyRow.code, SurveyRow.title, counted.c.waves, counted.c.open)
        .join(SurveyRow, SurveyRow.id == VersionRow.survey_id)
        .outerjoin(counted, counted.c.version_id == VersionRow.id)
        .order_by(SurveyRow.title, SurveyRow.id, VersionRow.number.desc())
    )
    return [
        Version(row.id, code, title, row.number, row.published_on, row.retired_on, waves or 0, int(asking or 0))
        for row, code, title, waves, asking in rows
    ]


def version(version_id: int) -> Version:
    """One version. Raises `NotFound`."""
    found = next((each for each in versions() if each.id == version_id), None)
    if found is None:
        raise NotFound(NO_SUCH_VERSION)
    return found


def definition_of_version(version_id: int) -> Definition:
    """What a version asks, with every module. Raises `NotFound`."""
    document = db.session.scalar(select(VersionRow.document).where(VersionRow.id == version_id))
    if document is None:
        raise NotFound(NO_SUCH_VERSION)
    return parse(json.loads(document))
