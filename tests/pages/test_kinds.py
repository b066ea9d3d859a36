"""Every kind of question on the page: drawn, filled in with and without a script, kept, sent, and counted."""

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from engage.analysis.jobs import counting
from engage.safeguarding.models import AlertRow
from engage.shared import db
from engage.surveys.models import AnswerRow, WrittenRow
from engage.surveys.queries.waves import definition_of
from engage.surveys.rules.definition import parse
from tests.kinds import document, make_kinds_wave
from tests.surveys import count, token, words_on

TYPED = {
    "consent": "yes",
    "age": "14",
    "way": "other",
    "way:other": "scooter",
    "order": ["2.parks", "1.clubs", "3.shops"],
    "buses": "12",
    "one_word": "Green",
    "sure": "dont_know",
    "place": "tree",
    "who:other": "My uncle",
    "what": ["pool", "other"],
    "what:other": "a <b>slide</b>",
}


@pytest.fixture
def wave(database):
    return make_kinds_wave()


def card(page, code):
    start = page.index(f'id="q-{code}"')
    return page[start : page.index("</fieldset>", start)]


def test_a_fresh_page_names_the_boxes_of_its_first_part_and_the_script_the_others(app, wave):
    page = FlaskClient(app).get("/s/kinds").text
    assert 'name="consent"' in card(page, "consent")
    assert 'name="way"' not in card(page, "way")
    assert 'name="way:other"' in card(page, "way"), "what is not called like its card keeps its name"
    assert page.count('value="rather_not_say"') == 2, "one pair to copy, and beside Not sure its own"


def test_what_was_typed_stands_there_again_without_a_script(visitor, wave):
    visitor.fill_in("/s/kinds", "/s/kinds/section/0", consent="yes", age="14", _at="about", _go="next")
    typed = TYPED | {"buses": "۱۲"}  # twelve, on a Persian keyboard: it opens "often"
    went_on = visitor.fill_in("/s/kinds?part=1", "/s/kinds/section/1", **typed, _at="way", _go="next")
    assert went_on.location.endswith("/s/kinds?part=2")
    page = visitor.get("/s/kinds?part=2").text
    assert 'value="2.parks" selected' in card(page, "order")
    assert 'value="12"' in card(page, "buses")
    assert 'value="Green"' in card(page, "one_word")
    assert 'value="other" data-other selected' in card(page, "way")
    assert 'value="scooter"' in card(page, "way")
    assert 'value="dont_know" data-alone checked> Not sure' in card(page, "sure")
    assert card(page, "sure").count("data-alone") == 2
    assert 'value="a &lt;b&gt;slide&lt;/b&gt;"' in card(page, "what")
    assert ">Tree</span>?" in card(page, "why")
    assert ">Pool, Other</span>." in card(page, "why")
    assert "hidden" not in card(page, "often")[:80]
    assert re.search(r'<fieldset class="card" id="q-first" hidden>', page), "clubs came first, not parks"


def test_what_was_left_unsaid_stands_in_no_box_to_write_in(visitor, wave):
    unsaid = dict.fromkeys(("buses", "one_word", "why"), "dont_know")
    visitor.fill_in("/s/kinds", "/s/kinds/pause", **TYPED | unsaid)
    page = visitor.get("/s/kinds").text
    for code in unsaid:
        assert re.findall(r'value="dont_know"([^>]*)>', card(page, code)) == [" data-alone checked"]
        assert "\ndont_know" not in card(page, code)


def test_a_list_offers_not_to_know_whatever_its_flag_says(database, visitor):
    asked = document()
    for item in asked["sections"][1]["items"][:2]:
        item["unsure"] = True
    make_kinds_wave(parse(asked))
    visitor.fill_in("/s/kinds", "/s/kinds/pause", **TYPED)
    page = visitor.get("/s/kinds").text
    assert "I don't know" in card(page, "way")
    assert "I don't know" in card(page, "order")


def test_an_earlier_choice_is_said_in_the_language_of_the_page(visitor, wave):
    visitor.fill_in("/s/kinds", "/s/kinds/section/1", **TYPED, _at="way", _go="next")
    page = visitor.get("/s/kinds?lang=ar&part=2").text
    assert ">Tree بالعربية</span>" in card(page, "why")
    assert 'data-or="this place">this place</span>' in card(
        FlaskClient(visitor.application).get("/s/kinds").text, "why"
    )


def test_pictures_are_drawn_once_and_say_what_they_show(visitor, wave):
    page = visitor.get("/s/kinds").text
    assert page.count('<symbol id="p-tree"') == 1
    assert '<svg role="img" aria-label="A drawing of a tree"> <use href="#p-tree"' in card(page, "place").replace(
        "><", "> <"
    )
    assert 'id="p-bus"' not in page, "only those it shows"


