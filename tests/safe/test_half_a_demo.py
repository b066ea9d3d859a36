"""A demo that was ended while it was made says so, and how to begin again; nobody else is told anything."""

import pytest

from engage import cli, demo
from engage.accounts.actions import note
from engage.accounts.rules import Role
from engage.demo import people
from engage.shared import db
from engage.shared.clock import today
from tests.people import make_person
from tests.safe.conftest import settings_of, started
from tests.safe.test_commands import engage, type_in

__all__ = ["engage", "type_in"]  # fixtures
THERE = "There is something in this database already, so nothing was invented."


@pytest.fixture(autouse=True)
def set_back(monkeypatch):
    """The command says in its environment that this is a demo; the next test's installation is none."""
    monkeypatch.setenv("ENGAGE_DEMO", "0")


@pytest.fixture
def half(engage, tmp_path):
    """An installation with the demo's people, as when its making was ended after them."""
    with started(settings_of(tmp_path)):
        people.bring_in(today())
        db.session.commit()
    return engage


def test_half_a_demo_says_so_and_how_to_begin_again(half, tmp_path):
    code, said = half("demo")
    assert code == 0
    assert "it was ended while it was made" in said
    assert f"delete {tmp_path} and run this again. {THERE}" in said


def test_control_a_demo_that_was_made_to_its_end_says_nothing_of_it(half, tmp_path):
    with started(settings_of(tmp_path)):
        note(demo.MADE, "demo")
        db.session.commit()
    assert half("demo") == (0, THERE)


def test_control_real_people_are_told_nothing_of_a_demo(engage, tmp_path):
    with started(settings_of(tmp_path)):
        make_person(Role.ADMIN)
    assert engage("demo") == (0, THERE)


def test_a_demo_whose_making_fails_says_so(engage, tmp_path, monkeypatch):
    monkeypatch.setattr(cli, "MAKER", "engage.cli.nowhere")
    code, said = engage("demo")
    assert (code, f"delete {tmp_path} and run this again." in said) == (1, True)
