"""The answers of a wave person by person, in an order of chance, a few hundred at a time."""

import secrets
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from operator import itemgetter

from sqlalchemy import ColumnElement, select

from engage.shared import db
from engage.surveys.models import AnswerRow, ResponseRow, VersionRow, WaveRow, WrittenRow
from engage.surveys.queries.waves import WAVES, wave_record
from engage.surveys.rules.answer_files.columns import Column
from engage.surveys.rules.waves import Wave

TOGETHER = 400  # responses; their answers fit into memory many times over


@dataclass
class Person:
    """What one person sent: options by item, keys of what they wrote by item, and the few facts beside."""

    setting_id: int | None
    language: str
    sent_on: date
    given: dict[str, list[str]] = field(default_factory=dict)
    written: dict[str, bytes] = field(default_factory=dict)


def waves_before(wave: Wave) -> list[Wave]:
    """Every wave of the same survey up to this one, the oldest first."""
    survey = select(VersionRow.survey_id).where(VersionRow.id == wave.version_id).scalar_subquery()
    asked = WAVES.where(VersionRow.survey_id == survey, WaveRow.opens_on <= wave.opens_on)
    return [wave_record(row) for row in db.session.execute(asked.order_by(WaveRow.opens_on, WaveRow.id))]


def group_sizes(wave_id: int, columns: Sequence[Column]) -> Counter[tuple[str, ...]]:
    """How many people are alike in these columns; for protecting, never for showing."""
    asked = (
        select(ResponseRow.key, AnswerRow.item, AnswerRow.option)
        .outerjoin(AnswerRow, _answer_of(columns))
        .where(ResponseRow.wave_id == wave_id)
        .order_by(ResponseRow.key)
        .execution_options(yield_per=5000)
    )
    sizes: Counter[tuple[str, ...]] = Counter()
    for _, rows in groupby(db.session.connection().execute(asked), itemgetter(0)):
        given: dict[str, list[str]] = {}
        for _, item, option in rows:
            given.setdefault(item, []).append(option)
        sizes[tuple(column.code(given.get(column.item, ())) for column in columns)] += 1
    return sizes


def people_of(wave_id: int, *, with_words: bool) -> Iterator[Person]:
    """Everybody who answered a wave, in an order of chance that is another one each time."""
    keys = list(db.session.scalars(select(ResponseRow.key).where(ResponseRow.wave_id == wave_id)))
    secrets.SystemRandom().shuffle(keys)
    for at in range(0, len(keys), TOGETHER):
        yield from _people(keys[at : at + TOGETHER], with_words=with_words)


def _people(keys: Sequence[bytes], *, with_words: bool) -> list[Person]:
    facts = select(ResponseRow.key, ResponseRow.setting_id, ResponseRow.language, ResponseRow.sent_on)
    line = db.session.connection()  # plain rows: as records they take half as long again
    rows = line.execute(facts.where(ResponseRow.key.in_(keys)))
    found = {key: Person(setting_id, language, sent_on) for key, setting_id, language, sent_on in rows}
    chosen = select(AnswerRow.response_key, AnswerRow.item, AnswerRow.option)
    for key, item, option in line.execute(chosen.where(AnswerRow.response_key.in_(keys))):
        found[key].given.setdefault(item, []).append(option)
    if with_words:
        wrote = select(WrittenRow.response_key, WrittenRow.item, WrittenRow.key)
        for key, item, written_key in line.execute(wrote.where(WrittenRow.response_key.in_(keys))):
            found[key].written[item] = written_key
    return [found[key] for key in keys if key in found]


def _answer_of(columns: Collection[Column]) -> ColumnElement[bool]:
    items = {column.item for column in columns}
    return (AnswerRow.response_key == ResponseRow.key) & AnswerRow.item.in_(items)
