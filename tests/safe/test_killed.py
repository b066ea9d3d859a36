"""kill -9 of the web processes while young people send: what was acknowledged is there, whole and once."""

import shutil
import sqlite3
from contextlib import closing

import pytest

from engage.shared import db
from tests.faults.killing import app_of, installed, kill_meanwhile, send_many
from tests.faults.looking import look

pytestmark = pytest.mark.long
SENT = 60


@pytest.fixture(scope="module")
def killed(tmp_path_factory):
    """A folder after sixty people sent and everything was killed on the way, and what they sent."""
    folder = tmp_path_factory.mktemp("killed")
    with installed(folder) as (installation, app):
        everybody, sending = send_many(installation.port, range(SENT))
        kill_meanwhile(installation, everybody, sending, seed=7)
        found = look(app, everybody)
    return folder, everybody, found


def test_web_processes_killed_while_they_write_lose_nothing_and_write_nothing_half(killed):
    _, everybody, found = killed
    assert sum(sent.acknowledged for sent in everybody) == SENT
    assert any(sent.posts > 1 for sent in everybody)
    assert found.fine, found


def test_on_postgres_too_nothing_is_lost_or_half_written(tmp_path, empty_postgres):
    with installed(tmp_path, database_url=empty_postgres) as (installation, app):
        everybody, sending = send_many(installation.port, range(SENT))
        kill_meanwhile(installation, everybody, sending, seed=7)
        found = look(app, everybody)
    assert sum(sent.acknowledged for sent in everybody) == SENT
    assert any(sent.posts > 1 for sent in everybody)
    assert found.fine, found


@pytest.mark.parametrize(
    ("taken", "noticed"),
    [
        ("DELETE FROM response WHERE key = (SELECT min(key) FROM response)", "lost"),
        ("DELETE FROM answer WHERE response_key = (SELECT min(key) FROM response) AND item = 'age'", "half"),
        ("DELETE FROM written WHERE key = (SELECT min(key) FROM written)", "half"),
        ("DELETE FROM alert WHERE id = (SELECT min(id) FROM alert)", "alerts"),
        ("INSERT INTO response SELECT x'01', wave_id, NULL, 'en', sent_on, x'02' FROM response LIMIT 1", "beyond"),
        ("DELETE FROM sitting WHERE key = (SELECT min(key) FROM sitting)", "spent"),
    ],
)
def test_control_what_goes_missing_behind_our_back_is_noticed(killed, tmp_path, taken, noticed):
    folder, everybody, _ = killed
    copy = shutil.copy(folder / "engage.db", tmp_path / "copy.db")
    with closing(sqlite3.connect(copy)) as connection, connection:
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute(taken)
    app = app_of(folder, f"sqlite:///{copy}")
    found = look(app, everybody)
    with app.app_context():
        db.engine().dispose()
    assert getattr(found, noticed) > 0
