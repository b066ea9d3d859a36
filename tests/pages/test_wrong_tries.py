"""Each wrong secret that is typed leaves one line in the audit, for whom it was, and never what was typed."""

import re

import pytest
from sqlalchemy import select

from engage.accounts.models import AuditRow
from engage.accounts.rules import Role
from engage.shared import db
from tests.conftest import PASSWORD
from tests.pages.test_second_step import CODE, careful, make_codes, set_up_app, strict
from tests.people import make_person, type_password

__all__ = ["careful", "strict"]  # fixtures
TYPED = "a mistaken secret of mine"


def lines_after(do):
    """What was written into the audit while something was done: who, what, and all its words."""
    before = len(lines())
    do()
    return lines()[before:]


def lines():
    db.session.rollback()
    rows = db.session.scalars(select(AuditRow).order_by(AuditRow.id)).all()
    found = [(row.person_id, row.did, f"{row.about} {row.reason}") for row in rows]
    db.session.rollback()
    return found


def test_a_wrong_password_is_written_down_for_its_person(careful):
    person = make_person(Role.VOICE, password=PASSWORD)
    assert lines_after(lambda: type_password(careful, person.email, TYPED)) == [
        (person.id, "typed a wrong password", " ")
    ]


def test_an_address_that_nobody_has_is_written_down_for_nobody(careful):
    make_person(Role.VOICE, password=PASSWORD)
    found = lines_after(lambda: type_password(careful, "nobody.at.all@example.org", TYPED))
    assert found == [(None, "typed a wrong password", " ")]


@pytest.mark.parametrize(
    ("path", "typed", "did"),
    [
        ("/sign-in/code", "000000", "typed a wrong code"),
        ("/sign-in/recovery", "abcd-abcd-abcd", "typed a wrong recovery code"),
    ],
)
def test_a_wrong_code_is_written_down_for_its_person(careful, path, typed, did):
    person = make_person(Role.SAFEGUARDING, password=PASSWORD)
    set_up_app(careful, person.email)
    careful.fill_in("/desk/", to="/sign-out")
    type_password(careful, person.email)
    assert lines_after(lambda: careful.fill_in(path, code=typed)) == [(person.id, did, " ")]


def test_control_what_was_right_is_no_wrong_try(careful):
    person = make_person(Role.SAFEGUARDING, password=PASSWORD)
    assert [did for _, did, _ in lines_after(lambda: set_up_app(careful, person.email))] == ["signed in"]


def test_making_recovery_codes_and_using_one_are_written_down_each_by_its_name(careful):
    person = make_person(Role.SAFEGUARDING, password=PASSWORD)
    set_up_app(careful, person.email)
    shown = []
    made = lines_after(lambda: shown.append(make_codes(careful)))
    assert made == [(person.id, "made new recovery codes", " ")]
    careful.fill_in("/desk/", to="/sign-out")
    type_password(careful, person.email)
    code = re.search(CODE, shown[0])[0]
    used = lines_after(lambda: careful.fill_in("/sign-in/recovery", code=code))
    assert sorted(used) == [(person.id, "signed in", " "), (person.id, "used a recovery code", " ")]


def test_the_cookie_has_a_name_that_no_other_host_can_set_and_the_cookies_page_names_it(careful):
    answer = type_password(careful, make_person(Role.VOICE, password=PASSWORD).email)
    assert answer.headers["Set-Cookie"].startswith("__Host-engage=")
    assert "; Path=/" in answer.headers["Set-Cookie"]
    assert "Domain=" not in answer.headers["Set-Cookie"]
    assert ">__Host-engage<" in careful.get("/cookies").text


def test_control_without_tls_the_demo_has_the_plain_name(visitor):
    answer = type_password(visitor, make_person(Role.VOICE, password=PASSWORD).email)
    assert answer.headers["Set-Cookie"].startswith("engage=")
    page = visitor.get("/cookies").text
    assert (">engage<" in page, "__Host-" in page) == (True, False)
