"""kill -9 of a backup: nothing without its seal lies among the backups, and what is left goes at the next look."""

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta

import pytest
from sqlalchemy import NullPool, create_engine, inspect, text

from engage.safe import databases, saving
from engage.safe.container import Unreadable
from engage.shared import db, leftovers
from engage.shared.clock import now, today
from engage.shared.keeping import BACKUPS
from engage.worker import clock
from tests.bench.table import PROJECT

BEGINS = {"sqlite": b"SQLite format 3", "postgresql": b"PGDMP"}
MUCH = 24 * 2**20  # bytes that cannot be pressed: copied at once, sealed in about a second
PATIENCE = 60  # seconds until a process began to copy


@pytest.fixture
def full(installed):
    """An installation with so much in it that sealing takes a while; gives its settings."""
    db.session.execute(text(f"CREATE TABLE much (bytes {'BLOB' if _kind() == 'sqlite' else 'BYTEA'})"))
    db.session.execute(text("INSERT INTO much VALUES (:bytes)"), {"bytes": os.urandom(MUCH)})
    db.session.commit()
    return installed


def _kind():
    return db.engine().dialect.name


def backup(settings, to):
    words = {"ENGAGE_FOLDER": settings.folder, "ENGAGE_DATABASE_URL": settings.database_url, "PYTHONPATH": PROJECT}
    line = [sys.executable, "-m", "engage.cli", "backup", "--to", str(to)]
    environment = {**os.environ, **{name: str(value) for name, value in words.items()}}
    return subprocess.Popen(line, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


def unsealed(folder):
    """Every copy of the database that lies open below a folder, the database itself apart."""
    files = [file for file in folder.rglob("*") if file.is_file() and not file.name.startswith("engage.db")]
    return [file for file in files if file.read_bytes()[:20].startswith(BEGINS[_kind()])]


@pytest.fixture
def killed(full, tmp_path):
    """A backup killed while it sealed its copy; gives the settings and the folder where backups lie."""
    to = tmp_path / "kept"
    to.mkdir()
    process = backup(full, to)
    end = time.monotonic() + PATIENCE
    while not unsealed(full.folder) and time.monotonic() < end and process.poll() is None:
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert process.returncode == -signal.SIGKILL
    return full, to


@pytest.mark.long
def test_a_killed_backup_leaves_nothing_open_among_the_backups_and_the_next_one_clears_up(killed):
    settings, to = killed
    assert unsealed(to) == []
    assert len(unsealed(settings.folder)) == 1  # the control: it was killed with a copy that lay open
    said = backup(settings, to).communicate()[0].decode()
    assert "left by a process that was killed" in said
    assert unsealed(settings.folder) == []
    assert len(list(to.iterdir())) == 1


@pytest.fixture
def left(installed):
    """What an older version left among the backups, what a drill left, and a broken database put aside."""
    for place in (installed.folder / "kept" / ".saving-a", installed.folder / ".drill-b"):
        place.mkdir(parents=True)
        (place / "dump").write_bytes(BEGINS["sqlite"])
    (installed.folder / "kept" / ".engage-2026-11-26-041500.backup.unfinished").write_bytes(b"half")
    (installed.folder / "engage.db.broken").write_bytes(b"not a database")
    return installed


def names(folder):
    return sorted(path.name for path in folder.iterdir() if path.name.startswith((".saving", ".drill", ".engage")))


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_what_was_left_goes_at_night_and_what_lies_among_the_backups_with_the_next_of_them(left):
    clock.every_night(now(), today())
    assert names(left.folder) == []
    assert leftovers.forget_left(left, at=now(), backups=left.folder / "kept") == 2
    assert names(left.folder / "kept") == []


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_a_broken_database_that_was_put_aside_is_kept_as_long_as_a_backup(left):
    broken = left.folder / "engage.db.broken"
    leftovers.forget_left(left, at=now() + BACKUPS - timedelta(hours=1))
    assert broken.exists()
    leftovers.forget_left(left, at=now() + BACKUPS + timedelta(hours=1))
    assert not broken.exists()


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_while_somebody_works_nothing_is_cleared_away(left):
    with leftovers.place_apart(left, "saving") as place:
        (place / "dump").write_bytes(b"still needed")
        assert leftovers.forget_left(left, at=now()) == 0
        assert (place / "dump").exists()
    assert leftovers.forget_left(left, at=now()) == 1  # the control: that of the killed drill


@pytest.mark.parametrize("settings", ["postgres"], indirect=True)
def test_the_database_of_a_killed_drill_is_dropped_by_the_next_and_one_in_use_is_not(installed, tmp_path):
    file, _ = saving.save(installed, tmp_path / "kept")
    engine = db.engine().execution_options(isolation_level="AUTOCOMMIT")
    left, used = f"{databases.THROWN_AWAY}1", f"{databases.THROWN_AWAY}2"
    with engine.connect() as connection:
        for name in (left, used):
            connection.execute(text(f"CREATE DATABASE {name}"))
        other = create_engine(engine.url.set(database=used), poolclass=NullPool)
        with other.connect() as somebody:
            somebody.execute(text("SELECT 1"))
            assert saving.drill(installed, file).faults == ()
            known = set(connection.scalars(text("SELECT datname FROM pg_database")))
        connection.execute(text(f"DROP DATABASE {used} WITH (FORCE)"))
    assert (left in known, used in known) == (False, True)


@pytest.mark.parametrize("settings", ["postgres"], indirect=True)
def test_what_a_killed_restore_left_is_named_by_the_next_and_in_no_backup(installed, tmp_path):
    with db.engine().begin() as connection:
        connection.execute(text(f"CREATE SCHEMA {databases.ASIDE}"))
        connection.execute(text(f"CREATE TABLE {databases.ASIDE}.written AS SELECT 'long due' AS words"))
    file, _ = saving.save(installed, tmp_path / "kept")
    (tmp_path / "opened").mkdir()
    dump = saving.unpack(installed, file, tmp_path / "opened")[1].read_bytes()
    assert (databases.ASIDE.encode() in dump, b"audit_chain" in dump) == (False, True)
    with pytest.raises(Unreadable, match=f"{databases.ASIDE} CASCADE"):
        saving.restore(installed, file)
    with db.engine().begin() as connection:
        assert inspect(connection).get_table_names(databases.ASIDE) == ["written"]
        connection.execute(text(f"DROP SCHEMA {databases.ASIDE} CASCADE"))
    assert saving.restore(installed, file).faults == ()  # as the sentence says
