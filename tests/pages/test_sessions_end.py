"""An open session ends at once with its account, has a new key with each sign-in, and leaves nothing in the browser."""

import pytest
from flask import Flask
from sqlalchemy import select

from engage.accounts import actions
from engage.accounts.models import PersonRow, SignInRow
from engage.accounts.rules import Role
from engage.shared import db
from engage.shared.clock import today
from tests.conftest import PASSWORD
from tests.people import make_person, make_quick, sign_in, type_password

GOOD = "kettle marble sunday tractor"


@pytest.fixture(autouse=True, scope="module")
def quick_passwords(app: Flask) -> None:
    make_quick(app)


def test_an_open_session_of_an_account_that_is_closed_ends_at_once(visitor):
    person = make_person(Role.VOICE, password=PASSWORD)
    type_password(visitor, person.email)
    assert visitor.get("/desk/").status_code == 200  # the control
    actions.close_account(person.id, today=today())
    db.session.commit()
    answer = visitor.get("/desk/")
    assert (answer.status_code, answer.location) == (303, "/sign-in?next=/desk/")


def test_whoever_does_not_know_the_password_of_now_chooses_no_new_one(visitor):
    person = make_person(Role.VOICE, password=PASSWORD)
    sign_in(visitor, person)
    before = db.session.get_one(PersonRow, person.id).password
    wrong = choose(visitor, "another long password of old")
    assert wrong.status_code == 422
    assert "That is not the password you have now" in wrong.text
    db.session.rollback()
    assert db.session.get_one(PersonRow, person.id).password == before
    assert choose(visitor, PASSWORD).status_code == 302  # the control
    db.session.rollback()
    assert db.session.get_one(PersonRow, person.id).password != before


def choose(visitor, now):
    return visitor.fill_in("/sign-in/password", password=now, new_password=GOOD, new_password_confirm=GOOD)


def key_in(visitor):
    with visitor.session_transaction() as session:
        return session["here"]


def test_signing_in_again_replaces_the_sessions_key_and_the_old_one_opens_nothing(app, visitor):
    person = make_person(Role.VOICE, password=PASSWORD)
    type_password(visitor, person.email)
    first, copied = key_in(visitor), visitor.get_cookie("engage").value
    visitor.fill_in("/desk/", to="/sign-out")
    type_password(visitor, person.email)
    assert key_in(visitor) != first
    db.session.rollback()
    assert len(db.session.scalars(select(SignInRow)).all()) == 1
    other = app.test_client()
    other.set_cookie("engage", copied)
    assert other.get("/desk/").status_code == 303
    assert visitor.get("/desk/").status_code == 200


def test_signing_out_asks_the_browser_to_keep_nothing(visitor):
    sign_in(visitor, make_person(Role.VOICE))
    assert "Clear-Site-Data" not in visitor.get("/desk/").headers  # the control
    assert visitor.fill_in("/desk/", to="/sign-out").headers["Clear-Site-Data"] == '"cache", "storage"'
