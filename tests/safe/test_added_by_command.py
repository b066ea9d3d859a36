"""Somebody whom a command adds is told to the safeguarding leads, as if an administrator had added them."""

from datetime import timedelta
from unicodedata import normalize

import pytest

from engage.accounts import actions
from engage.accounts.models import AuditRow, PersonRow
from engage.accounts.queries import person_by_id
from engage.accounts.rules import Role
from engage.shared import db
from engage.shared.clock import today
from engage.shared.outbox import LetterRow
from tests.conftest import Visitor
from tests.people import make_person, type_password
from tests.safe.conftest import settings_of, started
from tests.safe.test_commands import engage, type_in

__all__ = ["engage", "type_in"]  # fixtures
CHOSEN = "kettle marble sunday tractor"
ACCENTED = "quarter fáda crème łódź"


@pytest.fixture
def add(engage, tmp_path):
    """Add somebody by command where there is a lead; gives the code, what was said, and the letters there are."""
    with started(settings_of(tmp_path)):
        lead = make_person(Role.SAFEGUARDING).email

    def run(role, name="Kim Okafor", password=CHOSEN):
        until = today() + timedelta(days=30)
        words = ("--name", name, "--role", role, "--until", until, "--password", password)
        code, said = engage("staff", "add", "kim@example.org", *words)
        with started(settings_of(tmp_path)):
            letters = [(one.to == lead, one.subject, one.body) for one in db.session.query(LetterRow)]
        return code, said, letters

    return run


def test_leads_are_written_to_as_when_an_administrator_gives_the_role(add, tmp_path):
    code, _, ((to_lead, subject, body),) = add("voice")
    assert (code, to_lead, subject) == (0, True, "A sign-in was changed")
    assert "A command on the server gave Kim Okafor the role “Voice-of-the-child team”" in body
    with started(settings_of(tmp_path)):
        by_command = {row.did for row in db.session.query(AuditRow) if row.reason == "A command on the server"}
    assert by_command == {"added person", "gave role"}


def test_control_a_role_that_opens_nothing_is_told_nobody(add):
    assert add("door")[::2] == (0, [])


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_password_with_accents_signs_in_however_a_keyboard_spells_them(add, tmp_path, form):
    assert add("voice", password=normalize(form, ACCENTED))[0] == 0
    typed = [normalize("NFC", ACCENTED), normalize("NFD", ACCENTED), "quarter fada creme lodz"]
    with started(settings_of(tmp_path)) as app:
        app.test_client_class = Visitor
        answers = [type_password(app.test_client(), "kim@example.org", words).status_code for words in typed]
    assert answers == [302, 302, 422]  # the last is the control: without its accents it is another one


@pytest.mark.parametrize("name", ["", "   ", "x" * 121])
def test_nobody_is_added_without_a_name_that_fits(add, tmp_path, name):
    assert add("voice", name) == (1, "Give their name, in at most 120 letters", [])
    with started(settings_of(tmp_path)):
        assert db.session.query(PersonRow).count() == 1  # the control: the lead is there


def test_a_command_opens_an_account_again_that_was_closed(add, tmp_path):
    add("door")
    with started(settings_of(tmp_path)):
        kim = db.session.query(PersonRow).filter_by(email="kim@example.org").one().id
        actions.close_account(kim, today=today())
        db.session.commit()
    assert add("door", "Kim Again")[0] == 0
    with started(settings_of(tmp_path)):
        again = person_by_id(kim)
        assert (again.name, again.roles) == ("Kim Again", {Role.DOOR})
