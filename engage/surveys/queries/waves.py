"""Waves, what they ask, and where their responses come from."""

import json
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from time import monotonic
from typing import Any

from sqlalchemy import Engine, Row, Select, bindparam, event, func, select

from engage.shared import db
from engage.shared.errors import NotFound
from engage.shared.words import N_
from engage.surveys.models import ResponseRow, SettingRow, SurveyRow, VersionRow, WaveRow
from engage.surveys.rules.definition import Definition, parse
from engage.surveys.rules.waves import Wave

NO_SUCH = N_("We don't know this survey. Check the link, or ask the person who gave it to you.")


@dataclass(frozen=True)
class Setting:
    """Where responses come from: a school, a home, a group. `target` is how many the team hopes for, 0 for none.

    `contact` is the address of the adult there who is reminded, if one was named.
    """

    id: int
    wave_id: int
    code: str
    name: str
    target: int
    contact: str = ""


@dataclass(frozen=True)
class Survey:
    """One survey with its newest version; `version_id` is None where each is retired."""

    id: int
    code: str
    title: str
    state: str
    version_id: int | None


def wave(code: str) -> Wave:
    """Give the wave whose address is /s/`code`, as it was at most a second ago. Raises `NotFound`."""
    return _lately(db.engine(), code.lower(), int(monotonic()))


def wave_by_id(wave_id: int) -> Wave:
    """Give one wave. Raises `NotFound`."""
    return _one(BY_ID, id=wave_id)


def waves() -> list[Wave]:
    """Every wave, the one that opens last first."""
    rows = db.session.execute(WAVES.order_by(WaveRow.opens_on.desc(), WaveRow.id.desc()))
    return [wave_record(row) for row in rows]


def open_until(today: date) -> date | None:
    """The last day of all the waves that take answers today; None where none does."""
    return max((wave.closes_on for wave in waves() if wave.takes_answers(today)), default=None)


def definition_of(wave: Wave) -> Definition:
    """Give what this wave asks; read from the database once per process, for a version never changes."""
    return _fielded(wave.version_id, wave.version, frozenset(wave.modules))


def surveys() -> list[Survey]:
    """Every survey by title, with the number of its newest version."""
    in_use = select(VersionRow.survey_id, func.max(VersionRow.id).label("id")).where(VersionRow.retired_on.is_(None))
    newest = in_use.group_by(VersionRow.survey_id).subquery()
    rows = db.session.execute(
        select(SurveyRow, newest.c.id)
        .outerjoin(newest, newest.c.survey_id == SurveyRow.id)
        .order_by(SurveyRow.title, SurveyRow.id)
    )
    return [Survey(row.id, row.code, row.title, row.state, version_id) for row, version_id in rows]


def modules(version_id: int | None) -> tuple[str, ...]:
    """The modules that a wave of this version may switch on; none where there is no such version."""
    version = db.session.scalar(select(VersionRow.sha256).where(VersionRow.id == version_id))
    return _definition(version_id, version).modules if version_id and version else ()


def settings(wave_id: int) -> list[Setting]:
    """The settings of a wave, by name."""
    rows = db.session.scalars(
        select(SettingRow).where(SettingRow.wave_id == wave_id).order_by(SettingRow.name, SettingRow.id)
    )
    return [_setting(row) for row in rows]


def setting(wave_id: int, code: str) -> Setting:
    """One setting by the word in its link. Raises `NotFound`."""
    row = db.session.scalar(select(SettingRow).where(SettingRow.wave_id == wave_id, SettingRow.code == code))
    if row is None:
        raise NotFound(NO_SUCH)
    return _setting(row)


def responses_by_setting(wave_id: int) -> dict[int | None, int]:
    """How many responses came from each setting (None: from no setting's link); true counts, not for showing."""
    rows = db.session.execute(
        select(ResponseRow.setting_id, func.count().label("number"))
        .where(ResponseRow.wave_id == wave_id)
        .group_by(ResponseRow.setting_id)
    )
    return {row.setting_id: row.number for row in rows}


def responses_by_wave() -> dict[int, int]:
    """How many responses each wave has; true counts, not for showing."""
    rows = db.session.execute(select(ResponseRow.wave_id, func.count().label("number")).group_by(ResponseRow.wave_id))
    return {row.wave_id: row.number for row in rows}


@lru_cache(maxsize=64)
def _fielded(version_id: int, fingerprint: str, modules: frozenset[str]) -> Definition:
    return _definition(version_id, fingerprint).with_modules(modules)


@lru_cache(maxsize=32)
def _definition(version_id: int, fingerprint: str) -> Definition:  # noqa: ARG001  (the fingerprint is part of the key)
    document = db.session.scalars(select(VersionRow.document).where(VersionRow.id == version_id)).one()
    return parse(json.loads(document))


# Plain columns, and one statement for all requests.
WAVES = select(
    WaveRow.id,
    WaveRow.code,
    WaveRow.version_id,
    VersionRow.sha256.label("version"),
    WaveRow.title,
    WaveRow.mode,
    WaveRow.state,
    WaveRow.opens_on,
    WaveRow.closes_on,
    WaveRow.panel_on,
    WaveRow.promised_on,
    WaveRow.audience,
    WaveRow.can_change,
    WaveRow.cannot_change,
    WaveRow.modules,
    WaveRow.minimum,
    WaveRow.sensitive,
    WaveRow.translations,
    WaveRow.about,
    WaveRow.by_card,
    WaveRow.closings,
).join(VersionRow, VersionRow.id == WaveRow.version_id)
BY_CODE = WAVES.where(WaveRow.code == bindparam("code"))
BY_ID = WAVES.where(WaveRow.id == bindparam("id"))


# A young person's pages ask for their wave at every step, and a wave changes a few times a year.
@lru_cache(maxsize=64)
def _lately(_engine: Engine, code: str, _second: int) -> Wave:
    return _one(BY_CODE, code=code)


def _forget(*_event: object) -> None:
    _lately.cache_clear()


for change in ("after_insert", "after_update", "after_delete"):
    event.listen(WaveRow, change, _forget)  # whoever changes a wave sees it at once; other processes within a second


def _one(asked: Select[Any], **which: object) -> Wave:
    found = db.session.connection().execute(asked, which).first()
    if found is None:
        raise NotFound(NO_SUCH)
    return wave_record(found)


def wave_record(row: Row[Any]) -> Wave:
    """Give the record of a row of `WAVES`."""
    facts = row._asdict()
    facts["modules"] = tuple(filter(None, facts["modules"].split(",")))
    facts["translations"] = _translations(facts["translations"])
    facts["closings"] = tuple(json.loads(facts["closings"]).items())
    return Wave(**facts)


@lru_cache(maxsize=64)
def _translations(document: str) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    return tuple((language, tuple(texts.items())) for language, texts in json.loads(document).items())


def _setting(row: SettingRow) -> Setting:
    return Setting(row.id, row.wave_id, row.code, row.name, row.target, row.contact or "")
