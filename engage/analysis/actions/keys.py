"""The keys of the frame: a theme keeps the one it has, so that fingers need not learn anew."""

from sqlalchemy import select

from engage.analysis.models import ThemeRow
from engage.analysis.rules.coding import KEYS, keys_of
from engage.shared import db
from engage.shared.errors import NotFound, NotValid
from engage.shared.words import N_


def give_key(theme_id: int, key: str) -> None:
    """Give a theme in use its key; the theme that had it takes this one's. Raises `NotFound`, `NotValid`."""
    if not key or key not in KEYS:
        raise NotValid(N_("This cannot be a key: n, s, p and u are taken, and so is what is no letter or digit"))
    rows = _in_use()
    if theme_id not in rows:
        raise NotFound(N_("There is no such theme in use"))
    keys = keys_of((row.id, row.key) for row in rows.values())
    other = next((one for one, had in keys.items() if had == key), None)
    if other is not None:
        keys[other] = keys[theme_id]
    _write(rows, keys | {theme_id: key})


def keep_keys() -> None:
    """Write down the key of every theme in use that has none yet."""
    rows = _in_use()
    _write(rows, keys_of((row.id, row.key) for row in rows.values()))


def give_way(row: ThemeRow) -> None:
    """Let a theme that comes back leave its old key to whichever theme has it now."""
    if any(one.key == row.key for one in _in_use().values()):
        row.key = None


def _in_use() -> dict[int, ThemeRow]:
    return {row.id: row for row in db.session.scalars(select(ThemeRow).where(ThemeRow.state == "selected"))}


def _write(rows: dict[int, ThemeRow], keys: dict[int, str]) -> None:
    for theme_id, key in keys.items():
        rows[theme_id].key = key
    db.session.flush()
