"""The answers of a wave person by person, in an order of chance, a few hundred at a time."""

import random
import secrets
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import ColumnElement, func, select

from engage.shared import db
from engage.surveys.models import AnswerRow, ResponseRow, VersionRow, WaveRow, WrittenRow
from engage.surveys.queries.waves import WAVES, wave_record
from engage.surveys.rules.answer_files.columns import NOT_PLACED, NOT_TICKED, Column
from engage.surveys.rules.answer_files.protecting import Coded
from engage.surveys.rules.waves import Wave

GIVES, NEXT = "=", "\n"  # between an item and its option, and between two of them; neither stands in a code
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


def coded_rows(wave_id: int, columns: Sequence[Column], *, order: int) -> Coded:
    """Everybody's answers in these columns, a byte each, in the order of chance that `order` always gives."""
    codes = tuple(("not_asked", *sorted(set(column.labels) - {"not_asked"}, key=_unchosen)) for column in columns)
    said = AnswerRow.item + GIVES + AnswerRow.option
    asked = (
        select(func.aggregate_strings(said, NEXT))
        .select_from(ResponseRow)
        .outerjoin(AnswerRow, _answer_of(columns))
        .where(ResponseRow.wave_id == wave_id)
        .group_by(ResponseRow.key)
        .order_by(ResponseRow.key)
        .execution_options(yield_per=2000)
    )
    meaning = _Meaning(columns, codes)
    rows = [meaning.row(given) for (given,) in db.session.connection().execute(asked)]
    random.Random(order).shuffle(rows)  # noqa: S311  (the number is the secret)
    return Coded(tuple(columns), codes, rows)


def _unchosen(code: str) -> tuple[bool, str]:
    """Put what was not chosen before what was, so that of two codes of one person the later one holds."""
    return code not in {NOT_TICKED, NOT_PLACED}, code


class _Meaning(dict[str, list[tuple[int, int]]]):
    """What each stored answer puts into which columns, worked out when it is first met."""

    def __init__(self, columns: Sequence[Column], codes: Sequence[Sequence[str]]) -> None:
        self.of_item: dict[str, list[tuple[int, Column]]] = {}
        self.at = [{code: at for at, code in enumerate(each)} for each in codes]
        for place, column in enumerate(columns):
            self.of_item.setdefault(column.item, []).append((place, column))

    def __missing__(self, said: str) -> list[tuple[int, int]]:
        item, _, option = said.partition(GIVES)
        found = [(place, self.at[place][column.code([option])]) for place, column in self.of_item[item]]
        self[said] = found
        return found

    def row(self, given: str | None) -> bytes:
        """One person's answers; of several to one question each counts."""
        row = bytearray(len(self.at))
        for said in given.split(NEXT) if given else ():
            for place, code in self[said]:
                row[place] = max(row[place], code)
        return bytes(row)


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
