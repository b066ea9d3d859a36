"""Staff sign in with a password and a second step; what they may not open says so; nothing tells who has an account."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pyotp
import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, text

from engage import create_app
from engage.accounts import actions, queries
from engage.accounts.models import AuditRow, PersonRow
from engage.accounts.rules import Role
from engage.accounts.signing_in import OPEN_ROUTES
from engage.shared import db, throttle
from engage.shared.clock import now, today
from tests.conftest import PASSWORD, Visitor, make_settings
from tests.people import give, make_person, sign_in


@pytest.fixture(autouse=True, scope="module")
def quick_passwords(app: Flask) -> None:
    make_quick(app)


def make_quick(app: Flask) -> None:
    app.extensions["security"].pwd_context.update(argon2__rounds=1, argon2__memory_cost=64)


def type_password(visitor: FlaskClient, email: str, password: str = PASSWORD, *, then: str = ""):
    return visitor.fill_in(f"/sign-in?next={then}" if then else "/sign-in", email=email, password=password)


def audit_words() -> list[str]:
    words = list(db.session.scalars(select(AuditRow.did).order_by(AuditRow.id)))
    db.session.rollback()
    return words


def test_the_right_password_leads_to_today_and_is_written_down(visitor):
    person = make_person(Role.VOICE, password=PASSWORD)
    answer = type_password(visitor, person.email.upper())
    assert (answer.status_code, answer.location) == (302, "/desk/")
    assert visitor.get("/desk/").status_code == 200
    assert audit_words()[-1] == "signed in"


def test_the_fast_sign_in_of_tests_opens_the_same_pages(visitor):
    sign_in(visitor, make_person(Role.VOICE))
    assert "Today" in visitor.get("/desk/").text


def test_a_wrong_password_and_an_unknown_person_read_the_same(visitor):
    person = make_person(Role.VOICE, password=PASSWORD)
    wrong = type_password(visitor, person.email, "a wrong long password")
    unknown = type_password(visitor, "nobody@example.org", "a wrong long password")
    assert wrong.status_code == unknown.status_code == 422
    assert "do not go together" in wrong.text
    assert strip(wrong.text, person.email) == strip(unknown.text, "nobody@example.org")


def strip(page: str, email: str) -> str:
    return re.sub(r'name="csrf_token" value="[^"]+"', "", page.replace(email, ""))


def test_a_form_that_is_not_ours_signs_nobody_in(visitor):
    person = make_person(Role.VOICE, password=PASSWORD)
    assert visitor.post("/sign-in", data={"email": person.email, "password": PASSWORD}).status_code == 422
    assert visitor.get("/desk/").status_code == 303


def test_an_empty_form_says_what_to_type(visitor):
    answer = type_password(visitor, "", "")
    assert answer.status_code == 422
    assert "Type your e-mail address" in answer.text
    assert "Type your password" in answer.text


def test_ten_wrong_tries_are_enough_even_with_the_right_password_after_them(visitor):
    person = make_person(Role.VOICE)
    assert type_password(visitor, person.email, "wrong").status_code == 422
    for _ in range(9):
        throttle.count("sign-in", who=f"{person.email} 127.0.0.1")
    answer = type_password(visitor, person.email)
    assert answer.status_code == 429
    assert "Wait an hour" in answer.text


def test_a_closed_account_cannot_sign_in(visitor):
    person = make_person(Role.VOICE, password=PASSWORD)
    actions.close_account(person.id, today=today())
    db.session.commit()
    assert type_password(visitor, person.email).status_code == 422


@pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org", "/%5Cexample.org", "///example.org"])
def test_signing_in_never_leads_to_another_site(visitor, elsewhere):
    person = make_person(Role.VOICE, password=PASSWORD)
    answer = type_password(visitor, person.email, then=elsewhere)
    assert not (answer.location or "").startswith(("http", "//", "/\\"))


def test_a_page_asked_for_before_signing_in_is_shown_after(visitor):
    person = make_person(Role.ADMIN, password=PASSWORD)
    asked = visitor.get("/desk/audit/?page=2")
    assert (asked.status_code, asked.location) == (303, "/sign-in?next=/desk/audit/?page%3D2")
    answer = type_password(visitor, person.email, then="/desk/audit/?page%3D2")
    assert answer.location == "/desk/audit/?page=2"


def test_a_button_pressed_after_the_sign_in_went_stale_says_what_to_do(visitor):
    sign_in(visitor, make_person(Role.ADMIN))
    page = visitor.get("/desk/people/agencies/").text
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)[1]
    typed = {"csrf_token": token, "name": "A school (invented)", "kind": "school"}
    with time_machine.travel(now() + timedelta(minutes=31)):
        stale = visitor.post("/desk/people/agencies/", data=typed)
        assert stale.status_code == 403
        assert "Sign in again in a new tab" in stale.text
        sign_in(visitor, queries.people()[0])
        assert visitor.post("/desk/people/agencies/", data=typed).status_code == 303


def test_clicking_keeps_one_signed_in_and_not_clicking_does_not(visitor):
    sign_in(visitor, make_person(Role.VOICE))
    start = now()
    for minutes in (20, 40, 60):
        with time_machine.travel(start + timedelta(minutes=minutes)):
            assert visitor.get("/desk/").status_code == 200
    with time_machine.travel(start + timedelta(minutes=91)):
        assert visitor.get("/desk/").status_code == 303


def test_signing_out_is_a_button_and_ends_it(visitor):
    sign_in(visitor, make_person(Role.VOICE))
    answer = visitor.fill_in("/desk/", to="/sign-out")
    assert (answer.status_code, answer.location) == (302, "/sign-in")
    assert visitor.get("/desk/").status_code == 303
    assert visitor.get("/sign-out").status_code == 404


def test_the_wrong_role_is_refused_in_plain_words_and_written_down(visitor):
    person = make_person(Role.SCRUTINEER)
    sign_in(visitor, person)
    answer = visitor.get("/desk/people/")
    assert answer.status_code == 403
    assert "somebody with another role" in answer.text
    line = queries.audit(page=1, size=1)[0]
    assert (line.who, line.did, line.about) == (person.name, "was refused", "/desk/people/")


def test_somebody_with_no_role_opens_nothing_at_the_desk(visitor):
    sign_in(visitor, make_person(None))
    assert visitor.get("/desk/").status_code == 403


def test_a_role_that_ended_counts_no_more_at_the_next_click(visitor):
    person = make_person(None)
    grant_id = give(person.id, Role.VOICE)
    sign_in(visitor, person)
    assert visitor.get("/desk/").status_code == 200
    actions.end_role(grant_id, today=today())
    db.session.commit()
    assert visitor.get("/desk/").status_code == 403


def test_a_first_password_must_be_changed_before_anything_else(visitor):
    person = make_person(Role.VOICE)
    words = actions.first_password(person.id)
    db.session.commit()
    type_password(visitor, person.email, words)
    assert visitor.get("/desk/").location == "/sign-in/password"
    changed = visitor.fill_in("/sign-in/password", password=words, new_password=PASSWORD, new_password_confirm=PASSWORD)
    assert (changed.status_code, changed.location) == (302, "/desk/")
    assert visitor.get("/desk/").status_code == 200


def test_a_short_new_password_is_sent_back(visitor):
    person = make_person(Role.VOICE, password=PASSWORD)
    sign_in(visitor, person)
    short = visitor.fill_in("/sign-in/password", password=PASSWORD, new_password="short", new_password_confirm="short")
    assert short.status_code == 422
    assert "at least 12 characters" in short.text


def test_no_page_open_to_anyone_asks_the_database_who_is_signed_in(visitor, statements):
    visitor.get("/sign-in")
    assert statements == []


def test_one_statement_finds_the_person_and_their_roles(visitor, statements):
    sign_in(visitor, make_person(Role.ADMIN))
    statements.clear()
    visitor.get("/desk/audit/")
    assert len(statements) == 2


def test_the_routes_of_the_library_are_listed(app):
    routes = {rule.endpoint for rule in app.url_map.iter_rules() if rule.endpoint.startswith("security.")}
    assert routes == OPEN_ROUTES


# With the second step: an app that is not the demo, over TLS.


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
            for table in ("audit", "role_grant", "person", "wrong_try"):
                connection.execute(text(f"DELETE FROM {table}"))  # noqa: S608  (names from the line above)


def set_up_app(visitor: FlaskClient, email: str) -> pyotp.TOTP:
    asked = type_password(visitor, email)
    assert asked.location == "/sign-in/second-step"
    shown = visitor.fill_in("/sign-in/second-step", setup="authenticator")
    letters = re.search(r"<strong>([A-Z2-7-]+)</strong>", shown.text)[1].replace("-", "")
    app = pyotp.TOTP(letters)
    token = re.search(r'name="csrf_token" value="([^"]+)"', shown.text)[1]
    answer = visitor.post("/sign-in/code", data={"csrf_token": token, "code": app.now()})
    assert answer.location == "/desk/"
    return app


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


def test_a_recovery_code_signs_in_once(careful):
    person = make_person(Role.SAFEGUARDING, password=PASSWORD)
    set_up_app(careful, person.email)
    page = careful.fill_in("/sign-in/recovery-codes", generate_new_codes="1").text
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
    careful.fill_in("/sign-in/recovery-codes", generate_new_codes="1")
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
