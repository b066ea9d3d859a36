"""A wave on paper asks what the phone asks, in the same words, and says in words who is asked what."""

import re
from dataclasses import replace

import pytest

from engage.accounts.rules import Role
from engage.surveys.queries.waves import definition_of
from engage.surveys.rules.conditions import condition
from engage.surveys.rules.definition import Kind
from engage.surveys.rules.paper import SEED, on_paper
from engage.surveys.rules.routing import chosen_rows
from engage.surveys.rules.shipped import CODES, shipped
from tests.kinds import every_kind, make_kinds_wave
from tests.people import make_person, sign_in
from tests.surveys import make_wave


def say(words: str, **values: object) -> str:
    return words % values


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("language", ["en", "pl", "ar"])
def test_each_question_of_each_survey_is_numbered_once_and_each_condition_is_said(code, language):
    definition = shipped(code)
    parts = on_paper(definition, language=language, say=say)
    questions = [question for part in parts for question in part.questions]
    left_out = {
        row
        for one in definition.rotations
        for row in set(one.rows) - set(chosen_rows(one.rows, one.show, SEED, one.code))
    }
    assert {question.item.code for question in questions} == {item.code for item in definition.items} - left_out
    numbers = [question.number for question in questions if question.item.asks]
    assert numbers == list(range(1, len(numbers) + 1))
    for question in questions:
        assert bool(question.only_if) is (question.item.show_if is not None)
        assert "question ?" not in question.only_if


@pytest.mark.parametrize(
    ("document", "words"),
    [
        ({"is": ["consent", "yes"]}, "question {consent}: “Yes”"),
        ({"gte": ["age", 13]}, "question {age}: 13 or more"),
        ({"not": {"is": ["consent", "no"]}}, "not (question {consent}: “No”)"),
        (
            {"all": [{"answered": "age"}, {"lt": ["age", 16]}]},
            "question {age} has an answer and question {age}: less than 16",
        ),
        ({"any_of": ["safe_home", ["unsafe", "dont_know"]]}, "question {safe_home}: “Quite unsafe” or “I don't know”"),
        ({"none_of": ["consent", ["no"]]}, "question {consent}: not “No”"),
    ],
)
def test_a_condition_is_said_with_the_numbers_and_words_on_the_paper(document, words):
    definition = shipped("youth")
    last = definition.sections[-1].items[-1]
    routed = replace(definition.sections[-1], items=(replace(last, show_if=condition(document)),))
    parts = on_paper(replace(definition, sections=(*definition.sections[:-1], routed)), language="en", say=say)
    numbers = {question.item.code: question.number for part in parts for question in part.questions}
    said = parts[-1].questions[-1].only_if
    assert re.sub("“(Yes|No)[^”]*”", r"“\1”", said) == words.format(**numbers)


def test_the_page_has_a_box_for_every_option_and_the_promise_of_the_wave(visitor):
    wave = make_wave()
    sign_in(visitor, make_person(Role.VOICE))
    page = visitor.get("/desk/surveys/youth/paper").text
    assert wave.audience in page
    assert "Don't write your name" in page
    for item in definition_of(wave).items:
        for option in item.options if item.kind is not Kind.AREA else ():
            assert option.words.in_("en").split("'")[0] in page
    assert re.search(
        r'<article class="entry-paper" lang="ar" dir="rtl">', visitor.get("/desk/surveys/youth/paper?language=ar").text
    )


def test_paper_of_a_known_wave_does_not_promise_that_nobody_knows(visitor):
    make_wave(mode="known")
    sign_in(visitor, make_person(Role.VOICE))
    page = visitor.get("/desk/surveys/youth/paper").text
    assert "Don't write your name" not in page
    assert "It's not private." in page


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_kind_has_its_own_boxes_on_paper(visitor, language):
    make_kinds_wave()
    page = sign_in(visitor, make_person(Role.VOICE)).get(f"/desk/surveys/kinds/paper?language={language}").text
    assert page.count('class="entry-places"') == 2
    assert page.count('href="#p-') == 3, "each picture is drawn beside its words"
    assert page.count("entry-say") == 3, "a line beside each “other”"
    assert page.count("entry-lines-number") == 1
    assert page.count("entry-lines-short") == 1


def test_a_condition_on_a_place_is_said_with_the_place():
    parts = on_paper(every_kind(), language="en", say=say)
    first = next(question for part in parts for question in part.questions if question.item.code == "first")
    assert "“1. Parks”" in first.only_if
