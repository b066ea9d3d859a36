"""What lies in Engage's folder is its owner's alone, whichever command made it; the doctor says what is not."""

import os
import stat
from dataclasses import replace

import pytest

from engage.settings import KEY_FILE
from engage.shared import db
from engage.worker.loop import make_queue
from tests.safe.conftest import STRANGE, other_keys, settings_of, started
from tests.safe.test_commands import engage, type_in

__all__ = ["engage", "type_in"]  # fixtures
OTHER = "-" * 43 + "="


@pytest.fixture(autouse=True)
def open_folder(tmp_path):
    """A folder that everybody may read, with the rights that a machine gives to new files."""
    tmp_path.chmod(0o755)
    before = os.umask(0o022)
    yield tmp_path
    os.umask(before)


def rights(folder, names="*"):
    return {file.name: stat.S_IMODE(file.stat().st_mode) for file in folder.glob(names) if file.is_file()}


def backup_of(engage, folder):
    assert engage("backup")[0] == 0
    (file,) = (folder / "backups").iterdir()
    for old in folder.glob("engage.db*"):
        old.unlink()
    return file


def test_the_database_is_made_private_by_whichever_command_comes_first(type_in, tmp_path):
    for command in ("migrate", "doctor"):
        type_in(command)
        assert set(rights(tmp_path, "engage.db*").values()) == {0o600}


def test_its_log_is_private_too(engage, tmp_path):
    with started(settings_of(tmp_path)):
        db.session.connection()
        found = rights(tmp_path, "engage.db*")
    assert found == {"engage.db": 0o600, "engage.db-wal": 0o600, "engage.db-shm": 0o600}


def test_the_queue_and_its_log_are_private(tmp_path):
    queue = make_queue(settings_of(tmp_path))
    queue.task(name="work")(int)()
    assert {name: right for name, right in rights(tmp_path, "queue.db*").items() if right != 0o600} == {}
    assert (tmp_path / "queue.db").exists()


def test_what_is_brought_back_into_a_clean_folder_is_private(engage, tmp_path):
    file = backup_of(engage, tmp_path)
    assert engage("restore", file)[0] == 0
    assert set(rights(tmp_path, "engage.db*").values()) == {0o600}


def test_what_is_brought_back_in_the_place_of_a_broken_database_is_private(engage, tmp_path):
    file = backup_of(engage, tmp_path)
    (tmp_path / "engage.db").write_bytes(b"no database any more" * 500)
    (tmp_path / "engage.db").chmod(0o644)
    assert engage("restore", file, "--yes")[0] == 0
    assert rights(tmp_path)["engage.db"] == 0o600


@pytest.mark.parametrize("why", ["another key", "broken"])
def test_a_refused_restore_leaves_no_database_behind(engage, tmp_path, why):
    file = backup_of(engage, tmp_path)
    if why == "another key":
        other_keys(settings_of(tmp_path), receipt_key=STRANGE)
    else:
        file.write_bytes(file.read_bytes()[:-100])
    code, said = engage("restore", file)
    assert (code, "Nothing was changed" in said) == (1, True), said
    assert not list(tmp_path.glob("engage.db*"))


def test_the_doctor_says_what_is_open_to_others_and_how_to_close_it(engage, tmp_path):
    for name in (KEY_FILE, "engage.db"):
        (tmp_path / name).chmod(0o644)
    code, said = engage("doctor")
    assert code == 1
    for what, path, right in (
        ("keys", tmp_path / KEY_FILE, 600),
        ("database", tmp_path / "engage.db", 600),
        ("folder", tmp_path, 700),
    ):
        assert f"missing {what} in {path}: others on this machine may read it, close it with: chmod {right}" in said
        path.chmod(int(str(right), 8))
    assert "others on this machine" not in engage("doctor")[1]


def test_a_database_that_lies_elsewhere_is_private_too(tmp_path):
    (tmp_path / "elsewhere").mkdir()
    file = tmp_path / "elsewhere" / "voices.db"
    with started(replace(settings_of(tmp_path), database_url=f"sqlite:///{file}")):
        db.create_tables()
        db.session.rollback()
    assert rights(file.parent)["voices.db"] == 0o600
