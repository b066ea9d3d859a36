"""What a reported wave said, as everybody may read it: from its last frozen results only, in the reader's language."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from engage.analysis.method.records import Cell, Change, Proportion
from engage.analysis.models import SnapshotRow
from engage.analysis.queries.snapshots import Snapshot, SnapshotLine, snapshot
from engage.analysis.queries.themes import themes
from engage.shared import db
from engage.shared.errors import NotFound
from engage.shared.words import N_
from engage.surveys.queries.waves import definition_of, waves
from engage.surveys.rules.definition import Definition
from engage.surveys.rules.waves import Wave

REPORTED = "reported"
NOT_YET = N_("There is no such page, or it is not public yet.")


@dataclass(frozen=True)
class ToldWave:
    """A reported wave: its texts in the reader's language, when it was, and when an answer was promised."""

    code: str
    title: str
    closed_on: date
    panel_on: date
    promised_on: date
    responses: Cell


@dataclass(frozen=True)
class ToldQuestion:
    """One question that is not sensitive; `yes` are the answers that `share` counts, `answers` every answer's words.

    `share` rests on enough people for a public page, or it is not here at all.
    """

    item: str
    section: str
    words: str
    yes: tuple[str, ...]
    share: Proportion
    change: Change | None
    answers: tuple[tuple[str, Cell], ...]


@dataclass(frozen=True)
class Said:
    """A theme that is not sensitive, and about how many wrote about it."""

    theme_id: int
    name: str
    cell: Cell


def told_waves(language: str) -> list[ToldWave]:
    """Every reported wave that has final results, the newest first, but those about a forum or a felt-check."""
    final = set(db.session.scalars(select(SnapshotRow.wave_id).where(SnapshotRow.final)))
    shown = [one for one in waves() if one.state == REPORTED and one.id in final and not one.about]
    return [_told(one, found, language) for one in shown if (found := snapshot(one.code))]


def told_wave(code: str, language: str) -> tuple[ToldWave, list[ToldQuestion], list[Said]]:
    """One reported wave, what was asked and what was written about, most first. Raises `NotFound`, `Changed`."""
    this = _reported(code)
    found = snapshot(this.code)
    if found is None or not found.final:
        raise NotFound(NOT_YET)
    definition = definition_of(this)
    questions = [one for line in found.lines for one in _questions(line, definition, language)]
    return _told(this, found, language), questions, _said(found)


def told_stamp(code: str) -> tuple[object, ...]:
    """What changes whenever the page of a reported wave would. Raises `NotFound`."""
    this = _reported(code)
    newest = select(func.max(SnapshotRow.id)).where(SnapshotRow.wave_id == this.id)
    frame = tuple((one.id, one.name) for one in themes() if not one.sensitive)
    return this.code, db.session.scalar(newest), frame


def _reported(code: str) -> Wave:
    this = next((one for one in waves() if one.code == code.lower()), None)
    if this is None or this.state != REPORTED or this.about:
        raise NotFound(NOT_YET)
    return this


def _told(this: Wave, found: Snapshot, language: str) -> ToldWave:
    title = this.in_(language).title
    return ToldWave(this.code, title, this.closes_on, this.panel_on, this.promised_on, found.responses)


def _questions(line: SnapshotLine, definition: Definition, language: str) -> Iterator[ToldQuestion]:
    """The question in the reader's language, unless it is sensitive or rests on too few for a public page."""
    share, table = line.headline, line.table.for_public()
    if line.sensitive or share is None or share.base < table.rule.base_public:
        return
    before = line.change.before if line.change else None
    change = line.change if before and before.base >= table.rule.base_public else None
    item = definition.item(line.item)
    words = {option.code: option.words.in_(language) for option in item.options}
    yes = tuple(words[code] for code in item.headline)
    answers = tuple((words.get(level, level), table.cell(level)) for level in table.axes[0].levels)
    yield ToldQuestion(line.item, line.section, item.words.in_(language), yes, share, change, answers)


def _said(found: Snapshot) -> list[Said]:
    """The themes of today's frame that enough wrote about to say so."""
    if found.themes is None:
        return []
    frozen = {str(cell.at[0]): cell for cell in found.themes.for_public().cells if not cell.hidden}
    kept = [
        Said(one.id, one.name, frozen[f"theme-{one.id}"])
        for one in themes()
        if f"theme-{one.id}" in frozen and not one.sensitive
    ]
    return sorted(kept, key=lambda said: (-(said.cell.shown or 0), said.name))
