"""Whatever anybody types, anywhere: no page breaks, nothing runs, and what was typed is kept as it was."""

import html
import itertools
import re

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from engage.accounts.guards import Who
from engage.accounts.rules import Role
from engage.analysis.jobs import do_all
from engage.shared import db
from engage.surveys.models import WrittenRow
from engage.surveys.rules.text import clean
from tests.people import make_person, sign_in
from tests.surveys import ANSWERS, make_wave, save, sent_words, token

STARTS = ("", "'", '"', "`", "{{", "${", "<", "</script>", "--", "%", "\\", "=", "@", "+", "../", "\u202e", "\u200b")
MIDDLES = (
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "javascript:alert(1)", "' OR 1=1 --", "{{7*7}}",
    "%s%n%x", "$(id)", "; DROP TABLE response;--", "=HYPERLINK(1)", "\r\nSet-Cookie: a=b", "../../etc/passwd",
    "<svg/onload=alert(1)>", "%00", "\ufffe", "🔪😭" * 5, "الحديقة مظلمة", "ﷺ" * 20, "a" * 1500, "<!--", "]]>",
    "&lt;b&gt;", "__proto__", "true", "-1", "99999999999999999999", "NaN", "null", "\t \t",
)  # fmt: skip
ENDS = ("", "'")
HOSTILE = ["".join(parts) for parts in itertools.product(STARTS, MIDDLES, ENDS)]
SCRIPT = "<script>alert(1)</script>"
NEEDS_MORE = re.compile(r"<int:|<path:|<uuid")  # addresses that name a thing of the database


@pytest.fixture
def wave(database):
    return make_wave()


def test_there_are_at_least_five_hundred():
    assert len(set(HOSTILE)) >= 500


@pytest.mark.parametrize("words", HOSTILE[::31])
def test_hostile_strings_are_kept_as_they_are_and_never_break_a_page(visitor, wave, words):
    assert visitor.fill_in("/s/youth", **{**ANSWERS, "area_best": words}).status_code == 303
    kept = db.session.scalars(select(WrittenRow.words).where(WrittenRow.item == "area_best")).all()
    assert kept == ([clean(words)] if clean(words) else [])


def forms_of_anyone(app):
    for rule in app.url_map.iter_rules():
        view = app.view_functions[rule.endpoint]
        if "POST" in rule.methods and Who.ANYONE in getattr(view, "open_to", ()) and not NEEDS_MORE.search(rule.rule):
            yield re.sub(r"<[^>]+>", "youth", rule.rule)


def test_hostile_strings_break_no_form_that_anybody_may_send(app, visitor, wave):
    token = re.search(r'name="?csrf_token"?[^>]*value="?([^">\s]+)', visitor.get("/s/youth").text)[1]
    sent = 0
    turns = itertools.cycle(HOSTILE[::11])
    for path in forms_of_anyone(app):
        for _ in range(4):
            words = next(turns)
            names = ("words", "code", "name", "email", "message", "answer", "lives", "topic", "age", words[:40])
            answer = visitor.post(path, data={**dict.fromkeys(names, words), "csrf_token": token})
            assert answer.status_code < 500, (path, words)
            assert "<script>alert(1)</script>" not in answer.text, path
            sent += 1
    assert sent > 100


@given(st.dictionaries(st.sampled_from(sorted(ANSWERS)), st.text(max_size=60), min_size=1, max_size=6))
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_words_in_any_boxes_of_the_survey_are_taken_or_told(visitor, wave, typed):
    answer = visitor.fill_in("/s/youth", **{**ANSWERS, **typed})
    assert answer.status_code in (303, 409, 422)
    with visitor.session_transaction() as session:
        session.clear()


def pages_of_ours(app, visitor):
    """The pages that show what was typed: to whoever typed it, half way and when it was sent, and to whoever reads."""
    plain = FlaskClient(app, app.response_class)  # it takes a page that is broken, as a browser would
    save(visitor, visitor.get("/s/youth").text, area_best=SCRIPT)
    yield visitor.get("/s/youth").text
    words = sent_words(visitor, area_best=SCRIPT)
    mine = {"words": words, "csrf_token": token(visitor.get("/s/youth/mine").text)}
    yield plain_copy(visitor, plain).post("/s/youth/mine", data=mine).text
    do_all()
    db.session.remove()
    yield sign_in(plain, make_person(Role.VOICE)).get("/desk/reading/").text


def plain_copy(visitor, plain):
    with visitor.session_transaction() as theirs, plain.session_transaction() as session:
        session.update(theirs)
    return plain


def test_what_was_typed_is_words_and_no_part_of_the_page_wherever_it_is_shown(app, visitor, wave):
    pages = list(pages_of_ours(app, visitor))
    assert [html.escape(SCRIPT) in page for page in pages] == [True] * 3
    assert [SCRIPT in page for page in pages] == [False] * 3


def test_control_our_own_pages_without_their_escaping_would_be_noticed(app, visitor, wave, monkeypatch):
    app.jinja_env.cache.clear()
    monkeypatch.setattr(app.jinja_env, "autoescape", False)
    try:
        assert [SCRIPT in page for page in pages_of_ours(app, visitor)].count(True) >= 2
    finally:
        app.jinja_env.cache.clear()  # templates remember how they were made
