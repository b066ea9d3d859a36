"""Shape the code frame: use, name, merge, put away; every deed is kept, and no run of the worker undoes one."""

from datetime import date

from sqlalchemy import delete, select

from engage.accounts.rules import Person
from engage.analysis.actions.following import follow_all
from engage.analysis.actions.keys import give_way, keep_keys
from engage.analysis.actions.naming import check_free, check_unchanged
from engage.analysis.models import CodingRow, ThemeHistoryRow, ThemeRow
from engage.analysis.rules import THEME, Naming
from engage.shared import db, wanted
from engage.shared.errors import NotFound, NotValid
from engage.shared.words import N_
from engage.surveys.queries.places import place


def add(new: Naming, *, by: Person, today: date) -> int:
    """Add a theme that a person saw; it is used at once. Raises `NotValid` for a name that is there."""
    check_free(new.name)
    row = ThemeRow(name=new.name, definition=new.definition, sensitive=new.sensitive, state="selected")
    db.session.add(row)
    db.session.flush()
    _keep(row, "added by hand", by=by, today=today)
    keep_keys()
    return row.id


def describe(theme_id: int, naming: Naming, *, by: Person, today: date, seen: tuple[str, str] | None = None) -> None:
    """Change a theme's name, definition or sensitivity; `seen` are the name and definition that stood on the page.

    Raises `NotFound`, `NotValid` for a name that another theme has, and when somebody else changed it meanwhile.
    """
    row = _row(theme_id)
    if seen is not None:
        check_unchanged(row, seen)
    check_free(naming.name, but=row.id)
    changes = [
        f"renamed from “{row.name}” to “{naming.name}”" if row.name != naming.name else "",
        "definition changed" if row.definition != naming.definition else "",
        f"{'now' if naming.sensitive else 'no longer'} sensitive" if row.sensitive != naming.sensitive else "",
    ]
    before = row.definition if row.definition != naming.definition else ""
    row.name, row.definition, row.sensitive = naming.name, naming.definition, naming.sensitive
    if did := "; ".join(change for change in changes if change):
        _keep(row, did, by=by, today=today, before=before)


def select_theme(theme_id: int, *, by: Person, today: date) -> None:
    """Take a suggested theme into the code frame. Raises `NotFound`, `NotAllowed`, `NotOpen`, `NotValid`."""
    row = _row(theme_id)
    check_free(row.name, but=row.id, among=("selected",))
    _move(row, "select", "taken into use", by=by, today=today)
    keep_keys()


def retire(theme_id: int, *, by: Person, today: date) -> None:
    """Put a theme away: nothing more is suggested for it. Raises `NotFound`, `NotAllowed`, `NotOpen`."""
    _move(_row(theme_id), "retire", "put away", by=by, today=today)


def bring_back(theme_id: int, *, by: Person, today: date) -> None:
    """Use a theme again that was put away. Raises `NotFound`, `NotAllowed`, `NotOpen`, `NotValid`."""
    row = _row(theme_id)
    if row.merged_into is not None:
        raise NotValid(N_("Its answers went to the theme it was merged into. Add a new theme instead."))
    check_free(row.name, but=row.id)
    give_way(row)
    _move(row, "bring_back", "taken into use again", by=by, today=today)
    keep_keys()


def merge(theme_id: int, into: int, *, by: Person, today: date) -> None:
    """Give all answers of a theme to another one. Raises `NotFound`, `NotAllowed`, `NotOpen`, `NotValid`."""
    held = {one: _row(one) for one in sorted({theme_id, into})}  # in one order, so that two merges never wait crosswise
    row, target = held[theme_id], held[into]
    if row.id == target.id or target.state == "retired":
        raise NotValid(N_("Choose another theme to merge into, one that is in use"))
    _move(row, "merge", f"merged into “{target.name}”", by=by, today=today)
    _keep(target, f"took in “{row.name}”", by=by, today=today)
    row.merged_into = target.id
    target.sensitive = target.sensitive or row.sensitive
    target.words = _joined(target.words, row.words)
    _move_codings(row.id, target.id)
    follow_all(row.id, target.id)


def look_for_themes(subject: str) -> None:
    """Ask the worker to look for themes in a wave or source. Raises `NotFound`."""
    wanted.want("themes", place(subject).subject)


def _move(row: ThemeRow, verb: str, did: str, *, by: Person, today: date) -> None:
    row.state = THEME.move(verb, state=row.state, roles=by.roles)
    _keep(row, did, by=by, today=today)


def _move_codings(old: int, new: int) -> None:
    mine = {row.excerpt_key: row for row in _codings(new)}
    for row in _codings(old):
        there = mine.get(row.excerpt_key)
        if there is None:
            there = CodingRow(excerpt_key=row.excerpt_key, theme_id=new)
            db.session.add(there)
        if there.confirmed_by is None or (there.refused and not row.refused and row.confirmed_by is not None):
            there.confirmed_by, there.refused = row.confirmed_by, row.refused
        there.closeness = max(there.closeness or 0.0, row.closeness)
    db.session.execute(delete(CodingRow).where(CodingRow.theme_id == old))


def _codings(theme_id: int) -> list[CodingRow]:
    return list(db.session.scalars(select(CodingRow).where(CodingRow.theme_id == theme_id)))


def _joined(words: str, more: str) -> str:
    both = dict.fromkeys(word.strip() for word in f"{words},{more}".split(",") if word.strip())
    return ", ".join(both)[:400].rpartition(",")[0] if len(", ".join(both)) > 400 else ", ".join(both)  # noqa: PLR2004


def _keep(row: ThemeRow, did: str, *, by: Person | None, today: date, before: str = "") -> None:
    deed = ThemeHistoryRow(theme_id=row.id, on=today, by=by.id if by else None, did=did[:300], before=before)
    db.session.add(deed)


def _row(theme_id: int) -> ThemeRow:
    row = db.locked(ThemeRow, theme_id)
    if row is None:
        raise NotFound(N_("There is no such theme"))
    return row
