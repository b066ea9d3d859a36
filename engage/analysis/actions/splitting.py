"""Split a theme: a person chooses which of its answers go to another one, and both keep what happened."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from engage.accounts.rules import Person
from engage.analysis.actions import themes
from engage.analysis.actions.following import follow
from engage.analysis.models import CodingRow, ExcerptRow, ThemeHistoryRow, ThemeRow
from engage.analysis.queries.reading import excerpt_row
from engage.analysis.rules import LIVING, Naming
from engage.shared import db, wanted
from engage.shared.errors import NotFound, NotOpen, NotValid
from engage.shared.words import N_
from engage.surveys.queries.places import places


@dataclass(frozen=True)
class Where:
    """Where the chosen answers go: a theme that is there, or a new one; exactly one is given."""

    into: int | None = None
    new: Naming | None = None


def split(theme_id: int, excerpt_ids: Collection[str], where: Where, *, by: Person, today: date) -> int:
    """Move the chosen answers of a theme to another one; gives that theme's id.

    The move is the person's decision: no later run puts an answer back. Receipts of waves that are reported stay with
    the old theme, since nobody can tell any more which of them belong to the chosen answers.
    Raises `NotFound`, `NotOpen`, `NotValid` when nothing was chosen, all of it, or the theme itself.
    """
    row, target = _both(theme_id, where, by=by, today=today)
    held = {one.excerpt_key: one for one in db.session.scalars(select(CodingRow).where(CodingRow.theme_id == row.id))}
    keys = [excerpt_row(one).key for one in dict.fromkeys(excerpt_ids)]
    confirmed = {key for key, one in held.items() if one.confirmed_by is not None and not one.refused}
    chosen = [key for key in keys if key in confirmed]
    if not chosen:
        raise NotValid(N_("Tick the answers that go to the other theme"))
    if len(chosen) == len(confirmed):
        raise NotValid(N_("These are all its answers. Rename the theme, or merge it into the other one, instead."))
    for key in chosen:
        _move(held[key], target.id, by=by)
    follow(row.id, target.id, chosen)
    _keep(row, f"split: some answers went to “{target.name}”", by=by, today=today)
    _keep(target, f"took answers that were split off “{row.name}”", by=by, today=today)
    _ask_again(chosen)
    return target.id


def _both(theme_id: int, where: Where, *, by: Person, today: date) -> tuple[ThemeRow, ThemeRow]:
    if where.into == theme_id:
        raise NotValid(N_("Choose another theme than the one that is split"))
    held = {one: _living(one) for one in sorted({theme_id} | ({where.into} if where.into is not None else set()))}
    if where.new is not None:
        sensitive = where.new.sensitive or held[theme_id].sensitive
        new = themes.add(Naming(where.new.name, where.new.definition, sensitive), by=by, today=today)
        return held[theme_id], _living(new)
    if where.into is None:
        raise NotValid(N_("Choose a theme, or give a new one a name"))
    return held[theme_id], held[where.into]


def _living(theme_id: int) -> ThemeRow:
    row = db.locked(ThemeRow, theme_id)
    if row is None:
        raise NotFound(N_("There is no such theme"))
    if row.state not in LIVING:
        raise NotOpen(N_("This theme was put away: choose another one"))
    return row


def _move(old: CodingRow, target_id: int, *, by: Person) -> None:
    new = db.session.get(CodingRow, (old.excerpt_key, target_id))
    new = new or CodingRow(excerpt_key=old.excerpt_key, theme_id=target_id, closeness=old.closeness)
    new.confirmed_by, new.refused = by.id, False
    old.confirmed_by, old.refused = by.id, True
    db.session.add(new)


def _ask_again(keys: Collection[bytes]) -> None:
    """Ask for suggestions anew where the answers were said: the old ones come from the theme before the split."""
    asked = select(ExcerptRow.wave_id, ExcerptRow.source_id).where(ExcerptRow.key.in_(keys)).distinct()
    said = {(wave_id, source_id) for wave_id, source_id in db.session.execute(asked)}
    for where in places():
        if (where.wave_id, where.source_id) in said:
            wanted.want("code", where.subject)


def _keep(row: ThemeRow, did: str, *, by: Person, today: date) -> None:
    db.session.add(ThemeHistoryRow(theme_id=row.id, on=today, by=by.id, did=did[:300]))
