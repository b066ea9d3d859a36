"""Put one row into every table, whatever it means: for tests of what must hold for each table and each column."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import Column, Connection, LargeBinary, String, Table
from sqlalchemy.types import TypeDecorator

from engage import tables as _tables  # noqa: F401  (loads every table)
from engage.shared import db
from engage.shared.crypto import Sealed, SealedFile

NUMBER, WORD = 42_424_242, "planted"  # every number (which no sequence reaches) and every word, so that keys fit
CHAIN = "audit_chain"  # one row, which whatever is written down afterwards changes
PLAIN = {
    int: NUMBER, str: WORD, bytes: WORD.encode(), bool: False, float: 0.5, date: date(2026, 11, 2),
    time: time(17), datetime: datetime(2026, 11, 2, tzinfo=UTC), dict: {}, list: [],
}  # fmt: skip
CHECKS = """
    SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
    WHERE contype = 'c' AND conrelid <> 0
"""
Words = Callable[[Column[Any]], str]


def sealed_columns() -> list[Column[Any]]:
    """Every column of personal words or files, of every table."""
    return [
        column
        for table in db.Model.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, (Sealed, SealedFile))
    ]


def plant(words: Words = str, *, checked_later: bool = True) -> None:
    """Put one row into each table but the audit's chain, whatever it may say; `words` stand in sealed columns.

    `checked_later` is False where the rows are then written anew as they are: PostgreSQL would refuse them.
    """
    with db.engine().begin() as connection, _nothing_checked(connection, checked_later=checked_later):
        for table in (one for one in db.Model.metadata.sorted_tables if one.name != CHAIN):
            connection.execute(table.insert().values({one.name: _value(one, words) for one in table.columns}))


@contextmanager
def _nothing_checked(connection: Connection, *, checked_later: bool) -> Iterator[None]:
    """Let a row say what no row may, and check the next one again."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA ignore_check_constraints=ON")
        yield
        connection.exec_driver_sql("PRAGMA ignore_check_constraints=OFF")
        return
    checks = connection.exec_driver_sql(CHECKS).all()
    for table, name, _ in checks:
        connection.exec_driver_sql(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
    yield
    for table, name, rule in checks if checked_later else ():
        connection.exec_driver_sql(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {rule} NOT VALID'.replace("%", "%%"))


def _value(column: Column[Any], words: Words) -> object:
    if isinstance(column.type, Sealed):
        return words(column)
    if isinstance(column.type, SealedFile):
        return words(column).encode()
    kind = column.type.impl_instance if isinstance(column.type, TypeDecorator) else column.type
    plain = PLAIN[bytes if isinstance(kind, LargeBinary) else kind.python_type]
    return plain[: kind.length] if isinstance(kind, String) else plain


def everything(*, but: frozenset[str] = frozenset()) -> dict[str, list[Any]]:
    """Every row of every table as it lies there, but of those named."""
    with db.engine().connect() as connection:
        return {
            table.name: _rows(connection, table) for table in db.Model.metadata.sorted_tables if table.name not in but
        }


def _rows(connection: Connection, table: Table) -> list[Any]:
    return sorted(connection.exec_driver_sql(f'SELECT * FROM "{table.name}"').all(), key=repr)  # noqa: S608
