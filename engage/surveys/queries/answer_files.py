"""What goes into a file of answers: its columns and its rows, protected unless the reason opens all."""

import hashlib
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from engage.shared import db
from engage.shared.crypto import keyed
from engage.shared.errors import NotOpen
from engage.surveys.models import WaveRow
from engage.surveys.queries.answer_rows import KEY, PLACE, Facts, coded_rows, everybody, waves_before, written_keys
from engage.surveys.queries.counts import responses
from engage.surveys.queries.waves import definition_of, settings
from engage.surveys.rules.answer_files.columns import WRITTEN, Column, columns_of
from engage.surveys.rules.answer_files.protecting import BASE, Coded, Codes, kept_columns, protected_rows
from engage.surveys.rules.answer_files.taking import Taking, check_may_take
from engage.surveys.rules.waves import Wave

Words = Callable[[Collection[bytes]], Mapping[bytes, str]]
GONE = (
    "Somebody deleted what they sent in “{title}” after its first file was made. Laid beside it, another file would "
    "tell what they said: use the first one."
)
TOGETHER = 400  # people whose words are opened together
NO_SETTING, OTHER = "no_setting", "other"


@dataclass(frozen=True)
class AnswerFile:
    """The columns of a file, its rows as they come, and by wave the mark of what a protected one was made from."""

    columns: Sequence[Column]
    rows: Iterator[list[str]]
    marks: Mapping[int, bytes]


def answer_file(wave: Wave, taking: Taking, *, today: date, words: Words) -> AnswerFile:
    """Gather a file of answers; `words` gives what a person has checked of what was written. Raises `NotOpen`."""
    least = wave.minimum if taking.in_full else max(wave.minimum, BASE)
    check_may_take(wave, responses=responses(wave.id), least=least, today=today)
    waves = _waves(wave, least, today) if taking.earlier else [wave]
    return _all_of(waves, words) if taking.in_full else _safe_of(waves)


def _safe_of(waves: Sequence[Wave]) -> AnswerFile:
    """What each wave gives alone, put together: a file of several tells nothing that the files of each do not."""
    kept = kept_columns(columns_of([definition_of(one) for one in waves]))
    coded = {one: _coded(one) for one in waves}
    marks = {one.id: _mark(rows) for one, rows in coded.items()}
    for one in waves:
        _check_same(one, marks[one.id])
    rows = (row for one in waves for row in _protected(one, coded[one], kept))
    return AnswerFile([_which(waves), *kept], rows, marks)


def _all_of(waves: Sequence[Wave], words: Words) -> AnswerFile:
    columns, beside = columns_of([definition_of(one) for one in waves]), _beside(waves)
    rows = (row for one in waves for row in _in_full(one, beside, columns, words))
    return AnswerFile([_which(waves), *beside, *columns], rows, {})


def columns_asked(wave: Wave) -> list[Column]:
    """The columns of one wave, for its codebook."""
    return columns_of([definition_of(wave)])


def _waves(wave: Wave, least: int, today: date) -> list[Wave]:
    earlier = [one for one in waves_before(wave) if one.over(today) and one.id != wave.id]
    return [*(one for one in earlier if responses(one.id) >= max(least, one.minimum)), wave]


def _told_apart(column: Column) -> tuple[str, str | None]:
    return column.item, column.option


def _coded(wave: Wave) -> Coded:
    """What of a wave may be in a protected file, always in the same order, whatever else the file holds."""
    order = int.from_bytes(keyed("order of answers", wave.code.encode())[:8])
    return coded_rows(wave.id, kept_columns(columns_asked(wave)), order=order)


def _mark(coded: Coded) -> bytes:
    """What tells these rows from others; nobody can work it out without our key."""
    content = hashlib.sha256(repr([column.name for column in coded.columns]).encode())
    for row in coded.rows:
        content.update(row)
    return keyed("answers that left", content.digest())


def _check_same(wave: Wave, mark: bytes) -> None:
    before = db.session.scalar(select(WaveRow.taken_mark).where(WaveRow.id == wave.id))
    if before and before != mark:
        raise NotOpen(GONE.format(title=wave.title))


