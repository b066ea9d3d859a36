"""A question that was asked before is found by its words and put into a draft under its own code."""

import pytest

from engage.accounts.rules import Role
from engage.surveys.queries.versions import versions
from engage.surveys.rules.shipped import shipped
from tests.drafts import DESK, kept, make_draft, question
from tests.people import make_person, sign_in

BANK = f"{DESK}/park/parts/main/bank"


@pytest.fixture
def voice(visitor):
    return sign_in(visitor, make_person(Role.VOICE))


def test_an_item_of_a_template_is_found_and_taken_with_its_words_in_each_language(voice):
    make_draft(question("safe"))
    page = voice.get(f"{BANK}?words=happy area").text
    assert 'value="youth area_happy"' in page
    assert voice.fill_in(f"{BANK}?words=happy", BANK, take="youth area_happy").status_code == 303
    taken = kept("park", "area_happy")
    assert taken["words"] == dict(shipped("youth").item("area_happy").words.texts)
    assert [each["code"] for each in taken["options"]] == list(shipped("youth").item("area_happy").option_codes)
    assert "In this survey already." in voice.get(f"{BANK}?words=happy area").text
    again = voice.fill_in(f"{BANK}?words=happy", BANK, take="youth area_happy")
    assert again.status_code == 422
    assert "with this code already" in again.text


def test_what_only_made_sense_where_it_stood_is_left_behind(voice):
    make_draft(question("safe"))
    voice.fill_in(f"{BANK}?words=unsafe", BANK, take="youth unsafe_why")
    assert shipped("youth").item("unsafe_why").show_if
    assert "show_if" not in kept("park", "unsafe_why")


def test_an_item_of_a_published_survey_is_found(voice):
    make_draft(question("unheard", words={"en": "Does the skate ramp squeak?"}), code="ramp")
    voice.fill_in(f"{DESK}/ramp/publish")
    make_draft(question("safe"))
    page = voice.get(f"{BANK}?words=squeak skate").text
    assert f'value="{versions()[0].id} unheard"' in page


@pytest.mark.parametrize("take", ["youth nothing", "nowhere area_happy", "", "youth"])
def test_what_is_not_in_the_bank_is_not_taken(voice, take):
    make_draft(question("safe"))
    assert voice.fill_in(f"{BANK}?words=happy", BANK, take=take).status_code == 404


def test_words_that_nobody_asked_with_are_told(voice):
    make_draft(question("safe"))
    assert "No question has these words" in voice.get(f"{BANK}?words=zzzz").text
    assert "Write up to 100 characters. You wrote 101" in voice.get(f"{BANK}?words={'x' * 101}").text
