"""Numbers that nobody has, given twice, or too large for any row: a plain page, never a failure of ours."""

import re
from datetime import timedelta

import pytest

from engage.accounts.rules import Role
from engage.analysis.actions import themes
from engage.analysis.rules import Naming
from engage.shared import db
from engage.shared.clock import today
from engage.youwesaid.models import ConcernRow, ConcernThemeRow
from tests.people import make_person, sign_in
from tests.surveys import count, token

HUGE = 10**30
FORMS = {
    "/desk/concerns/new": ("theme", "title", "about_agency_id"),
    "/desk/surveys/new": ("version_id", "target", "name"),
    "/desk/forums/new": ("places", "young", "name"),
    "/desk/themes/new": ("name", "into"),
    "/receipt/felt": ("words", "check", "answer"),
}


@pytest.fixture
def voice(visitor):
    return make_person(Role.VOICE)


@pytest.mark.parametrize("address", [f"/desk/themes/{HUGE}", "/desk/concerns/new?theme=999", f"/desk/concerns/{HUGE}"])
def test_a_number_nobody_has_is_not_found(visitor, voice, address):
    assert sign_in(visitor, voice).get(address).status_code == 404


NUMBERED = re.compile(r"<int:\w+>")


@pytest.mark.parametrize("role", [Role.VOICE, Role.SAFEGUARDING])
def test_no_number_of_twenty_digits_in_an_address_of_the_desk_is_a_failure_of_ours(visitor, role, database, caplog):
    sign_in(visitor, make_person(role))
    rules = [rule for rule in visitor.application.url_map.iter_rules() if rule.rule.startswith("/desk/")]
    addresses = {NUMBERED.sub(str(10**19), rule.rule) for rule in rules if "GET" in (rule.methods or ())}
    asked = sorted(address for address in addresses if str(10**19) in address and "<" not in address)
    assert len(asked) > 30
    for address in asked:
        page = visitor.get(address)
        assert page.status_code in (303, 403, 404, 405), address
    assert "failed" not in caplog.text


def test_a_number_that_no_row_can_have_typed_into_a_form_is_said_in_words_and_what_was_typed_comes_back(
    visitor, voice, caplog
):
    sign_in(visitor, voice)
    page = visitor.fill_in("/desk/concerns/new", theme=HUGE, title="Late buses")
    assert page.status_code == 422
    assert "A number you typed is much too long" in page.text
    assert "Late buses" in page.text
    assert "failed" not in caplog.text


@pytest.mark.parametrize("digits", ["9" * 5_000, "-" + "9" * 5_000, "9" * 4_000])
def test_thousands_of_digits_in_a_form_or_an_address_are_no_failure_of_ours(visitor, voice, caplog, digits):
    sign_in(visitor, voice)
    for path, boxes in FORMS.items():
        page = visitor.post(
            path, data={**dict.fromkeys(boxes, digits), "csrf_token": token(visitor.get("/receipt").text)}
        )
        assert page.status_code == 422, path
    for path in ("/desk/concerns/new?theme=", "/desk/concerns/?page=", "/desk/reading/?page=", "/desk/themes/?page="):
        assert visitor.get(path + digits).status_code < 500, path
    assert "failed" not in caplog.text


def test_control_an_error_of_ours_is_still_logged(visitor, voice, caplog, monkeypatch):
    def fail():
        int("none")

    monkeypatch.setitem(visitor.application.view_functions, "youwesaid_desk.show_concerns", fail)
    monkeypatch.setitem(visitor.application.config, "PROPAGATE_EXCEPTIONS", 0)
    sign_in(visitor, voice)
    assert visitor.get("/desk/concerns/").status_code == 500
    assert "ValueError" in caplog.text


def test_a_concern_from_a_theme_that_is_not_there_is_not_found(visitor, voice):
    sign_in(visitor, voice)
    assert visitor.fill_in("/desk/concerns/new", theme=999).status_code == 404


def test_a_theme_given_twice_is_taken_once(visitor, voice):
    theme_id = themes.add(Naming("Late buses", "", sensitive=False), by=voice, today=today())
    db.session.commit()
    sign_in(visitor, voice)
    typed = {
        "title": "Late buses", "you_said": "Buses are late", "topic": "travel",
        "promised_on": today() + timedelta(days=30), "about_agency_id": "0", "theme": [theme_id, theme_id],
    }  # fmt: skip
    answer = visitor.fill_in(f"/desk/concerns/new?theme={theme_id}&theme={theme_id}", to="/desk/concerns/new", **typed)
    assert answer.status_code == 303
    assert (count(ConcernRow), count(ConcernThemeRow)) == (1, 1)
