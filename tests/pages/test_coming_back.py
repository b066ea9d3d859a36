"""A young person stops, comes back, goes on elsewhere, and sees or deletes what was sent with four words."""

import re

import pytest

from engage.safeguarding.models import AlertRow
from engage.shared import db, throttle
from engage.surveys.actions import waves
from engage.surveys.models import AnswerRow, ResponseRow, SittingRow, WrittenRow
from engage.surveys.rules.definition import parse
from engage.surveys.views.returning import MOST, PURPOSE
from tests.kinds import document, make_kinds_wave
from tests.surveys import ANSWERS, count, make_wave, save, sent_words, token, words_on


@pytest.fixture
def wave(database):
    return make_wave()


def test_a_draft_is_saved_card_by_card_and_comes_back(visitor, wave):
    page = visitor.get("/s/youth").text
    assert save(visitor, page, consent="yes", area_happy="happy").status_code == 204
    assert save(visitor, page, area_best="A secret park", area_happy="unhappy").status_code == 204
    page = visitor.get("/s/youth").text
    assert "A secret park" in page
    assert re.search(r'name="area_happy" value="unhappy" checked', page)
    assert not re.search(r'name="area_happy" value="happy" checked', page)
    assert count(SittingRow) == 1
    assert count(ResponseRow) == 0


def test_a_draft_is_sealed_in_the_database(visitor, wave):
    save(visitor, visitor.get("/s/youth").text, area_best="A secret park")
    raw = db.session.connection().exec_driver_sql("SELECT answers FROM sitting").scalar()
    assert b"secret" not in raw


def test_section_by_section_without_script(visitor, wave):
    answer = visitor.fill_in("/s/youth", "/s/youth/section/0", consent="yes", age="14", _at="about", _go="next")
    page = visitor.get(answer.location).text
    assert answer.location == "/s/youth?part=1"
    assert '<section class="part on" data-title="My area">' in page
    assert 'name="age" value="14" checked' in page


def test_an_answer_that_opens_a_question_shows_its_section_again(visitor, wave):
    safety = {"consent": "yes", "age": "14", "safe_home": "unsafe"}
    shown = "safe_home safe_school safe_travel safe_area_day safe_area_dark safe_transport safe_online"
    answer = visitor.fill_in("/s/youth", "/s/youth/section/3", **safety, _shown=shown, _go="next")
    assert answer.location == "/s/youth?part=3"
    page = visitor.get(answer.location).text
    assert re.search(r'id="q-unsafe_why">', page)
    answer = visitor.fill_in(
        "/s/youth?part=3", "/s/youth/section/3", **safety, _shown=shown + " unsafe_why unsafe_text"
    )
    assert answer.location == "/s/youth?part=4"
    assert '<section class="part support on">' in visitor.get(answer.location).text


def test_going_back_keeps_what_was_typed(visitor, wave):
    answer = visitor.fill_in("/s/youth", "/s/youth/section/1", **ANSWERS, _go="back")
    assert answer.location == "/s/youth?part=0"
    assert "The park by the river" in visitor.get(answer.location).text


def test_saying_no_leads_to_a_page_that_looks_the_same_and_keeps_nothing(visitor, wave):
    for to in ("/s/youth/section/0", "/s/youth"):
        save(visitor, visitor.get("/s/youth").text, consent="yes", area_best="A secret park")
        answer = visitor.fill_in("/s/youth", to, consent="no")
        assert answer.location == "/s/youth/activity"
        assert count(SittingRow) == 0
    assert visitor.get("/s/youth/activity").status_code == 200
    assert count(SittingRow) == count(ResponseRow) == 0


@pytest.mark.parametrize("to", ["/s/kinds/section/0", "/s/kinds"])
def test_saying_no_keeps_nothing_whatever_its_card_is_called(database, visitor, to):
    asked = document()
    asked["sections"][0]["items"][1]["code"] = "take_part"
    make_kinds_wave(parse(asked))
    assert visitor.fill_in("/s/kinds", to, take_part="no").location == "/s/kinds/activity"
    assert count(SittingRow) == count(ResponseRow) == 0


def test_saying_no_with_a_script_deletes_what_was_saved_and_is_heard_by_nobody(visitor, wave):
    page = visitor.get("/s/youth").text
    save(visitor, page, consent="yes", area_best="A secret park")
    typed = {"consent": "no", "area_best": "my stepdad hits me", "csrf_token": token(page)}
    assert visitor.post("/s/youth/activity", data=typed).location == "/s/youth/activity"
    assert count(SittingRow) == count(ResponseRow) == count(AlertRow) == 0


