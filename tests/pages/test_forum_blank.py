"""The empty form is drawn once for many visitors: each gets their own token, language and nothing of anybody else."""

import re

from tests.forums import forum_now, make_forum


def token_of(page):
    return re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)[1]


def test_every_visitor_has_their_own_token_in_the_same_form(app, database):
    path = f"/forums/{forum_now(make_forum()).slug}/come"
    one, other = (app.test_client().get(path).text for _ in range(2))
    assert token_of(one) != token_of(other)
    assert one.replace(token_of(one), "") == other.replace(token_of(other), "")
    assert "\x00" not in one + other


def test_the_form_is_in_the_language_of_each_visitor(app, database):
    path = f"/forums/{forum_now(make_forum()).slug}/come"
    pages = {code: app.test_client().get(f"{path}?lang={code}").text for code in ("en", "pl", "en")}
    assert '<html lang="pl"' in pages["pl"]
    assert '<html lang="en"' in pages["en"]


def test_a_token_of_the_form_is_taken_when_it_is_sent(visitor):
    path = f"/forums/{forum_now(make_forum()).slug}/come"
    for _ in range(2):
        assert visitor.fill_in(path, first_name="").status_code == 422
