"""A key that was cut when it was copied is said in one sentence, by every command and every web process."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from engage.cli import main
from engage.settings import KEY_FILE
from tests.safe.conftest import settings_of

HERE = Path(__file__).parents[2]
COMMANDS = (
    *("migrate", "doctor", "worker", "run", "demo", "processing", "backup", "drill .", "restore wsgi.py"),
    *("audit verify", "keys rotate", "keys retire", "keys retire --yes", "import-figures wsgi.py"),
)
CUT = "cut-when-it-was-copied"
WHOLE = "-" * 43 + "="


@pytest.fixture
def spoil(tmp_path, monkeypatch):
    """Write something else under a name of the key file."""
    monkeypatch.setenv("ENGAGE_FOLDER", str(tmp_path))
    monkeypatch.setenv("ENGAGE_DEMO", "0")  # the command sets it, and it is put back with this
    settings_of(tmp_path)

    def write(**names):
        path = tmp_path / KEY_FILE
        path.write_text(json.dumps({**json.loads(path.read_text()), **names}))

    return write


def said(command):
    ended = CliRunner().invoke(main, command.split())
    assert (ended.exit_code, type(ended.exception)) == (1, SystemExit), ended.output
    return " ".join(ended.output.split())


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_says_which_key_of_which_file_and_never_the_key(spoil, tmp_path, command):
    spoil(contact_keys=[WHOLE, CUT])
    sentence = said(command)
    assert f"The key file {tmp_path / KEY_FILE}: number 2 of contact_keys is no whole key." in sentence
    assert CUT not in sentence
    assert not list(tmp_path.glob("engage.db*"))


@pytest.mark.parametrize(
    ("names", "words"),
    [
        ({"personal_keys": [WHOLE[:-1]]}, "number 1 of personal_keys is no whole key"),
        ({"personal_keys": [7]}, "number 1 of personal_keys is no whole key"),
        ({"personal_keys": CUT}, "personal_keys is no list of keys"),
        ({"receipt_key": [CUT]}, "receipt_key is no key"),
        ({"receipt_key": CUT}, "receipt_key is no whole key"),
        ({"receipt_key": f"argon2id:{'k' * 60}"}, "receipt_key is no whole key"),
        ({"secret_key": 7}, "secret_key is no key"),
        ({"personal_keys": []}, "lacks personal_keys"),
    ],
)
def test_whatever_stands_there_in_a_keys_place_is_said_without_it(spoil, names, words):
    spoil(**names)
    sentence = said("doctor")
    assert words in sentence
    assert CUT not in sentence


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("[]", "does not hold names"),
        ('"abc"', "does not hold names"),
        ("{", "is damaged in line 1"),
        ("", "is damaged in line 1"),
    ],
)
def test_a_file_without_names_is_said(spoil, tmp_path, content, words):
    (tmp_path / KEY_FILE).write_text(content)
    assert words in said("doctor")


def test_a_file_of_odd_bytes_is_said(spoil, tmp_path):
    (tmp_path / KEY_FILE).write_bytes(b"\xff\xfe{")
    assert "is damaged and cannot be read. Was it cut" in said("doctor")


def test_a_folder_in_the_files_place_is_said(spoil, tmp_path):
    (tmp_path / KEY_FILE).unlink()
    (tmp_path / KEY_FILE).mkdir()
    assert said("doctor").endswith("cannot be read: Is a directory")


def test_a_web_process_says_it_too_and_gunicorn_starts_no_other(spoil):
    spoil(personal_keys=[CUT])
    ended = subprocess.run([sys.executable, "-c", "import wsgi"], cwd=HERE, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout) == (3, "")
    (line,) = ended.stderr.splitlines()
    assert line.startswith("Engage does not start. The key file")
    assert "number 1 of personal_keys" in line
    assert CUT not in line
