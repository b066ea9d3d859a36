"""Write the code frame: examples, a frame that comes in a file; and choose what stands for a theme."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, func, select

from engage.accounts.actions import note
from engage.accounts.rules import Person
from engage.analysis.actions import themes
from engage.analysis.actions.keys import give_key
from engage.analysis.models import ExcerptRow, ThemeExampleRow, ThemeRow, ThemeVoiceRow
from engage.analysis.queries.frame import examples_of
from engage.analysis.queries.reading import excerpt_row
from engage.analysis.rules import Naming
from engage.analysis.rules.frame import FrameLine, flat
from engage.shared import db
from engage.shared.errors import NotFound, NotValid
from engage.shared.words import N_


@dataclass(frozen=True)
class Brought:
    """What came of a frame in a file: themes added, changed, and left as they are because they were put away here."""

    added: int = 0
    changed: int = 0
    put_away: tuple[str, ...] = ()


def add_example(theme_id: int, excerpt_id: str, *, belongs: bool, by: Person, today: date) -> None:
    """Choose an answer as an example of what belongs to a theme, or does not.

    Raises `NotFound`, and `NotValid` for words that nobody has checked or that the screen flagged: examples may leave
    in a file.
    """
    theme, row = _theme(theme_id), excerpt_row(excerpt_id)
    if not row.checked or row.flagged or not row.words:
        raise NotValid(
            N_("Read this answer first, and see that nothing personal is left: examples may leave in a file.")
        )
    same = select(ThemeExampleRow).where(ThemeExampleRow.theme_id == theme.id, ThemeExampleRow.excerpt_key == row.key)
    example = db.session.scalars(same).first() or ThemeExampleRow(theme_id=theme.id, excerpt_key=row.key)
    example.belongs, example.by, example.on = belongs, by.id, today
    db.session.add(example)
    db.session.flush()


def remove_example(theme_id: int, example_id: int) -> None:
    """Take an example out of the frame; the answer stays. Raises `NotFound`."""
    row = db.session.get(ThemeExampleRow, example_id)
    if row is None or row.theme_id != theme_id:
        raise NotFound(N_("There is no such example"))
    db.session.delete(row)
    db.session.flush()


def bring_in(lines: Iterable[FrameLine], *, by: Person, today: date) -> Brought:
    """Take a code frame from a file: known names are changed, new ones added, nothing is taken away.

    The same file brought in again changes nothing. A theme that was put away here stays so.
    """
    before, added, put_away = _standing(), 0, []
    for line in lines:
        known = _named(line.name)
        if known is not None and known.state == "retired":
            put_away.append(known.name)
        elif known is None:
            theme_id = themes.add(Naming(line.name, line.definition, bool(line.sensitive)), by=by, today=today)
            _complete(theme_id, line, by=by, today=today)
            added += 1
        else:
            _change(known, line, by=by, today=today)
    after = _standing()
    changed = sum(after[theme_id] != was for theme_id, was in before.items())
    note("brought in a code frame", f"{added} themes added, {changed} changed")
    return Brought(added, changed, tuple(put_away))


def keep_voices(found: Mapping[int, tuple[Collection[bytes], Collection[bytes]]]) -> None:
    """Keep, for each theme, the answers that are typical of it and those that say the contrary."""
    db.session.execute(delete(ThemeVoiceRow).where(ThemeVoiceRow.theme_id.in_(found)))
    for theme_id, (typical, contrary) in found.items():
        rows = [(key, False) for key in typical] + [(key, True) for key in contrary if key not in typical]
        db.session.add_all(
            ThemeVoiceRow(theme_id=theme_id, excerpt_key=key, contrary=says_contrary) for key, says_contrary in rows
        )
    db.session.flush()


def forget_examples(before: date) -> int:
    """Forget examples chosen or brought in before a day, and those whose answer was forgotten; gives how many."""
    silent = select(ExcerptRow.key).where(ExcerptRow.words.is_(None))
    old = (ThemeExampleRow.on < before) | ThemeExampleRow.excerpt_key.in_(silent)
    gone = db.session.execute(delete(ThemeExampleRow).where(old).execution_options(synchronize_session=False))
    return int(gone.rowcount)  # type: ignore[attr-defined]


def _standing() -> dict[int, tuple[object, ...]]:
    """What a file can change, theme by theme: two that swap their keys are two that change."""
    asked = select(ThemeExampleRow.theme_id, func.count()).group_by(ThemeExampleRow.theme_id)
    examples = dict(db.session.execute(asked).tuples().all())
    rows = db.session.scalars(select(ThemeRow))
    return {
        row.id: (row.name, row.definition, row.sensitive, row.state, row.key, examples.get(row.id, 0)) for row in rows
    }


def _change(row: ThemeRow, line: FrameLine, *, by: Person, today: date) -> None:
    sensitive = row.sensitive if line.sensitive is None else line.sensitive
    themes.describe(row.id, Naming(line.name, line.definition or row.definition, sensitive), by=by, today=today)
    if row.state == "candidate":
        themes.select_theme(row.id, by=by, today=today)
    _complete(row.id, line, by=by, today=today)


def _complete(theme_id: int, line: FrameLine, *, by: Person, today: date) -> None:
    if line.key:
        give_key(theme_id, line.key)
    there = {(one.belongs, flat(one.words)) for one in examples_of(theme_id)}
    told = [(True, words) for words in line.belongs] + [(False, words) for words in line.does_not_belong]
    for belongs, words in told:
        if (belongs, flat(words)) not in there:
            new = ThemeExampleRow(theme_id=theme_id, belongs=belongs, words=words, by=by.id, on=today)
            db.session.add(new)
    db.session.flush()


def _named(name: str) -> ThemeRow | None:
    """The theme of this name, whatever its state, one in use before others; one that was merged is gone."""
    rows = db.session.scalars(select(ThemeRow).where(ThemeRow.merged_into.is_(None)).order_by(ThemeRow.id))
    same = [row for row in rows if flat(row.name) == flat(name)]
    order = ("selected", "candidate", "retired")
    return min(same, key=lambda row: order.index(row.state), default=None)


def _theme(theme_id: int) -> ThemeRow:
    row = db.session.get(ThemeRow, theme_id)
    if row is None:
        raise NotFound(N_("There is no such theme"))
    return row
