"""Every route of a survey is found: the same as trying each answer of each question, and no other."""

import random
from itertools import product

import pytest

from engage.surveys.rules.definition import parse, parse_draft
from engage.surveys.rules.every_route import TooTangled, every_route
from engage.surveys.rules.routing import path
from engage.surveys.rules.shipped import CODES, shipped
from tests.drafts import option, question
from tests.rules.test_drafting import document

ANSWERS = ["yes_very", "not_really", "never", "dont_know"]


def rule(chance, earlier, depth=2):
    """A condition made up by chance on questions that are asked before."""
    if depth and chance.random() < 0.5:
        operator = chance.choice(["all", "any", "not"])
        parts = [rule(chance, earlier, depth - 1) for _ in range(1 if operator == "not" else 2)]
        return {operator: parts[0] if operator == "not" else parts}
    about, operator = chance.choice(earlier), chance.choice(["is", "is_not", "any_of", "none_of", "all_of", "answered"])
    if operator == "answered":
        return {operator: about}
    values = chance.sample(ANSWERS, chance.choice([1, 2]))
    return {operator: [about, values[0] if operator.startswith("is") else values]}


def made_up(seed):
    chance = random.Random(seed)
    items = []
    for code in ("a", "b", "c", "d", "e"):
        earlier = [item["code"] for item in items]
        more = {"show_if": rule(chance, earlier)} if earlier and chance.random() < 0.8 else {}
        items.append(question(code, chance.choice(["single", "multiple"]), **more))
    return parse(document(*items))


def possible(item):
    codes = [[], *([code] for code in ANSWERS)]
    if item.kind == "multiple":
        codes += [["yes_very", "never"], ["yes_very", "not_really"], ["not_really", "never"], ANSWERS[:3]]
    return codes


def tried(asked):
    """The different lists of cards, found by trying every answer of every question."""
    choices = product(*(possible(item) for item in asked.items))
    return {tuple(path(asked, dict(zip(asked.by_code, given, strict=True)), 0)) for given in choices}


@pytest.mark.parametrize("seed", range(25))
def test_the_routes_are_those_that_trying_everything_finds(seed):
    asked = made_up(seed)
    wanted = tried(asked)
    found = every_route(asked, listed=1000)
    assert {route.cards for route in found.listed} == wanted
    assert found.count == len(wanted) == every_route(asked, listed=0).count
    assert set(found.never) == set(asked.by_code) - {code for cards in wanted for code in cards}


@pytest.mark.parametrize("seed", range(25))
def test_who_gives_the_answers_of_a_route_goes_it(seed):
    asked = made_up(seed)
    found = every_route(asked, listed=1000)
    for route in found.listed:
        assert tuple(path(asked, dict(route.said), 0)) == route.cards
    for branch in found.branches:
        for said, shown in ((branch.shown, True), (branch.passed, False)):
            assert said is None or (branch.item in path(asked, dict(said), 0)) is shown


@pytest.mark.parametrize("code", CODES)
def test_a_shipped_survey_has_no_question_that_no_route_meets(code):
    found = every_route(shipped(code))
    assert found.never == ()
    assert all(branch.shown is not None and branch.passed is not None for branch in found.branches)


def test_a_no_to_taking_part_is_a_route_of_its_own():
    consent = question("consent", "consent", options=[option("yes"), option("no")])
    found = every_route(parse(document(consent, question("safe"))))
    assert [(route.cards, route.said) for route in found.listed] == [
        (("consent",), (("consent", ("no",)),)),
        (("consent", "safe"), ()),
    ]


def test_what_waits_for_its_own_answer_or_a_later_one_is_on_no_route():
    items = [question("circle", show_if={"answered": "circle"}), question("early", show_if={"answered": "late"})]
    found = every_route(parse_draft(document(*items, question("late"))))
    assert (found.count, found.never) == (1, ("circle", "early"))


def test_a_survey_whose_conditions_all_hang_together_is_told():
    many = [question(f"q{number}") for number in range(15)]
    after = [question(f"t{number}", show_if={"is": [f"q{number}", "never"]}) for number in range(15)]
    with pytest.raises(TooTangled):
        every_route(parse(document(*many, *after)))
    one_by_one = [item for pair in zip(many, after, strict=True) for item in pair]
    assert every_route(parse(document(*one_by_one))).count == 2**15
