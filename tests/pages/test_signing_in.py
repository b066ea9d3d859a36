"""Staff sign in with a password and a second step; what they may not open says so; nothing tells who has an account."""

import re
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from engage.accounts import actions, queries
from engage.accounts.models import AuditRow
from engage.accounts.rules import Role
from engage.accounts.signing_in import OPEN_ROUTES
from engage.shared import db, throttle
from engage.shared.clock import now, today
from tests.conftest import PASSWORD
from tests.people import give, make_person, make_quick, sign_in, type_password


@pytest.fixture(autouse=True, scope="module")
def quick_passwords(app: Flask) -> None:
    make_quick(app)


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


def test_no_browser_is_remembered_whatever_is_sent(visitor):
    person = make_person(Role.VOICE, password=PASSWORD)
    answer = visitor.fill_in("/sign-in", email=person.email, password=PASSWORD, remember="y")
    assert (answer.status_code, answer.location) == (302, "/desk/")
    assert [cookie.partition("=")[0] for cookie in answer.headers.getlist("Set-Cookie")] == ["engage"]
    with visitor.session_transaction() as held:
        assert "_remember" not in held


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
    assert 'href="/sign-in/passkey' in answer.text


def test_control_what_else_is_slowed_down_names_no_passkey(visitor, database):
    for _ in range(100):
        throttle.count("follow", who="127.0.0.1")
    page = visitor.fill_in("/follow/", address="invented@example.org", topic="")
    assert page.status_code == 429
    assert "passkey" not in page.text


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
        assert "what you ticked or typed is sent once more" in stale.text
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
    answer = visitor.get("/desk/")
    assert answer.status_code == 403
    assert "yours may have ended" in answer.text


def test_a_first_password_must_be_changed_before_anything_else(visitor):
    person = make_person(Role.VOICE)
    words = actions.first_password(person.id)
    db.session.commit()
    type_password(visitor, person.email, words)
    assert visitor.get("/desk/").location == "/sign-in/password"
    changed = visitor.fill_in("/sign-in/password", password=words, new_password=PASSWORD, new_password_confirm=PASSWORD)
    assert (changed.status_code, changed.location) == (302, "/desk/")
    assert visitor.get("/desk/").status_code == 200


def test_a_first_password_that_nobody_used_in_seven_days_opens_nothing(visitor):
    person = make_person(Role.VOICE)
    words = actions.first_password(person.id)
    db.session.commit()
    with time_machine.travel(now() + timedelta(days=7, minutes=1)):
        late = type_password(visitor, person.email, words)
        assert late.status_code == 422
        assert "was good for 7 days. Ask an administrator for a new one" in late.text
        assert person.email in late.text
        assert visitor.get("/desk/").status_code == 303
        assert "do not go together" in type_password(visitor, person.email, "a wrong long password").text
    with time_machine.travel(now() + timedelta(days=6, hours=23)):
        assert type_password(visitor, person.email, words).status_code == 302  # the control


def test_a_password_of_ones_own_has_no_end(visitor):
    person = make_person(Role.VOICE)
    words = actions.first_password(person.id)
    db.session.commit()
    type_password(visitor, person.email, words)
    visitor.fill_in("/sign-in/password", password=words, new_password=PASSWORD, new_password_confirm=PASSWORD)
    visitor.fill_in("/desk/", to="/sign-out")
    with time_machine.travel(now() + timedelta(days=60)):
        assert type_password(visitor, person.email).status_code == 302


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


def test_two_agencies_do_not_share_a_name_whatever_its_letters(visitor):
    sign_in(visitor, make_person(Role.ADMIN))
    page = "/desk/people/agencies/"
    assert visitor.fill_in(page, name="Police (invented)", kind="police").status_code == 303
    assert visitor.fill_in(page, name="POLICE (Invented)", kind="police").status_code == 422
