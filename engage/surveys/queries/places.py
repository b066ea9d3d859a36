"""Where things were said: a wave of a survey, a partner's feedback, or a forum (a source of its own)."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from engage.shared import db
from engage.shared.errors import NotFound
from engage.shared.words import N_
from engage.surveys.models import SourceRow, WaveRow
from engage.surveys.queries.waves import definition_of, wave_by_id
from engage.surveys.rules.waves import SMALLEST


@dataclass(frozen=True)
class Place:
    """A wave or a source: `subject` names it to the worker, `on` is the day it was said by, exactly one id is set."""

    subject: str
    title: str
    on: date
    state: str
    wave_id: int | None = None
    source_id: int | None = None
    minimum: int = SMALLEST
    forum_id: int | None = None  # of a source that is a forum

    @property
    def open(self) -> bool:
        return self.state in ("open", "paused")


def places() -> list[Place]:
    """Every wave, newest first, then every source by name."""
    waves = db.session.scalars(select(WaveRow).order_by(WaveRow.closes_on.desc(), WaveRow.id))
    sources = db.session.scalars(select(SourceRow).order_by(SourceRow.name))
    return [
        *(_wave(row) for row in waves),
        *(_source(row) for row in sources),
    ]


def _source(row: SourceRow) -> Place:
    subject = f"source:{row.id}"
    return Place(subject, row.name, row.imported_on, "closed", source_id=row.id, forum_id=row.forum_id)


def _wave(row: WaveRow) -> Place:
    return Place(f"wave:{row.code}", row.title, row.closes_on, row.state, wave_id=row.id, minimum=row.minimum)


def place(subject: str) -> Place:
    """One wave or source. Raises `NotFound`."""
    found = next((one for one in places() if one.subject == subject), None)
    if found is None:
        raise NotFound(N_("There is no such wave or source"))
    return found


def questions(wave_id: int) -> dict[str, str]:
    """The English words of each question of a wave, by item."""
    return {item.code: item.words.in_("en") for item in definition_of(wave_by_id(wave_id)).items}
