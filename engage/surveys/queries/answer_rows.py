"""The answers of a wave person by person, in an order of chance, a small number for each answer."""

import random
import secrets
from array import array
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import func, select

from engage.shared import db
from engage.surveys.models import AnswerRow, ResponseRow, VersionRow, WaveRow, WrittenRow
from engage.surveys.queries.waves import WAVES, wave_record
from engage.surveys.rules.answer_files.columns import NOT_PLACED, NOT_TICKED, Column
from engage.surveys.rules.answer_files.protecting import Cell, Coded, Codes, cell_of
from engage.surveys.rules.waves import Wave

Facts = tuple[int | None, str, str]  # setting, language, month
BESIDE = (ResponseRow.key, ResponseRow.setting_id, ResponseRow.language, ResponseRow.sent_on)
GIVES, NEXT = "=", "\n"  # between an item and its option, and between two of them; neither stands in a code
KEY, PLACE = 16, 4  # bytes


@dataclass(frozen=True)
class Everybody:
    """What everybody sent, in an order of chance: of each the key, the place of their `facts`, and a cell a column."""

    codes: Codes
    facts: Sequence[Facts]
    rows: Sequence[bytes]

    @cached_property
    def cell(self) -> Cell:
        """How large a cell is."""
        return cell_of(self.codes)

    def cells(self, row: bytes) -> Sequence[int]:
        """The cells of one row."""
        return memoryview(row)[KEY + PLACE :].cast(self.cell)


def waves_before(wave: Wave) -> list[Wave]:
    """Every wave of the same survey up to this one, the oldest first."""
    survey = select(VersionRow.survey_id).where(VersionRow.id == wave.version_id).scalar_subquery()
    asked = WAVES.where(VersionRow.survey_id == survey, WaveRow.opens_on <= wave.opens_on)
    return [wave_record(row) for row in db.session.execute(asked.order_by(WaveRow.opens_on, WaveRow.id))]


def coded_rows(wave_id: int, columns: Sequence[Column], *, order: int) -> Coded:
    """Everybody's answers in these columns, a cell each, in the order of chance that `order` always gives."""
    codes = _codes(columns)
    meaning = _Meaning(columns, codes)
    rows = [meaning.row(given) for (given,) in _each(wave_id, columns)]
    random.Random(order).shuffle(rows)  # noqa: S311  (the number is the secret)
    return Coded(tuple(columns), codes, rows)


def everybody(wave_id: int, columns: Sequence[Column]) -> Everybody:
    """Everybody's answers in these columns, and where, in which language and in which month, in an order of chance."""
    codes = _codes(columns)
    meaning, found = _Meaning(columns, codes), dict[Facts, int]()
    rows = []
    for key, setting_id, language, sent_on, given in _each(wave_id, columns, *BESIDE):
        place = found.setdefault((setting_id, language, f"{sent_on:%Y-%m}"), len(found))
        rows.append(key + place.to_bytes(PLACE) + meaning.row(given))
    secrets.SystemRandom().shuffle(rows)
    return Everybody(codes, list(found), rows)


def written_keys(keys: Collection[bytes]) -> dict[tuple[bytes, str], bytes]:
    """The key of what each of these people wrote at each item."""
    wrote = select(WrittenRow.response_key, WrittenRow.item, WrittenRow.key).where(WrittenRow.response_key.in_(keys))
    return {(person, item): key for person, item, key in db.session.connection().execute(wrote)}


def _codes(columns: Sequence[Column]) -> Codes:
    return tuple(("not_asked", *sorted(set(column.labels) - {"not_asked"}, key=_unchosen)) for column in columns)


def _each(wave_id: int, columns: Sequence[Column], *facts: Any) -> Iterator[Any]:
    """One row for each response: some facts, and all its answers to the items of these columns in one text."""
    items = {column.item for column in columns}
    answered = (AnswerRow.response_key == ResponseRow.key) & AnswerRow.item.in_(items)
    asked = (
        select(*facts, func.aggregate_strings(AnswerRow.item + GIVES + AnswerRow.option, NEXT))
        .select_from(ResponseRow)
        .outerjoin(AnswerRow, answered)
        .where(ResponseRow.wave_id == wave_id)
        .group_by(ResponseRow.key)
        .order_by(ResponseRow.key)
        .execution_options(yield_per=2000)
    )
    return iter(db.session.connection().execute(asked))


def _unchosen(code: str) -> tuple[bool, str]:
    """Put what was not chosen before what was, so that of two codes of one person the later one holds."""
    return code not in {NOT_TICKED, NOT_PLACED}, code


class _Meaning:
    """What each stored answer puts into which columns, worked out when it is first met."""

    def __init__(self, columns: Sequence[Column], codes: Codes) -> None:
        self.blank = array(cell_of(codes), [0] * len(columns))
        self.of_item: dict[str, list[tuple[int, Column]]] = {}
        self.at = [{code: at for at, code in enumerate(each)} for each in codes]
        self.alone: dict[str, tuple[int, int]] = {}  # an answer that decides one column by itself: its place and code
        self.several: dict[str, list[tuple[int, int]]] = {}  # one that others of the same person may go beyond
        for place, column in enumerate(columns):
            self.of_item.setdefault(column.item, []).append((place, column))

    def row(self, given: str | None) -> bytes:
        """One person's answers; of several to one question each counts."""
        row = self.blank[:]
        for said in given.split(NEXT) if given else ():
            if found := self.alone.get(said):
                row[found[0]] = found[1]
                continue
            for place, code in self.several.get(said) or self._learn(said):
                row[place] = max(row[place], code)
        return row.tobytes()

    def _learn(self, said: str) -> list[tuple[int, int]]:
        item, _, option = said.partition(GIVES)
        found = [(place, self.at[place][column.code([option])]) for place, column in self.of_item[item]]
        if len(found) == 1 and self.of_item[item][0][1].option is None:
            self.alone[said] = found[0]
        else:
            self.several[said] = found
        return found
