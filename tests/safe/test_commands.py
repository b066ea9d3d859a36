"""The commands of the safe, as somebody types them: what they say, and how they end."""

from datetime import timedelta

import pytest
from click.testing import CliRunner

from engage.accounts.models import AuditRow
from engage.cli import main, safe
from engage.shared import db
from engage.shared.clock import today
from engage.shared.keeping import NEEDS
from tests.safe.conftest import settings_of, started


@pytest.fixture
def engage(tmp_path, monkeypatch):
    """Type a command in an installation of its own; gives its exit code and what it said, on one line."""
    settings_of(tmp_path)
    monkeypatch.setenv("ENGAGE_FOLDER", str(tmp_path))
    monkeypatch.setattr(safe, "LOOKS", 0.0)  # nobody else runs who would have to learn the new key

    def run(*words):
        ended = CliRunner().invoke(main, [str(word) for word in words])
        return ended.exit_code, " ".join(ended.output.split())

    assert run("migrate")[0] == 0
    return run


def add_somebody(engage, email="a@example.org"):
    until = today() + timedelta(days=300)
    words = ("--name", "Somebody", "--role", "admin", "--until", until, "--password", "a long demo password")
    assert engage("staff", "add", email, *words)[0] == 0


def test_everything_is_saved_tried_changed_and_brought_back(engage, tmp_path):
    add_somebody(engage)
    code, said = engage("backup")
    assert (code, "Head of the audit, to be noted elsewhere" in said) == (0, True)
    (file,) = (tmp_path / "backups").iterdir()
    assert engage("drill", file)[0] == 0
    assert engage("restore", file) == (
        1,
        "There is something here already. Save it with `engage backup`, then add --yes.",
    )
    assert "are back" in engage("restore", file, "--yes")[1]
    assert "nothing is missing, nothing was changed" in engage("audit", "verify")[1]


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
    assert (code, "sealed anew" in said) == (0, True)
    assert len(settings_of(tmp_path).personal_keys) == 2
    assert engage("keys", "retire")[1].startswith("2 old keys are gone")
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
