"""A second step at the sign-in: an app that is not the demo, over TLS."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pyotp
import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from engage import create_app
from engage.accounts import actions
from engage.accounts.models import PersonRow
from engage.accounts.rules import Role
from engage.shared import db, throttle
from engage.shared.clock import now
from tests.conftest import PASSWORD, Visitor, make_settings
from tests.people import make_person, make_quick, type_password


@pytest.fixture(scope="module")
def strict(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    app = create_app(make_settings(tmp_path_factory.mktemp("strict"), demo=False))
    app.config["TESTING"] = True
    app.test_client_class = Visitor
    make_quick(app)
    return app


@pytest.fixture
def careful(strict: Flask) -> Iterator[FlaskClient]:
    """Somebody at the sign-in of an installation that wants a second step."""
    with strict.app_context():
        db.create_tables()
        visitor = strict.test_client()
        visitor.environ_base["wsgi.url_scheme"] = "https"
        yield visitor
        db.session.remove()
        with db.engine().begin() as connection:
            for table in ("audit", "role_grant", "sign_in", "person", "wrong_try"):
                connection.execute(text(f"DELETE FROM {table}"))  # noqa: S608  (names from the line above)


def set_up_app(visitor: FlaskClient, email: str) -> pyotp.TOTP:
    asked = type_password(visitor, email)
    assert asked.location == "/sign-in/second-step"
    shown = visitor.fill_in("/sign-in/second-step", setup="authenticator")
    letters = re.search(r"<strong>([A-Z2-7-]+)</strong>", shown.text)[1].replace("-", "")
    app = pyotp.TOTP(letters)
    token = re.search(r'name="csrf_token" value="([^"]+)"', shown.text)[1]
    answer = visitor.post("/sign-in/code", data={"csrf_token": token, "code": app.now()})
    assert answer.location == "/sign-in/recovery-codes"
    return app


def make_codes(visitor: FlaskClient) -> str:
    """Make recovery codes; gives the page that shows them."""
    made = visitor.fill_in("/sign-in/recovery-codes", generate_new_codes="1")
    assert made.status_code == 303
    return visitor.get(made.location).text


def test_the_second_step_is_set_up_at_the_first_sign_in_and_asked_at_the_next(careful):
    person = make_person(Role.SAFEGUARDING, password=PASSWORD)
    phone = set_up_app(careful, person.email)
    assert careful.get("/desk/").status_code == 200
    careful.fill_in("/desk/", to="/sign-out")
    with time_machine.travel(now() + timedelta(minutes=2)):
        asked = type_password(careful, person.email, then="/desk/me/")
        assert asked.location == "/sign-in/code?next=/desk/me/"
        assert careful.get("/desk/").status_code == 303
        assert careful.fill_in(asked.location, code=phone.now()).location == "/desk/me/"


def test_a_code_works_once(careful):
    person = make_person(Role.SAFEGUARDING, password=PASSWORD)
    with time_machine.travel(now(), tick=False):
        phone = set_up_app(careful, person.email)
        careful.fill_in("/desk/", to="/sign-out")
        type_password(careful, person.email)
        again = careful.fill_in("/sign-in/code", code=phone.now())
        assert again.status_code == 422
        assert "wait for a new one" in again.text


def test_ten_wrong_codes_are_enough(careful):
    person = make_person(Role.SAFEGUARDING, password=PASSWORD)
    set_up_app(careful, person.email)
    careful.fill_in("/desk/", to="/sign-out")
    type_password(careful, person.email)
    assert careful.fill_in("/sign-in/code", code="000000").status_code == 422
    for _ in range(9):
        throttle.count("secret", who=str(person.id))
    assert careful.fill_in("/sign-in/code", code="000000").status_code == 429


@pytest.mark.parametrize("typed", [str.upper, lambda code: code.replace("-", " "), lambda code: code.replace("-", "")])
def test_a_recovery_code_may_be_typed_as_people_copy_it(careful, typed):
    person = make_person(Role.SAFEGUARDING, password=PASSWORD)
    set_up_app(careful, person.email)
    page = make_codes(careful)
    code = re.findall(r"[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}", page)[0]
    careful.fill_in("/desk/", to="/sign-out")
    type_password(careful, person.email)
    assert careful.fill_in("/sign-in/recovery", code=typed(code)).status_code == 302
    assert careful.get("/desk/").status_code == 200


def test_a_recovery_code_signs_in_once(careful):
    person = make_person(Role.SAFEGUARDING, password=PASSWORD)
    set_up_app(careful, person.email)
    page = make_codes(careful)
    codes = re.findall(r"<li>([0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4})</li>", page)
    assert len(codes) == 8
    answers = []
    for _ in range(2):
        careful.fill_in("/desk/", to="/sign-out") if answers in ([], ["/desk/"]) else None
        type_password(careful, person.email)
        answers.append(careful.fill_in("/sign-in/recovery", code=codes[0]).location)
    assert answers == ["/desk/", None]


def test_secrets_are_not_readable_in_the_database(careful):
    person = make_person(Role.SAFEGUARDING, password=PASSWORD)
    set_up_app(careful, person.email)
    make_codes(careful)
    kept = db.session.execute(text("SELECT password, tf_totp_secret, mf_recovery_codes FROM person")).one()
    assert kept[0].startswith("$argon2id$")
    assert b"enckey" not in bytes(kept[1])
    assert not re.search(r"[0-9a-f]{4}-[0-9a-f]{4}", kept[2])


def test_the_cookie_of_a_real_installation_is_safe(careful):
    person = make_person(Role.SAFEGUARDING, password=PASSWORD)
    cookie = type_password(careful, person.email).headers["Set-Cookie"]
    assert all(word in cookie for word in ("Secure", "HttpOnly", "SameSite=Lax"))


def test_an_administrator_can_set_a_lost_phone_right(careful):
    person = make_person(Role.SAFEGUARDING, password=PASSWORD)
    set_up_app(careful, person.email)
    words = actions.first_password(person.id)
    db.session.commit()
    assert careful.get("/desk/").status_code == 303
    assert type_password(careful, person.email, words).location == "/sign-in/second-step"
    assert db.session.get_one(PersonRow, person.id).tf_totp_secret is None


CODE = r"[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}"


def test_recovery_codes_are_shown_once_and_loading_the_page_again_makes_no_others(careful):
    person = make_person(Role.SAFEGUARDING, password=PASSWORD)
    set_up_app(careful, person.email)
    assert "Your codes were shown" not in careful.get("/sign-in/recovery-codes").text
    codes = re.findall(f"<li>({CODE})</li>", make_codes(careful))
    again = careful.get("/sign-in/recovery-codes").text
    assert (len(codes), re.findall(CODE, again)) == (8, [])
    assert "You have 8 left" in again
    careful.fill_in("/desk/", to="/sign-out")
    type_password(careful, person.email)
    assert careful.fill_in("/sign-in/recovery", code=codes[0]).location == "/desk/"
    assert "You have 7 left" in careful.get("/sign-in/recovery-codes").text


def test_the_codes_to_show_lie_sealed_in_the_cookie(careful):
    set_up_app(careful, make_person(Role.SAFEGUARDING, password=PASSWORD).email)
    careful.fill_in("/sign-in/recovery-codes", generate_new_codes="1")
    with careful.session_transaction() as session:
        kept = {**session}
    assert "new codes" in kept
    assert not re.search(CODE, str(kept))


def picture_of(page: str) -> tuple[str, str]:
    return re.search(r"<strong>([A-Z2-7-]+)</strong>", page)[1], re.search(r'<img src="(data:[^"]+)"', page)[1]


def test_a_wrong_digit_at_the_first_set_up_keeps_the_picture_and_says_so(careful):
    person = make_person(Role.SAFEGUARDING, password=PASSWORD)
    type_password(careful, person.email)
    shown = careful.fill_in("/sign-in/second-step", setup="authenticator").text
    token = re.search(r'name="csrf_token" value="([^"]+)"', shown)[1]
    wrong = careful.post("/sign-in/code", data={"csrf_token": token, "code": "000000"})
    assert wrong.status_code == 422
    assert "Set up your second step" in wrong.text
    assert "That code does not fit" in wrong.text
    assert "recovery code" not in wrong.text
    assert picture_of(wrong.text) == picture_of(shown)
    right = pyotp.TOTP(picture_of(shown)[0].replace("-", "")).now()
    assert careful.fill_in("/sign-in/code", code=right).location == "/sign-in/recovery-codes"
    assert careful.get("/desk/").status_code == 200


def test_a_wrong_digit_while_changing_the_phone_keeps_the_picture_too(careful):
    set_up_app(careful, make_person(Role.SAFEGUARDING, password=PASSWORD).email)
    shown = careful.fill_in("/sign-in/second-step", setup="authenticator").text

    def send(page: str, code: str):
        form = re.search(r'action="(/sign-in/second-step/[^"]+)"', page)[1]
        return careful.post(form, data={"csrf_token": re.search(r'csrf_token" value="([^"]+)"', page)[1], "code": code})

    answer = send(shown, "000000")
    again = careful.get(answer.location).text
    assert "The picture is still the same" in again
    assert picture_of(again) == picture_of(shown)
    with time_machine.travel(now() + timedelta(minutes=2)):  # no code counts twice in its half minute, of any app
        right = pyotp.TOTP(picture_of(shown)[0].replace("-", "")).now()
        assert send(again, right).location == "/sign-in/recovery-codes"
        another = careful.fill_in("/sign-in/second-step", setup="authenticator").text
    assert picture_of(another) != picture_of(shown)  # the control: whoever begins anew gets a new one
