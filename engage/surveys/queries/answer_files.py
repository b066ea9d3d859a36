"""What goes into a file of answers: its columns and its rows, protected unless the reason opens all."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from engage.surveys.queries.answer_rows import Person, group_sizes, people_of, waves_before
from engage.surveys.queries.counts import counts_by_item, people_by_item, responses
from engage.surveys.queries.waves import definition_of, settings
from engage.surveys.rules.answer_files.columns import Column, columns_of
from engage.surveys.rules.answer_files.protecting import Protection, Sharing, kept_columns, rare_answers
from engage.surveys.rules.answer_files.taking import Taking, check_may_take
from engage.surveys.rules.waves import Wave

Words = Callable[[Collection[bytes]], Mapping[bytes, str]]
NO_SETTING, OTHER = "no_setting", "other"


@dataclass(frozen=True)
class AnswerFile:
    """The columns of a file, and its rows as they come."""

    columns: Sequence[Column]
    rows: Iterator[list[str]]


def answer_file(wave: Wave, taking: Taking, *, today: date, words: Words) -> AnswerFile:
    """Gather a file of answers; `words` gives what a person has checked of what was written. Raises `NotOpen`."""
    check_may_take(wave, responses=responses(wave.id), today=today)
    waves = _waves(wave, today) if taking.earlier else [wave]
    columns = columns_of([definition_of(one) for one in waves])
    which = _which(waves)
    if not taking.in_full:
        kept = kept_columns(columns)
        return AnswerFile([which, *kept], (row for one in waves for row in _protected(one, kept)))
    beside = _beside(waves)
    return AnswerFile(
        [which, *beside, *columns], (row for one in waves for row in _in_full(one, beside, columns, words))
    )


def columns_asked(wave: Wave) -> list[Column]:
    """The columns of one wave, for its codebook."""
    return columns_of([definition_of(wave)])


def _waves(wave: Wave, today: date) -> list[Wave]:
    earlier = [one for one in waves_before(wave) if one.over(today) and one.id != wave.id]
    return [*(one for one in earlier if responses(one.id) >= one.minimum), wave]


def _protected(wave: Wave, columns: Sequence[Column]) -> Iterator[list[str]]:
    about = [column for column in columns if column.about]
    sharing = Sharing(wave.minimum).split(group_sizes(wave.id, about))
    counts, people, total = counts_by_item(wave.id), people_by_item(wave.id), responses(wave.id)
    rare = rare_answers(columns, counts, people, total=total, minimum=wave.minimum)
    protection = Protection(tuple(columns), sharing, rare)
    for person in people_of(wave.id, with_words=False):
        yield [wave.code, *protection.row([column.code(person.given.get(column.item, ())) for column in columns])]


def _in_full(wave: Wave, beside: Sequence[Column], columns: Sequence[Column], words: Words) -> Iterator[list[str]]:
    places = {one.id: one.name for one in settings(wave.id)}
    for person in people_of(wave.id, with_words=True):
        said = words(person.written.values()) if person.written else {}
        facts = (places.get(person.setting_id or 0, NO_SETTING), person.language, f"{person.sent_on:%Y-%m}")
        known = [fact if fact in column.labels else OTHER for fact, column in zip(facts, beside, strict=True)]
        yield [wave.code, *known, *(_cell(column, person, said) for column in columns)]


def _cell(column: Column, person: Person, said: Mapping[bytes, str]) -> str:
    if column.text:
        return said.get(person.written.get(column.item, b""), "")
    return column.code(person.given.get(column.item, ()))


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