def test_a_draft_goes_on_on_another_phone_with_the_same_words(app, visitor, wave):
    page = visitor.get("/s/youth").text
    visitor.post("/s/youth/pause", data={**ANSWERS, "csrf_token": token(page)})
    words = words_on(visitor.get("/s/youth/paused").text)
    other = app.test_client()
    assert other.fill_in("/s/youth/mine", words=words.upper().replace(" ", "-")).location == "/s/youth"
    page = other.get("/s/youth").text
    assert "The park by the river" in page
    other.post("/s/youth", data={**ANSWERS, "csrf_token": token(page)})
    assert words_on(other.get("/s/youth/thanks").text) == words
    visitor.fill_in("/s/youth", **ANSWERS)
    assert count(ResponseRow) == 1


def test_the_four_words_are_a_numbered_list_from_left_to_right_in_every_language(visitor, wave):
    sent_words(visitor)
    for language in ("en", "ar"):
        page = visitor.get(f"/s/youth/thanks?lang={language}").text
        words = page[page.index('<ol class="words"') : page.index("</ol>")]
        assert words.count("<li") == 4
        assert 'dir="ltr"' in words


def test_what_was_sent_can_be_seen_and_deleted_with_the_words(app, visitor, wave):
    words = sent_words(visitor)
    other = app.test_client()
    page = other.fill_in("/s/youth/mine", words=words).text
    assert "The park by the river" in page
    assert "14 to 15" in page
    other.post("/s/youth/mine/delete", data={"words": words, "csrf_token": token(page)})
    assert count(ResponseRow) == count(AnswerRow) == count(WrittenRow) == 0


@pytest.mark.parametrize("button", ["delete", "change"])
def test_a_page_with_the_words_that_another_tab_made_old_says_so_and_asks_for_them_anew(app, visitor, wave, button):
    words, other = sent_words(visitor), app.test_client()
    first, second = (other.fill_in("/s/youth/mine", words=words).text for _ in "ab")
    begun = other.post("/s/youth/mine/change", data={"words": words, "csrf_token": token(first)})
    assert begun.location == "/s/youth"
    page = other.post(f"/s/youth/mine/{button}", data={"words": words, "csrf_token": token(second)})
    assert page.status_code == 422
    assert "something else was opened here since. Nothing was deleted or changed." in page.text
    assert words not in page.text
    assert count(ResponseRow) == 1
    again = other.post("/s/youth/mine", data={"words": words, "csrf_token": token(page.text)}).text
    assert other.post("/s/youth/mine/delete", data={"words": words, "csrf_token": token(again)}).status_code == 303
    assert count(ResponseRow) == 0


def test_after_reporting_the_page_says_why_it_cannot_show(visitor, wave):
    words = sent_words(visitor)
    waves.close_wave(wave.id, roles=["voice"])
    assert waves.report_wave(wave.id, roles=["voice"]) == 1
    db.session.commit()
    assert "nobody can tell which answers were yours" in visitor.fill_in("/s/youth/mine", words=words).text
    assert count(ResponseRow) == 1


def test_wrong_words_are_slowed_down(visitor, wave):
    db.session.rollback()
    throttle.count(PURPOSE, who="127.0.0.1", times=70)  # 35 pupils behind one address, each of whom slipped twice
    answers = [visitor.fill_in("/s/youth/mine", words="one two three four").status_code for _ in range(MOST - 69)]
    assert answers == [422] * (MOST - 70) + [429]


def test_the_next_person_finds_a_fresh_page(visitor, wave):
    sent_words(visitor)
    assert "was sent from here" in visitor.get("/s/youth").text
    visitor.fill_in("/s/youth", "/s/youth/next-person")
    assert visitor.get("/s/youth/thanks").location == "/s/youth"
    sent_words(visitor)
    assert count(ResponseRow) == 2


def test_a_draft_is_not_heard(visitor, wave):
    save(visitor, visitor.get("/s/youth").text, anything_new="my stepdad hits me every night")
    assert count(AlertRow) == 0


def test_a_shared_tablet_stays_one_after_a_reload(visitor, wave):
    code = waves.add_setting(wave.id, name="North School (invented)")
    db.session.commit()
    visitor.get(f"/s/youth/at/{code}?shared=yes")
    save(visitor, visitor.get("/s/youth").text, consent="yes", area_best="The park")
    assert 'name="_shared" value="yes" checked' in visitor.get("/s/youth").text


@pytest.mark.parametrize("shared", [True, False])
def test_only_a_shared_phone_is_cleared_by_itself_after_sending(visitor, wave, shared):
    sent_words(visitor, **({"_shared": "yes"} if shared else {}))
    assert ('data-behaviour="still"' in visitor.get("/s/youth/thanks").text) is shared
    visitor.fill_in("/s/youth/thanks", "/s/youth/next-person")
    sent_words(visitor)  # the next person did not tick it
    assert 'data-behaviour="still"' not in visitor.get("/s/youth/thanks").text
