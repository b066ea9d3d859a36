"""The demo's people, whose password everybody knows, sign nobody in and are served by nobody where this is no demo."""

import os
import subprocess
import sys
from dataclasses import replace

import pytest
from click.testing import CliRunner

from engage.accounts import actions
from engage.accounts.models import AuditRow
from engage.accounts.rules import OF_THE_DEMO, is_easy_to_guess
from engage.cli import main
from engage.demo import people
from engage.safe.invented import check_no_demo
from engage.settings import WrongSettings
from engage.shared import db
from engage.shared.clock import today
from tests.bench.table import PROJECT
from tests.conftest import Visitor
from tests.people import make_quick
from tests.safe.conftest import settings_of, started

ADD = "staff add a@example.org --name A --role voice --until 2030-01-01 --password four-quiet-otters-swim"
SAID = "This database holds the demo's invented people"


@pytest.fixture
def filled(tmp_path, monkeypatch):
    """An installation that the demo has filled with its people, served as no demo."""
    monkeypatch.setenv("ENGAGE_FOLDER", str(tmp_path))
    settings_of(tmp_path)
    assert type_in("migrate")[0] == 0
    with started(settings_of(tmp_path)) as app:
        make_quick(app)
        people.bring_in(today())
        db.session.commit()
    return tmp_path


def type_in(words):
    ended = CliRunner().invoke(main, words.split())
    return ended.exit_code, " ".join(ended.output.split())


@pytest.mark.parametrize("command", ["migrate", "worker", ADD])
def test_no_command_goes_on_over_the_demos_people_as_if_they_were_real(filled, command):
    code, said = type_in(command)
    assert (code, SAID in said, "set ENGAGE_DEMO=1" in said) == (1, True, True)


def test_what_is_only_saved_or_brought_in_may_be_done_to_the_demo_too(filled, tmp_path):
    figures = tmp_path / "figures.csv"
    figures.write_text("")
    assert SAID not in type_in(f"import-figures {figures}")[1]
    assert type_in("backup")[0] == 0


def test_the_doctor_says_it_and_the_demo_itself_goes_on(filled, monkeypatch):
    assert f"missing {SAID}" in type_in("doctor")[1]
    monkeypatch.setenv("ENGAGE_DEMO", "1")
    assert SAID not in type_in("doctor")[1]
    assert type_in("migrate")[0] == 0


@pytest.mark.parametrize(("demo", "ends"), [("0", 3), ("1", 0)], ids=["no demo", "control: the demo"])
def test_the_web_server_does_not_start_and_says_why_in_a_sentence(filled, demo, ends):
    environment = {**os.environ, "ENGAGE_DEMO": demo, "PYTHONPATH": str(PROJECT)}
    command = [sys.executable, "-c", "import wsgi"]
    ended = subprocess.run(command, env=environment, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert ended.returncode == ends, ended.stderr
    assert (SAID in ended.stderr) is bool(ends)
    assert "Traceback" not in ended.stderr


def test_a_closed_account_of_the_demo_is_the_demos_still_and_an_empty_database_is_nobodys(installed):
    with started(replace(installed, demo=False)):
        check_no_demo()  # the control: nobody is there
        actions.add_person(name="Ines Baptiste", email="somebody.else@example.org")
        db.session.commit()
        check_no_demo()
        person_id = actions.add_person(name="Ines Baptiste", email="ines.admin@example.org")
        actions.close_account(person_id, today=today())
        db.session.commit()
        with pytest.raises(WrongSettings, match=SAID):
            check_no_demo()


@pytest.mark.parametrize("demo", [False, True], ids=["no demo", "control: the demo"])
def test_the_demos_password_signs_in_where_it_is_the_demo_and_nowhere_else(installed, demo):
    with started(replace(installed, demo=demo)) as app:
        app.test_client_class = Visitor
        make_quick(app)
        actions.add_person(name="Somebody", email="somebody@example.org", password=OF_THE_DEMO)
        db.session.commit()
        visitor = app.test_client()
        visitor.environ_base["wsgi.url_scheme"] = "https"
        answer = visitor.fill_in("/sign-in", email="somebody@example.org", password=OF_THE_DEMO)
        assert (answer.status_code, "which everybody knows" in answer.text) == ((302, False) if demo else (422, True))
        with visitor.session_transaction() as session:
            assert ("_user_id" in session) is demo
        assert ("typed the demo's password" in {row.did for row in db.session.query(AuditRow)}) is not demo


def test_nobody_may_choose_it():
    assert is_easy_to_guess(OF_THE_DEMO)
    assert not is_easy_to_guess("demon-only-not-secretly")  # the control: it is refused for what it is
