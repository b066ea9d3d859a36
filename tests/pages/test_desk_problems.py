"""What goes wrong inside the desk looks like the desk; whoever was signed out meanwhile is asked to sign in."""

import pytest
from werkzeug.datastructures import MultiDict
from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import Length

from engage.accounts.rules import Role
from engage.shared.forms import PageForm, choices
from tests.people import make_person, sign_in


class Choosing(PageForm):
    """A list of one."""

    one = SelectField(coerce=int, choices=choices({1: "One"}))


class Writing(PageForm):
    """A long text, and a line."""

    long = TextAreaField(validators=[Length(max=5)])
    line = StringField(validators=[Length(max=5)])


@pytest.mark.parametrize("path", ["/desk/themes/999", "/desk/nowhere", "/desk/people/"])
def test_staff_see_an_error_with_their_menu(visitor, path):
    sign_in(visitor, make_person(Role.VOICE))
    page = visitor.get(path)
    assert page.status_code in (403, 404)
    assert '<nav aria-label="Rooms">' in page.text


def test_a_page_that_was_open_too_long_keeps_the_look_of_the_desk(visitor):
    sign_in(visitor, make_person(Role.VOICE))
    page = visitor.post("/desk/themes/new", data={"name": "Buses"})
    assert "open for a long time" in page.text
    assert '<nav aria-label="Rooms">' in page.text


def test_whoever_has_no_session_any_more_in_the_middle_of_coding_is_told_that_ticks_are_lost(visitor, database):
    page = visitor.post(f"/desk/coding/{'ab' * 16}", data={"themes": "1"})
    assert page.status_code == 422
    assert "what you ticked or typed on that page is lost" in page.text
    assert 'href="/sign-in"' in page.text


def test_nobody_else_sees_the_look_of_the_desk(visitor, database):
    for path in ("/desk/nowhere", "/nowhere"):
        page = visitor.get(path)
        assert page.status_code == 404
        assert "Rooms" not in page.text


def test_a_choice_that_was_never_offered_is_refused_in_plain_words(visitor, database):
    with visitor.application.test_request_context("/"):
        for sent in ("", "seven"):
            form = Choosing(MultiDict({"one": sent}))
            assert not form.validate()
            assert [str(error) for error in form.one.errors] == ["Choose one of the answers shown here"]


def test_a_long_text_that_is_pasted_is_not_cut_by_the_browser_but_counted_by_us(app):
    with app.test_request_context():
        form = Writing(MultiDict({"long": "sixsix", "line": "five"}))
        assert not form.validate()
        assert [*map(str, form.long.errors)] == ["Write up to 5 characters. You wrote 6"]
        assert "maxlength" not in str(form.long)
        assert 'maxlength="5"' in str(form.line)  # so the mark is the library's, and is taken away
