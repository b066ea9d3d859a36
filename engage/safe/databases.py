"""Copy a whole database into a file while others write, and put it back: SQLite by itself, PostgreSQL by its tools."""

import os
import shutil
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, NullPool, create_engine, func, inspect, select, table, text
from sqlalchemy.schema import CreateSchema, DropSchema

from engage.safe.container import Unreadable
from engage.settings import WrongSettings
from engage.shared.private import make_private

PACKAGE = "install PostgreSQL's own tools of the server's version (Debian: apt-get install postgresql-client)"
PLACE = (("PGHOST", "host"), ("PGPORT", "port"), ("PGUSER", "username"), ("PGPASSWORD", "password"))
PATIENCE = 30.0  # seconds that somebody else may hold what is to be replaced
THROWN_AWAY = "engage_drill_"  # and the number of the process
LEFT = r"""
    SELECT datname FROM pg_database WHERE datname ~ '^engage_drill_[0-9]+$'
    AND pg_get_userbyid(datdba) = current_user AND NOT EXISTS
    (SELECT 1 FROM pg_stat_activity WHERE pg_stat_activity.datname = pg_database.datname)
"""
OTHERS = """
    SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'
"""
# Two backups, with the key, would tell by these whose card was whose answers, who answered a felt-check with what, and
# from which addresses wrong words were typed.
LEFT_OUT = ("spent_card", "felt_mark", "wrong_try")
ASIDE = "before_the_restore"  # where PostgreSQL keeps what was there, until the other is whole
LEFT_ASIDE = (
    f"A restore was ended here half way: what was there before it lies in the schema {ASIDE}. Look at it with psql. If "
    f"nothing of it is needed, DROP SCHEMA {ASIDE} CASCADE; if its tables are missing in their own place, ALTER TABLE "
    f"{ASIDE}.… SET SCHEMA public for each of them, and drop the schema then. Nothing was changed."
)


def copy_out(engine: Engine, to: Path) -> dict[str, int]:
    """Copy everything but what no backup may tell into a file, as it is at one moment; give each table's rows there."""
    if engine.dialect.name == "sqlite":
        with closing(sqlite3.connect(_file(engine.url))) as live:
            # Page by page it would copy the order of rows as well.
            live.execute("VACUUM INTO ?", (str(to),))
        _leave_out(to)
        return counted(to)
    with engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
        seen = str(connection.execute(text("SELECT pg_export_snapshot()")).scalar())
        form = ("--format=custom", "--no-owner", "--no-privileges", "--compress=0")
        without = tuple(f"--exclude-table-data={name}" for name in LEFT_OUT)
        without += (f"--exclude-schema={ASIDE}",)  # what a restore that was killed left is no part of what is there
        _run(engine.url, "pg_dump", *form, *without, f"--snapshot={seen}", f"--file={to}")
        return {name: 0 if name in LEFT_OUT else many for name, many in counts(connection).items()}


def put_back(dump: Path, into: URL) -> None:
    """Replace a whole database by a file that `copy_out` made; all of it, or nothing. Raises `Unreadable`."""
    if into.get_backend_name() == "sqlite":
        _put_back_sqlite(dump, Path(_file(into)))
    else:
        _put_back_postgres(dump, into)


def others_use_it(url: URL) -> bool:
    """Answer whether another process holds this database open: what it writes meanwhile would be lost, or mixed in."""
    if url.get_backend_name() != "sqlite":
        engine = create_engine(url, poolclass=NullPool)
        with engine.connect() as line:
            return bool(line.execute(text(OTHERS)).scalar())
    file = Path(_file(url))
    return file.exists() and _is_held(file)  # to look inside would make one


def _is_held(file: Path) -> bool:
    with closing(sqlite3.connect(file, timeout=0, isolation_level=None)) as alone:
        try:
            alone.execute("PRAGMA locking_mode = EXCLUSIVE")
            alone.execute("SELECT count(*) FROM sqlite_master")
            alone.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError:
            return True
        except sqlite3.DatabaseError:  # no database any more: it is put aside
            return False
        alone.execute("ROLLBACK")
    return False


def check_whole(dump: Path) -> None:
    """Raise `Unreadable` when a copy of SQLite's is not a sound database."""
    with closing(sqlite3.connect(dump)) as copy:
        try:
            found = copy.execute("PRAGMA integrity_check").fetchone()[0]
        except sqlite3.DatabaseError as error:
            found = str(error)
    if found != "ok":
        raise Unreadable(f"The backup's database is not sound: {found}. Nothing was changed.")


def counts(connection: Connection) -> dict[str, int]:
    """How many rows each table has."""
    return {name: _many(connection, name) for name in sorted(inspect(connection).get_table_names())}


def counted(file: Path) -> dict[str, int]:
    """How many rows each table of an SQLite file has."""
    with create_engine(f"sqlite:///{file}", poolclass=NullPool).connect() as connection:
        return counts(connection)


