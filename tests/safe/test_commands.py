"""The commands of the safe, as somebody types them: what they say, and how they end."""

import stat
import subprocess
import sys
from datetime import timedelta

import pytest
from click.testing import CliRunner
from sqlalchemy import Engine, event

from engage.accounts.models import AuditRow
from engage.cli import main, safe
from engage.shared import db
from engage.shared.clock import today
from engage.shared.keeping import NEEDS
from tests.safe.conftest import settings_of, started


@pytest.fixture
def type_in(tmp_path, monkeypatch):
    """Type a command in a folder of its own, with keys; gives its exit code and what it said, on one line."""
    settings_of(tmp_path)
    monkeypatch.setenv("ENGAGE_FOLDER", str(tmp_path))
    monkeypatch.setattr(safe, "LOOKS", 0.0)  # nobody else runs who would have to learn the new key

    used = set()

    def note(connection):
        used.add(connection.engine)

    event.listen(Engine, "engine_connect", note)

    def run(*words):
        ended = CliRunner().invoke(main, [str(word) for word in words])
        while used:  # as when a process ends: nothing of its has the database open
            used.pop().dispose()
        return ended.exit_code, " ".join(ended.output.split())

    yield run
    event.remove(Engine, "engine_connect", note)


@pytest.fixture
def engage(type_in):
    """Type a command in an installation that is migrated."""
    assert type_in("migrate")[0] == 0
    return type_in


def add_somebody(engage, email="a@example.org"):
    until = today() + timedelta(days=300)
    words = ("--name", "Somebody", "--role", "admin", "--until", until, "--password", "a long demo password")
    assert engage("staff", "add", email, *words)[0] == 0


def test_everything_is_saved_tried_changed_and_brought_back(engage, tmp_path):
    add_somebody(engage)
    code, said = engage("backup")
    assert (code, "Head of the audit, to be noted elsewhere" in said) == (0, True)
    (file,) = (tmp_path / "backups").iterdir()
    (tmp_path / "backups" / "engage-2020-01-01-000000.backup").write_text("of an older day")
    assert engage("drill", tmp_path / "backups")[0] == 0
    assert engage("restore", file) == (
        1,
        "There is something here already. Save it with `engage backup`, then add --yes.",
    )
    assert "are back" in engage("restore", file, "--yes")[1]
    assert "nothing is missing, nothing was changed" in engage("audit", "verify")[1]


def test_a_backup_goes_to_no_folder_that_is_not_there(engage, tmp_path):
    gone, link = tmp_path / "disk" / "backups", tmp_path / "link"
    link.symlink_to(gone)
    for folder in (gone, link):
        code, said = engage("backup", "--to", folder)
        assert (code, said) == (1, safe.NO_FOLDER.format(folder=folder, quoted=folder))
    assert not gone.exists()
    gone.mkdir(parents=True)
    assert engage("backup", "--to", link)[0] == 0
    assert len(list(gone.iterdir())) == 1


def test_bringing_back_says_what_others_on_this_machine_may_read(engage, tmp_path):
    add_somebody(engage)
    engage("backup")
    (file,) = (tmp_path / "backups").iterdir()
    tmp_path.chmod(0o755)
    assert (
        f"others on this machine may read it, close it with: chmod 700 {tmp_path}"
        in engage("restore", file, "--yes")[1]
    )
    tmp_path.chmod(0o700)
    assert "others on this machine" not in engage("restore", file, "--yes")[1]


@pytest.mark.parametrize("words", [("backup",), ("audit", "verify"), ("doctor",)])
def test_what_looks_and_saves_makes_no_empty_database(type_in, tmp_path, words):
    code, said = type_in(*words)
    assert (code, said.split(". ")[0]) == (1, f"There is no database at {tmp_path / 'engage.db'}")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["keys.json"]


def test_what_is_no_head_of_the_audit_is_not_called_a_changed_line(engage):
    code, said = engage("audit", "verify", "--noted", "9999 abc")
    assert (code, said) == (1, "“9999 abc” is no head of the audit: one looks like 621:ead76da7222c41e9.")
    assert "the chain ends at line" in engage("audit", "verify", "--noted", "9999:ead76da7222c41e9")[1]


