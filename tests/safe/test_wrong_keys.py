"""A key file that belongs to another database is noticed before anything is done with it."""

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import LargeBinary, select, type_coerce, update

from engage.cli import main, plain
from engage.safe import resealing
from engage.settings import KEY_FILE, WrongSettings
from engage.shared import db
from engage.shared.clock import today
from engage.surveys.models import WrittenRow
from tests.answers import make_response
from tests.safe.conftest import settings_of, started
from tests.surveys import make_wave

PROJECT = Path(__file__).parents[2]
COMMANDS = ("migrate", "worker", "backup", "audit verify", "keys rotate", "keys retire")
NOTHING = "open nothing that this database keeps sealed"


@pytest.fixture
def another_file(tmp_path, monkeypatch):
    """An installation with a written answer, beside which the key file of another one was laid."""
    monkeypatch.setenv("ENGAGE_FOLDER", str(tmp_path))
    settings_of(tmp_path)
    assert type_in("migrate")[0] == 0
    with started(settings_of(tmp_path)):
        make_response(make_wave(), words="an invented answer")
        db.session.commit()
    (tmp_path / KEY_FILE).rename(tmp_path / "own.json")
    settings_of(tmp_path)
    return tmp_path


def type_in(words: str) -> tuple[int, str]:
    ended = CliRunner().invoke(main, words.split())
    return ended.exit_code, " ".join(ended.output.split())


@pytest.mark.parametrize("command", COMMANDS)
def test_no_command_works_on_with_the_keys_of_another_database(another_file, command):
    code, said = type_in(command)
    assert (code, NOTHING in said) == (1, True), said
    assert not (another_file / "backups").exists()


def test_the_doctor_says_it_and_is_content_with_the_right_ones(another_file):
    assert "missing keys of this database: these open nothing" in type_in("doctor")[1]
    (another_file / "own.json").replace(another_file / KEY_FILE)
    assert "fine keys of this database" in type_in("doctor")[1]
    assert type_in("migrate")[0] == 0


def test_no_web_process_starts_with_the_keys_of_another_database(another_file):
    start = [sys.executable, "-c", "import wsgi"]
    ended = subprocess.run(start, cwd=PROJECT, capture_output=True, text=True, check=False, timeout=120)
    assert (ended.returncode, NOTHING in " ".join(ended.stderr.split())) == (3, True), ended.stderr
    (another_file / "own.json").replace(another_file / KEY_FILE)  # the control: with its own it starts
    subprocess.run(start, cwd=PROJECT, check=True, timeout=120)


def test_one_text_that_no_key_opens_is_no_reason_to_stop(installed):
    wave = make_wave()
    for words in ("an invented answer", "another one"):
        make_response(wave, words=words)
    first = select(WrittenRow.key).limit(1).scalar_subquery()
    lost = update(WrittenRow.__table__).where(WrittenRow.key == first)
    db.session.execute(lost.values(words=type_coerce(b"of another key", LargeBinary)))
    db.session.commit()
    assert resealing.keys_fit()


def test_no_keys_are_made_beside_a_database_that_has_lost_its_own(another_file):
    (another_file / KEY_FILE).unlink()
    with pytest.raises(WrongSettings, match="put its own back"):
        plain.first_keys()
    assert not (another_file / KEY_FILE).exists()


@pytest.mark.parametrize(
    ("email", "password", "said"),
    [
        ("nonsense", "three words together", "is no e-mail address"),
        ("boss@example.org", "short", "at least 12 characters"),
        ("boss@example.org", "marble kettle " * 20, "at most 255 characters"),
        ("boss@example.org", "password1234", "among the first"),
        ("boss@example.org", "boss@example.org", "among the first"),
        ("boss@example.org", "BossOfBarnet2026!", "among the first"),
    ],
)
def test_nobody_is_added_who_could_be_guessed_or_not_written_to(tmp_path, monkeypatch, email, password, said):
    monkeypatch.setenv("ENGAGE_FOLDER", str(tmp_path))
    settings_of(tmp_path)
    words = [
        "staff",
        "add",
        email,
        "--name",
        "Boss",
        "--role",
        "admin",
        "--until",
        today().replace(year=2027).isoformat(),
    ]
    ended = CliRunner().invoke(main, [*words, "--password", password])
    assert (ended.exit_code, said in " ".join(ended.output.split())) == (1, True)
