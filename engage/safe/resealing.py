"""Change keys while everything runs: seal anew, bit by bit, whatever an older key sealed; then the old key may go.

It may be stopped at any moment and started again: each text says by itself which key opens it. A text that somebody
writes meanwhile is never overwritten: it is replaced only while it still is what was read.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from flask import current_app
from sqlalchemy import Column, LargeBinary, Select, Table, and_, bindparam, inspect, select, tuple_, type_coerce, update

from engage.settings import Settings, WrongSettings
from engage.shared import db
from engage.shared.crypto import Sealed, SealedFile

SOME = 3  # texts of a column that are tried, to see whether these are the keys of this database
WRONG_KEYS = (
    "The keys in {file} open nothing that this database keeps sealed. Put its own key file back: nothing was done."
)
AT_A_TIME = 200  # rows in one short transaction, so that nobody waits for it


@dataclass(frozen=True)
class Survey:
    """How many sealed texts there are, how many the newest key does not open, and how many no key opens."""

    texts: int = 0
    old: int = 0
    lost: int = 0

    def __add__(self, other: "Survey") -> "Survey":
        return Survey(self.texts + other.texts, self.old + other.old, self.lost + other.lost)


def sealed_columns() -> list[Column[Any]]:
    """Every column of sealed words or files."""
    tables = db.Model.metadata.sorted_tables
    return [column for table in tables for column in table.columns if isinstance(column.type, Sealed | SealedFile)]


def check_keys_fit() -> None:
    """Raise `WrongSettings` where `keys_fit` says no: people would write on, over words nobody can read any more."""
    if not keys_fit():
        settings: Settings = current_app.extensions["settings"]
        raise WrongSettings(WRONG_KEYS.format(file=settings.key_file or "the settings"))


def keys_fit() -> bool:
    """Answer whether these keys open one of the sealed texts looked at; a database that keeps none fits all keys."""
    known, sealed = inspect(db.engine()), False
    for column in sealed_columns():  # of this version: an older database lacks some
        table = _table(column).name
        if known.has_table(table) and column.name in {one["name"] for one in known.get_columns(table)}:
            tokens, every = _some(column), _keys(column)[1]
            if any(_opens(every, token) for token in tokens):
                return True
            sealed = sealed or bool(tokens)
    return not sealed


def survey() -> Survey:
    """Look at every sealed text, and change none."""
    found = Survey()
    for column in sealed_columns():
        for rows in _batches(column):
            found += _look(column, [row[-1] for row in rows])
    return found


def reseal(said: Callable[[int, int | None], None]) -> int:
    """Seal anew with the newest keys whatever older ones sealed, a few rows a transaction, and give how many."""
    done = 0
    for column in sealed_columns():
        for rows in _batches(column):
            done += _reseal_rows(column, rows)
            said(done, None)
    return done


def _reseal_rows(column: Column[Any], rows: list[tuple[Any, ...]]) -> int:
    newest, every = _keys(column)
    changed = []
    for *key, token in rows:
        anew = _anew(bytes(token), newest, every)
        if anew is not None:
            named = {f"key{number}": value for number, value in enumerate(key)}
            changed.append({**named, "was": token, "anew": anew})
    if not changed:
        return 0
    keys = [one == bindparam(f"key{number}") for number, one in enumerate(_table(column).primary_key)]
    as_it_was = type_coerce(column, LargeBinary) == bindparam("was", type_=LargeBinary)
    statement = update(_table(column)).where(and_(*keys), as_it_was)
    statement = statement.values({column: bindparam("anew", type_=LargeBinary)})
    with db.apart() as own:
        own.connection().execute(statement, changed)
    return len(changed)


def _anew(token: bytes, newest: Fernet, every: MultiFernet) -> bytes | None:
    """Give the token sealed by the newest key; None where it is already, or where no key opens it."""
    try:
        newest.decrypt(token)
    except InvalidToken:
        try:
            return newest.encrypt_at_time(every.decrypt(token), 0)
        except InvalidToken:
            return None
    return None


def _some(column: Column[Any]) -> list[bytes]:
    asked = select(type_coerce(column, LargeBinary)).where(column.is_not(None)).limit(SOME)
    with db.reading():
        return [bytes(token) for token in db.session.scalars(asked)]


def _look(column: Column[Any], tokens: list[Any]) -> Survey:
    newest, every = _keys(column)
    old = lost = 0
    for token in tokens:
        if not _opens(newest, bytes(token)):
            old += 1
            lost += not _opens(every, bytes(token))
    return Survey(len(tokens), old - lost, lost)


def _opens(key: Fernet | MultiFernet, token: bytes) -> bool:
    try:
        key.decrypt(token)
    except InvalidToken:
        return False
    return True


def _batches(column: Column[Any]) -> Iterator[list[tuple[Any, ...]]]:
    keys = list(_table(column).primary_key)
    asked: Select[tuple[Any, ...]] = select(*keys, type_coerce(column, LargeBinary)).where(column.is_not(None))
    asked = asked.order_by(*keys).limit(AT_A_TIME)
    after: tuple[Any, ...] | None = None
    while True:
        further = asked if after is None else asked.where(tuple_(*keys) > tuple_(*_literals(keys, after)))
        with db.reading():
            rows = [tuple(row) for row in db.session.execute(further)]
        if not rows:
            return
        yield rows
        after = rows[-1][:-1]


def _literals(keys: list[Column[Any]], values: tuple[Any, ...]) -> list[Any]:
    return [bindparam(f"after{number}", values[number], type_=key.type) for number, key in enumerate(keys)]


def _keys(column: Column[Any]) -> tuple[Fernet, MultiFernet]:
    settings: Settings = current_app.extensions["settings"]
    contact = isinstance(column.type, Sealed) and column.type.key == "contact"
    known = [Fernet(key) for key in (settings.contact_keys if contact else settings.personal_keys)]
    return known[0], MultiFernet(known)


def _table(column: Column[Any]) -> Table:
    return column.table