def test_every_kind_is_kept_as_it_was_meant(visitor, wave):
    assert visitor.fill_in("/s/kinds", **TYPED).status_code == 303
    kept = {}
    for row in db.session.scalars(select(AnswerRow).order_by(AnswerRow.item, AnswerRow.option)):
        kept.setdefault(row.item, []).append(row.option)
    assert kept["order"] == ["1.clubs", "2.parks", "3.shops"]
    assert (kept["way"], kept["who"], kept["what"]) == (["other"], ["other"], ["other", "pool"])
    assert (kept["buses"], kept["sure"], kept["place"]) == (["12"], ["dont_know"], ["tree"])
    assert kept["often"] == ["skipped"], "twelve buses opened it"
    wrote = {row.item: row.words for row in db.session.scalars(select(WrittenRow))}
    assert wrote == {"way": "scooter", "one_word": "Green", "who": "My uncle", "what": "a <b>slide</b>"}


def test_the_four_words_show_it_all_again(visitor, wave):
    visitor.fill_in("/s/kinds", **TYPED)
    page = visitor.fill_in("/s/kinds/mine", words=words_on(visitor.get("/s/kinds/thanks").text)).text
    for said in ("1. Clubs", "scooter", "My uncle", "a &lt;b&gt;slide&lt;/b&gt;", "Green", "12"):
        assert said in page


def test_what_does_not_fit_is_told_at_its_card_and_kept(visitor, wave):
    page = visitor.fill_in("/s/kinds", **{**TYPED, "buses": "lots", "order": ["1.parks", "1.clubs"]})
    assert page.status_code == 422
    assert "Write a whole number from 0 to 40" in card(page.text, "buses")
    assert 'value="lots"' in card(page.text, "buses")
    assert "Give each a place of its own" in card(page.text, "order")


def test_a_box_beside_other_is_heard(visitor, wave):
    visitor.fill_in("/s/kinds", **TYPED | {"who:other": "nobody, my stepdad hits me"})
    alert = db.session.scalars(select(AlertRow)).one()
    assert alert.place == "Every kind: Who helped?"


def test_cards_are_saved_with_the_box_beside_other(visitor, wave):
    page = visitor.get("/s/kinds").text
    saved = {"cards": "way,way:other,nonsense", "way": "other", "way:other": "scooter", "csrf_token": token(page)}
    assert visitor.post("/s/kinds/save", data=saved).status_code == 204
    assert 'value="scooter"' in card(visitor.get("/s/kinds").text, "way")


@pytest.mark.parametrize("to", ["lang=pl", "easy=1"])
def test_another_language_or_easy_words_keep_what_was_typed_without_a_script(visitor, wave, to):
    went = visitor.fill_in("/s/kinds", f"/s/kinds/switch/1?{to}", **TYPED)
    page = visitor.get(went.location).text
    assert 'value="scooter"' in card(page, "way")
    assert {"lang=pl": "Who helped? po polsku", "easy=1": ">Who?<"}[to] in card(page, "who")
    assert count(AlertRow) == 0


def test_easy_words_hold_until_they_are_given_back(visitor, wave):
    assert ">Who?<" in visitor.get("/s/kinds?easy=1").text
    assert ">Who?<" in visitor.get("/s/kinds").text
    assert ">Who helped?<" in visitor.get("/s/kinds?easy=0").text


def test_a_draft_that_is_switched_is_not_heard(visitor, wave):
    visitor.fill_in("/s/kinds", "/s/kinds/switch/1?lang=pl", one_word="my stepdad hits me")
    assert count(AlertRow) == 0


def test_every_kind_is_counted(app, wave):
    for ranked in (["1.clubs", "2.parks"], ["1.parks"], ["1.clubs"]):
        phone = app.test_client()
        data = TYPED | {"order": ranked, "csrf_token": token(phone.get("/s/kinds").text)}
        assert phone.post("/s/kinds", data=data).status_code == 303
    found = counting.count(wave)
    levels = {item.code: counting.levels_of(item, found.options[item.code]) for item in counting.closed_items(found)}
    assert levels["order"] == {"parks": 1, "shops": 0, "clubs": 2}
    assert levels["buses"] == {"none": 0, "some": 0, "many": 3}
    assert levels["way"] == {"walk": 0, "bus": 0, "bike": 0, "other": 3}
    assert levels["place"] == {"house": 0, "school": 0, "tree": 3}
    assert "one_word" not in levels
    assert "sure" not in levels, "nobody answered: three were not sure"
    order = counting.answers(found, definition_of(wave).item("order"))
    assert sum(order.counts.values()) == 3