@contextmanager
def throw_away(engine: Engine, folder: Path) -> Iterator[URL]:
    """Give the address of an empty database beside this one, which is gone afterwards."""
    if engine.dialect.name == "sqlite":
        yield URL.create("sqlite", database=str(folder / "drill.db"))
        return
    name = f"{THROWN_AWAY}{os.getpid()}"
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        _drop_left(connection)
        connection.execute(text(f"CREATE DATABASE {name}"))
        try:
            yield engine.url.set(database=name)
        finally:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))


def _drop_left(connection: Connection) -> None:
    """Drop what a drill that was killed left: databases of ours with that name which nobody is connected to."""
    left = connection.scalars(text(LEFT)).all()
    for name in left:
        connection.execute(text(f"DROP DATABASE {name}"))


def _leave_out(copy: Path) -> None:
    there = set(counted(copy)).intersection(LEFT_OUT)  # a database that waits to be migrated lacks some
    with closing(sqlite3.connect(copy)) as line, line:
        line.execute("PRAGMA secure_delete=ON")
        for name in there:
            line.execute(f"DELETE FROM {name}")  # noqa: S608  (a name of ours)


def _put_back_sqlite(dump: Path, live: Path) -> None:
    live.parent.mkdir(parents=True, exist_ok=True)
    make_private(live)
    with closing(sqlite3.connect(dump)) as copy, closing(sqlite3.connect(live, timeout=PATIENCE)) as target:
        try:
            target.execute("PRAGMA secure_delete=ON")
            copy.backup(target, progress=_until(time.monotonic() + PATIENCE))
        except sqlite3.DatabaseError:  # what lies there is no database any more: it is put aside, never thrown away
            _put_aside(live)
            make_private(live)
            shutil.copyfile(dump, live)


def _put_back_postgres(dump: Path, into: URL) -> None:
    whole = ("--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error", f"--dbname={into.database}")
    with _put_aside_first(into):
        _run(into, "pg_restore", *whole, str(dump))


@contextmanager
def _put_aside_first(into: URL) -> Iterator[None]:
    """Lay what is there aside, back where it was when anything fails, and gone when nothing did.

    A newer version's tables would hold on to the older ones, so these cannot be replaced one by one.
    """
    engine = create_engine(into, poolclass=NullPool)
    with engine.begin() as connection:
        names, place = inspect(connection).get_table_names(), connection.dialect.default_schema_name
        connection.execute(text(f"SET LOCAL lock_timeout = '{PATIENCE:.0f}s'"))
        if ASIDE in inspect(connection).get_schema_names():
            raise Unreadable(LEFT_ASIDE)
        connection.execute(CreateSchema(ASIDE))
        _move(connection, names, start=place, end=ASIDE)
    try:
        yield
    except BaseException:
        with engine.begin() as connection:
            _move(connection, names, start=ASIDE, end=place)
            connection.execute(DropSchema(ASIDE))
        raise
    with engine.begin() as connection:
        connection.execute(DropSchema(ASIDE, cascade=True))


def _move(connection: Connection, names: list[str], *, start: str | None, end: str | None) -> None:
    quoted = connection.dialect.identifier_preparer.quote
    for name in names:
        connection.execute(text(f"ALTER TABLE {quoted(start or '')}.{quoted(name)} SET SCHEMA {quoted(end or '')}"))


def _until(end: float) -> Callable[[int, int, int], None]:
    """Give what stops a copy that somebody holds up; left to itself it would try for ever."""

    def look(_status: int, _left: int, _of: int) -> None:
        if time.monotonic() > end:
            raise Unreadable("The database is in use: stop Engage first. Nothing was changed.")

    return look


def _put_aside(live: Path) -> None:
    for part in ("", "-wal", "-shm"):
        broken = live.with_name(live.name + part)
        if broken.exists():
            broken.replace(live.with_name(f"{live.name}.broken{part}")).touch()  # kept as long as a backup, from now


def _run(url: URL, tool: str, *words: str) -> None:
    found = shutil.which(tool)
    if found is None:
        raise WrongSettings(f"{tool} is missing: {PACKAGE}. Nothing was changed.")
    where = {name: str(value) for name, key in PLACE if (value := getattr(url, key) or url.query.get(key))}
    environment = {**os.environ, **where, "PGDATABASE": str(url.database)}  # a password never stands on a command line
    ran = subprocess.run([found, *words], env=environment, capture_output=True, text=True, check=False)  # noqa: S603
    if ran.returncode:
        raise Unreadable(f"{tool} did not manage: {ran.stderr.strip()[:300]} If versions differ, {PACKAGE}.")


def _many(connection: Connection, name: str) -> int:
    return connection.execute(select(func.count()).select_from(table(name))).scalar_one()


def _file(url: URL) -> str:
    return str(url.database)
