"""The database: one session a request, one commit for each POST that went well."""

import random
import re
import sqlite3
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from functools import lru_cache
from http.client import BAD_REQUEST
from typing import TYPE_CHECKING, Any, TypeVar

from flask import Flask, Response, has_request_context, request
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Connection, Engine, MetaData, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import DeclarativeBase, Session

from engage.shared.errors import EngageError
from engage.shared.private import database_file, make_private

NAMES = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
# Rows of such a table lie in the order of their random key, so their place tells nothing about when they came.
NO_ORDER = {"sqlite_with_rowid": False}
PATIENCE = 15_000  # milliseconds
TRIES = 3_000
READS = ("GET", "HEAD", "OPTIONS")
TURN = "turn"
NAMED = re.compile(r":(\w+)")
# Writers of one process queue here, so that only one of them asks SQLite for its lock; it guards nothing by itself.
_turn = threading.Lock()
_only_reading: ContextVar[bool] = ContextVar("only_reading", default=False)


class _Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMES)


class Dangling(EngageError):
    """A migration would leave rows that point at nothing; the message says in which tables."""


# A statement that fails is logged without its values: a receipt's hash beside a time would be one too many.
library = SQLAlchemy(model_class=_Base, engine_options={"hide_parameters": True})
session = library.session
if TYPE_CHECKING:
    Model = _Base
else:
    Model = library.Model
Row = TypeVar("Row", bound=_Base)


def init_app(app: Flask) -> None:
    """Attach the database and the one commit rule."""
    library.init_app(app)
    with app.app_context():
        if library.engine.dialect.name == "sqlite":
            _keep_private(library.engine)
            event.listen(library.engine, "connect", _prepare_sqlite)
            event.listen(library.engine, "begin", _begin_sqlite)
            for end in ("commit", "rollback"):
                event.listen(library.engine, end, _end_turn)
        else:
            event.listen(library.engine, "connect", _prepare_postgres)
    app.after_request(_keep_or_drop)


def options(url: str) -> dict[str, object]:
    """Give what else an engine needs: that a PostgreSQL was stopped is noticed before anything is sent to it."""
    return {} if url.startswith("sqlite") else {"pool_pre_ping": True}


def create_tables() -> None:
    """Create every table; tests only, an installation migrates."""
    library.create_all()


def engine() -> Engine:
    """Give the engine of the current app."""
    return library.engine


def let_go() -> None:
    """Close every connection of this process: those that are forked from it each open their own."""
    session.remove()
    engine().dispose()


def locked(table: type[Row], key: Any) -> Row | None:
    """Give one row, read anew and held to the end of the transaction, so that two people never move it at once.

    SQLite has one writer at a time anyway; what this transaction changed before is written first, never lost.
    """
    session.flush()
    row: Row | None = session.get(table, key, with_for_update=True, populate_existing=True)
    return row


def insert_into(table: type[_Base]) -> Any:
    """Give an insert that knows ON CONFLICT, for whichever of the two databases this is."""
    return (postgresql.insert if engine().dialect.name == "postgresql" else sqlite.insert)(table)


def run(statement: str, values: Mapping[str, object] | Sequence[Mapping[str, object]]) -> int:
    """Run a statement that is written out, with `:name` for each value, and give how many rows it was about.

    For what every answer sent does: nothing is put together or turned first, so give days and times as `written`.
    """
    connection = session.connection()
    return connection.exec_driver_sql(_spoken(statement, connection.dialect.paramstyle), values).rowcount


def written(when: date) -> str:
    """Write a day, or a moment without its zone, as both databases read it."""
    return when.isoformat(" ", "microseconds") if isinstance(when, datetime) else when.isoformat()


@lru_cache(maxsize=64)
def _spoken(statement: str, style: str) -> str:
    return NAMED.sub(r"%(\1)s", statement) if style == "pyformat" else statement


