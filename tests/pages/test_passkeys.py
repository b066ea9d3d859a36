"""Passkeys without a browser: what is asked for, what is refused, when they end. tests/phone has a real one."""

import re

import pytest
from flask import Flask
from sqlalchemy import select

from engage.accounts import actions
from engage.accounts.models import PasskeyRow
from engage.accounts.rules import Role
from engage.accounts.signing_in.passkeys import SignedAnswer
from engage.shared import db
from engage.shared.clock import today
from tests.conftest import PASSWORD
from tests.people import make_person, make_quick, sign_in

PASSKEYS = "/sign-in/passkeys"


@pytest.fixture(autouse=True, scope="module")
def quick_passwords(app: Flask) -> None:
    make_quick(app)


@pytest.fixture
def person(visitor):
    person = make_person(Role.VOICE, password=PASSWORD)
    sign_in(visitor, person)
    return person


def give_passkey(person_id: int, name: str = "laptop") -> None:
    db.session.add(
        PasskeyRow(
            user_id=person_id,
            name=name,
            credential_id=name.encode(),
            public_key=b"half of it",
            backup_state=False,
            device_type="single_device",
            usage="first",
        )
    )
    db.session.commit()


def test_a_device_is_asked_to_check_who_holds_it_and_to_keep_the_passkey(visitor, person):
    page = visitor.fill_in(PASSKEYS, name="work laptop")
    assert page.status_code == 200
    asked = re.search(r'data-options="([^"]+)"', page.text)[1].replace("&#34;", '"')
    assert '"userVerification": "required"' in asked
    assert '"residentKey": "required"' in asked
    assert person.email in asked


def test_a_passkey_without_a_name_or_with_one_that_is_taken_is_sent_back(visitor, person):
    assert "Give it a name" in visitor.fill_in(PASSKEYS, name=" ").text
    assert "Use letters, numbers and spaces only." in visitor.fill_in(PASSKEYS, name="<b>laptop").text
    give_passkey(person.id)
    taken = visitor.fill_in(PASSKEYS, name="laptop")
    assert taken.status_code == 422
    assert "choose another name" in taken.text


@pytest.mark.parametrize("sent", ["", "nonsense", "{}", '{"id": 1}', "[]", "null", "\x00"])
def test_what_no_device_would_send_signs_nobody_in(visitor, database, sent):
    page = visitor.fill_in("/sign-in/passkey", identity="").text
    to = re.search(r'action="(/sign-in/passkey/[^"]+)"', page)[1]
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)[1]
    answer = visitor.post(to, data={"csrf_token": token, "credential": sent})
    assert (answer.status_code, answer.location) == (302, "/sign-in/passkey")
    assert "That passkey did not open anything" in visitor.get("/sign-in/passkey").text
    assert visitor.get("/desk/").status_code == 303


def test_no_answer_of_a_device_has_its_browser_remembered(app):
    with app.test_request_context("/", method="POST", data={"remember": "1", "credential": "{}"}):
        form = SignedAnswer()
        assert form.credential.data == "{}"
        assert not form.remember.data


def test_a_forged_state_starts_again(visitor, database):
    page = visitor.get("/sign-in/passkey").text
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)[1]
    answer = visitor.post("/sign-in/passkey/forged", data={"csrf_token": token, "credential": "{}"})
    assert answer.location == "/sign-in/passkey"


def test_setting_one_up_asks_for_a_password_typed_lately(visitor, person):
    with visitor.session_transaction() as held:
        held["fs_paa"] -= 31 * 60
        held.pop("fs_gexp", None)
    assert visitor.get(PASSKEYS).location.startswith("/sign-in/again")


def test_passkeys_end_with_a_new_first_password_and_with_the_account(visitor, person):
    for end in (actions.first_password, lambda of: actions.close_account(of, today=today())):
        give_passkey(person.id)
        end(person.id)
        db.session.commit()
        assert db.session.scalars(select(PasskeyRow)).all() == []


def test_nobody_takes_away_somebody_elses(app, visitor, person):
    other = make_person(Role.VOICE)
    give_passkey(other.id, "theirs")
    visitor.fill_in(PASSKEYS, f"{PASSKEYS}/delete", name="theirs")
    db.session.rollback()
    assert [row.name for row in db.session.scalars(select(PasskeyRow))] == ["theirs"]
    assert "You have no passkey with this name" in visitor.get(PASSKEYS).text
