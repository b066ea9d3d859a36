"""Lay the rows of young people anew each night, so that neither their place nor their transaction tells an order."""

import logging
from collections.abc import Iterator

from sqlalchemy import Table, Text, TextClause, Update, literal_column, text, update
from sqlalchemy.engine.interfaces import DBAPICursor

from engage.shared import db
from engage.shared.crypto import Sealed

LOOKS = 60_000  # milliseconds to wait until nobody writes; nothing is held meanwhile
READERS = 2_000  # milliseconds to wait for who still reads what was: this does hold writers up
TRIES = 5
log = logging.getLogger(__name__)


def shuffle() -> None:
    """Lay rows in the order of their random keys, so that a file, too, is the same in whatever order they came."""
    if db.engine().dialect.name == "sqlite":
        _lay_file_anew()
        return
    # Twice: what is long is kept apart, under numbers that rise as it is written, so it is written in the new order.
    # Each table by itself: whoever reads two of them can't then hold the one that this waits for.
    for statement in [*anew(), *by_key()] * 2:
        with db.engine().begin() as connection:
            connection.execute(statement)


def in_no_order() -> list[Table]:
    """Give the tables whose rows must not tell in which order they came."""
    return [one for one in db.Model.metadata.sorted_tables if one.dialect_options["sqlite"]["with_rowid"] is False]


def anew() -> Iterator[Update | TextClause]:
    """Give what writes each row as it is, so that it bears the night's transaction in place of its own."""
    for table in in_no_order():
        long = [column for column in table.columns if isinstance(column.type, Sealed | Text)]
        last = table.columns.values()[-1]
        yield update(table).values({one: one.op("||")(literal_column("''")) for one in long} or {last: last})


def by_key() -> Iterator[TextClause]:
    """Give what lays each table in the order of its keys, and drops what was written before."""
    for table in in_no_order():
        yield text(f"CLUSTER {table.name} USING {table.primary_key.name}")


def _lay_file_anew() -> None:
    """Write SQLite's whole file anew: a page keeps its rows in the order in which they came, whatever their keys.

    Who writes meanwhile waits; who reads goes on.
    """
    with db.engine().connect() as connection:
        sqlite = connection.connection.cursor()
        try:
            sqlite.execute(f"PRAGMA busy_timeout={LOOKS}")
            sqlite.execute("VACUUM")
            sqlite.execute(f"PRAGMA busy_timeout={READERS}")
            if not any(_is_emptied(sqlite) for _ in range(TRIES)):
                log.warning("somebody reads: the database's log is emptied next night")
        finally:
            sqlite.execute(f"PRAGMA busy_timeout={db.PATIENCE}")


def _is_emptied(sqlite: DBAPICursor) -> bool:
    sqlite.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    row = sqlite.fetchone()
    return row is not None and not row[0]