@contextmanager
def apart() -> Iterator[Session]:
    """Write in a transaction of its own, for what must be kept even if the page fails.

    On SQLite there is one writer at a time: call this before the page's own first statement.
    """
    with Session(library.engine) as own, own.begin():
        yield own


@contextmanager
def reading() -> Iterator[None]:
    """Read without holding the writers up, outside a request or before a page's own first write.

    Whatever was changed inside is dropped.
    """
    token = _only_reading.set(True)
    try:
        _drop()
        yield
    finally:
        _drop()
        _only_reading.reset(token)


def _drop() -> None:
    if session.registry.has():  # else nobody has asked this database anything, and nothing can have changed
        session.rollback()


@contextmanager
def rebuilding(connection: Connection) -> Iterator[None]:
    """Let a migration lay tables anew, all or nothing. Raises `Dangling` when a row would point nowhere afterwards.

    SQLite forgets with a dropped table every row that points at it, or refuses; so it is asked at the end instead.
    """
    sqlite = connection.connection.driver_connection if connection.dialect.name == "sqlite" else None
    _guard(sqlite, "OFF")
    try:
        with connection.begin():
            yield
            _check_nothing_dangles(sqlite)
    finally:
        _guard(sqlite, "ON")


def _guard(sqlite: Any, state: str) -> None:
    if sqlite is not None:
        sqlite.execute(f"PRAGMA foreign_keys={state}")


def _check_nothing_dangles(sqlite: Any) -> None:
    rows = [] if sqlite is None else sqlite.execute("PRAGMA foreign_key_check").fetchall()
    if rows:
        tables = ", ".join(sorted({str(row[0]) for row in rows}))
        raise Dangling(f"{len(rows)} rows would point nowhere ({tables}). Nothing was changed.")


def _keep_private(engine: Engine) -> None:
    """Make the database's file for its owner only, before SQLite does: the folder may be open to others."""
    file = database_file(engine.url)
    if file is not None:
        event.listen(engine, "do_connect", lambda *_: make_private(file))


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the "begin" event below opens transactions, not the driver
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "secure_delete=ON",
        f"busy_timeout={PATIENCE}",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _prepare_postgres(connection: Any, _record: object) -> None:
    """A page waits as long for a table as on SQLite; the worker's night as long as it takes."""
    if has_request_context():
        connection.execute(f"SET lock_timeout = {PATIENCE}")
        connection.commit()


def _begin_sqlite(connection: Any) -> None:
    """Take the write lock at the start of what may write: a late upgrade would fail instead of waiting."""
    reads = _only_reading.get() or (has_request_context() and request.method in READS)
    if reads:
        connection.exec_driver_sql("BEGIN")
        return
    connection.info[TURN] = _turn.acquire(timeout=PATIENCE / 1000)
    try:
        if not _took_turn(connection.connection.driver_connection):
            connection.exec_driver_sql("BEGIN IMMEDIATE")
    except Exception:
        _end_turn(connection)
        raise


def _end_turn(connection: Any) -> None:
    if connection.info.pop(TURN, False):
        _turn.release()


def _took_turn(sqlite: sqlite3.Connection) -> bool:
    """Ask for the write lock every millisecond; left to itself SQLite sleeps up to 100, and the lock lies idle."""
    sqlite.execute("PRAGMA busy_timeout=0")
    try:
        return any(_took_lock(sqlite) for _ in range(TRIES))
    finally:
        sqlite.execute(f"PRAGMA busy_timeout={PATIENCE}")


def _took_lock(sqlite: sqlite3.Connection) -> bool:
    try:
        sqlite.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError:
        time.sleep(random.uniform(0.0003, 0.001))  # noqa: S311  (only to keep two of them out of step)
        return False
    return True


def _keep_or_drop(response: Response) -> Response:
    if not session.registry.has():
        return response
    if request.method == "POST" and response.status_code < BAD_REQUEST:
        session.commit()
    else:
        _drop()
    return response