def _protected(wave: Wave, coded: Coded, columns: Sequence[Column]) -> Iterator[list[str]]:
    places = {_told_apart(column): place for place, column in enumerate(coded.columns)}
    wanted = [(column, places.get(_told_apart(column))) for column in columns]
    for row in protected_rows(coded, minimum=wave.minimum):
        said = ("not_asked" if place is None else row[place] for _, place in wanted)
        yield [
            wave.code,
            *(code if code in column.labels else "not_asked" for code, (column, _) in zip(said, wanted, strict=True)),
        ]


def _in_full(wave: Wave, beside: Sequence[Column], columns: Sequence[Column], words: Words) -> Iterator[list[str]]:
    told = [column for column in columns if not column.text]
    found = everybody(wave.id, told)
    codes = _asked_here(wave, told, found.codes)
    facts = _facts(wave, found.facts, beside)
    texts = [(place, column.item) for place, column in enumerate(columns) if column.text]
    of_words = [(place, column.item) for place, column in enumerate(told) if column.of_words]
    for at in range(0, len(found.rows), TOGETHER):
        rows = found.rows[at : at + TOGETHER]
        wrote = written_keys([row[:KEY] for row in rows]) if texts else {}
        said = words(wrote.values()) if wrote else {}
        for row in rows:
            cells = [each[code] for each, code in zip(codes, found.cells(row), strict=True)]
            for place, item in of_words:
                if (row[:KEY], item) in wrote:
                    cells[place] = WRITTEN
            for place, item in texts:  # in order, so that each comes to stand where its column is
                cells.insert(place, said.get(wrote.get((row[:KEY], item), b""), ""))
            yield [*facts[int.from_bytes(row[KEY : KEY + PLACE])], *cells]


def _asked_here(wave: Wave, columns: Sequence[Column], codes: Codes) -> Codes:
    """What the codes of a wave's rows stand for: a column that it has not for itself was not asked in it."""
    own = {(*_told_apart(column), column.of_words) for column in columns_asked(wave) if not column.text}
    asked = [(*_told_apart(column), column.of_words) in own for column in columns]
    return tuple(each if here else ("not_asked",) * len(each) for each, here in zip(codes, asked, strict=True))


def _facts(wave: Wave, found: Sequence[Facts], beside: Sequence[Column]) -> list[list[str]]:
    """What stands beside the answers of a row: wave, setting, language, month."""
    places = {one.id: one.name for one in settings(wave.id)}
    said = [(places.get(setting_id or 0, NO_SETTING), language, month) for setting_id, language, month in found]
    known = (
        [one if one in column.labels else OTHER for one, column in zip(each, beside, strict=True)] for each in said
    )
    return [[wave.code, *each] for each in known]


def _which(waves: Sequence[Wave]) -> Column:
    labels = {wave.code: (number, wave.title) for number, wave in enumerate(waves, start=1)}
    return Column("wave", "Which wave", "wave", labels)


def _beside(waves: Sequence[Wave]) -> list[Column]:
    """What a file in full says beside the answers: where, in which language, in which month."""
    places = {one.name: one.name for wave in waves for one in settings(wave.id)} | {NO_SETTING: "No setting's link"}
    languages = dict.fromkeys(language for wave in waves for language in definition_of(wave).languages)
    months = dict.fromkeys(month for wave in waves for month in _months(wave))
    return [
        _numbered("setting", "Where it was answered", places),
        _numbered("language", "In which language", {language: language for language in languages}),
        _numbered("month", "In which month", {month: month for month in months}),
    ]


def _months(wave: Wave) -> Iterator[str]:
    first, last = wave.opens_on.replace(day=1), wave.closes_on
    while first <= last:
        yield f"{first:%Y-%m}"
        first = first.replace(year=first.year + first.month // 12, month=first.month % 12 + 1)


def _numbered(name: str, words: str, labels: Mapping[str, str]) -> Column:
    named = [*labels.items(), (OTHER, "Another")]
    return Column(name, words, name, {code: (number, said) for number, (code, said) in enumerate(named, start=1)})