def test_nothing_is_brought_back_while_a_process_of_engage_has_the_database_open(engage, tmp_path):
    add_somebody(engage)
    assert engage("backup")[0] == 0
    (file,) = (tmp_path / "backups").iterdir()
    holds = "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute('SELECT 1 FROM person').fetchall(); "
    holds += "print('open', flush=True); sys.stdin.read()"
    command = [sys.executable, "-c", holds, str(tmp_path / "engage.db")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout.readline() == "open\n"
        code, said = engage("restore", file, "--yes")
        assert (code, "Something still has this database open" in said) == (1, True)
        other.stdin.close()
    assert engage("restore", file, "--yes")[0] == 0


def test_the_first_keys_are_made_where_they_are_wanted_and_once(type_in, tmp_path, monkeypatch):
    path = tmp_path / "safe" / "keys.json"
    monkeypatch.setenv("ENGAGE_KEY_FILE", str(path))
    assert "`engage keys make` makes one" in type_in("migrate")[1]
    code, said = type_in("keys", "make")
    assert (code, "is made" in said, stat.S_IMODE(path.stat().st_mode)) == (0, True, 0o600)
    first = path.read_text()
    assert type_in("keys", "make")[0] == 1
    assert path.read_text() == first


def test_a_folder_without_a_backup_is_said(type_in, tmp_path):
    assert type_in("drill", tmp_path)[1].startswith("There is no backup in")


def test_a_named_key_file_that_is_missing_is_never_made_by_the_way(type_in, tmp_path, monkeypatch):
    monkeypatch.setenv("ENGAGE_KEY_FILE", str(tmp_path / "elsewhere.json"))
    assert type_in("run") == type_in("migrate")
    assert type_in("run")[0] == 1
    assert not (tmp_path / "elsewhere.json").exists()


def test_verifying_ends_with_one_when_a_line_is_gone(engage, tmp_path):
    add_somebody(engage)
    with started(settings_of(tmp_path)):
        db.session.query(AuditRow).filter_by(place=1).delete()
        db.session.commit()
    code, said = engage("audit", "verify")
    assert (code, "line 1 is missing" in said) == (1, True)


def test_keys_are_rotated_and_the_old_ones_taken_away(engage, tmp_path):
    assert engage("keys", "retire")[1].startswith("0 old keys are gone")
    code, said = engage("keys", "rotate")
    assert (code, "New keys are made" in said, "sealed anew" in said) == (0, True, True)
    assert len(settings_of(tmp_path).personal_keys) == 2
    again = engage("keys", "rotate")[1]
    assert ("No new key was made" in again, "New keys are made" in again) == (True, False)
    assert len(settings_of(tmp_path).personal_keys) == 2
    code, said = engage("keys", "retire")
    assert (code, "every backup made before the new ones open no more" in said) == (1, True)
    assert len(settings_of(tmp_path).personal_keys) == 2
    assert engage("keys", "retire", "--yes")[1].startswith("2 old keys are gone")
    assert len(settings_of(tmp_path).personal_keys) == 1


def test_the_record_of_processing_says_what_the_settings_and_the_night_say(engage, monkeypatch):
    monkeypatch.setenv("ENGAGE_PARTNERSHIP", "An invented partnership")
    code, said = engage("processing")
    assert code == 0
    assert said.startswith("# Record of processing: An invented partnership")
    assert f"needs: {NEEDS.days} days" in said
    assert "Recipients outside: none; letters wait" in said
    monkeypatch.setenv("ENGAGE_SMTP_HOST", "mail.example.org")
    monkeypatch.setenv("ENGAGE_SMTP_FROM", "voice@example.org")
    assert "Recipients outside: the mail server mail.example.org" in engage("processing")[1]


def test_a_file_that_is_no_backup_is_refused_in_a_sentence(engage, tmp_path):
    (tmp_path / "letter.txt").write_text("Dear Sir or Madam")
    for command in ("drill", "restore"):
        assert engage(command, tmp_path / "letter.txt") == (
            1,
            "letter.txt is not a backup of Engage, or its beginning is lost. Nothing was changed.",
        )


def test_a_setting_that_is_mistyped_is_one_line_of_every_command(engage, monkeypatch):
    monkeypatch.setenv("ENGAGE_PROXIES", "one")
    for words in (("doctor",), ("backup",), ("run",), ("audit", "verify")):
        assert engage(*words) == (1, "ENGAGE_PROXIES is a whole number, and not “one”")
