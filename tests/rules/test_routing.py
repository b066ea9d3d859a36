import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engage.surveys.rules.conditions import BrokenDefinition, condition, condition_document, holds
from engage.surveys.rules.definition import parse
from engage.surveys.rules.routing import chosen_rows, options_shown, path, shuffled
from engage.surveys.rules.shipped import CODES, shipped

VECTORS = json.loads((Path(__file__).parent / "routing_vectors.json").read_text(encoding="utf-8"))
SMALL = parse(VECTORS["survey"])

seeds = st.integers(0, 2**32 - 1)
codes = st.sampled_from(["home", "street", "why", "age"])
values = st.sampled_from(["safe", "unsafe", "dark", "13", "16", "dont_know"])
tests = st.one_of(
    st.builds(lambda op, item, value: {op: [item, value]}, st.sampled_from(["is", "is_not"]), codes, values),
    st.builds(
        lambda op, item, some: {op: [item, some]},
        st.sampled_from(["in", "any_of", "all_of", "none_of"]),
        codes,
        st.lists(values, max_size=3),
    ),
    st.builds(
        lambda op, item, number: {op: [item, number]},
        st.sampled_from(["lt", "lte", "gt", "gte"]),
        codes,
        st.integers(0, 99),
    ),
    codes.map(lambda item: {"answered": item}),
)
conditions = st.recursive(
    tests,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: {"all": parts}),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: {"any": parts}),
        inner.map(lambda part: {"not": part}),
    ),
    max_leaves=6,
)
answers = st.dictionaries(codes, st.lists(values, max_size=3), max_size=4)


def test_the_shared_table_is_long_enough_to_mean_something():
    assert len(VECTORS["conditions"]) >= 60
    operators = {key for case in VECTORS["conditions"] for key in case["condition"]}
    assert operators == {
        "all", "any", "not", "is", "is_not", "in", "any_of", "all_of", "none_of", "lt", "lte", "gt", "gte", "answered",
    }  # fmt: skip


@pytest.mark.parametrize("case", VECTORS["conditions"], ids=lambda case: json.dumps(case["condition"])[:60])
def test_a_condition_holds_as_the_shared_table_says(case):
    assert holds(condition(case["condition"]), case["answers"]) is case["holds"]


@pytest.mark.parametrize("case", VECTORS["shuffles"], ids=lambda case: f"{case['item']}-{case['seed']}")
def test_options_are_shuffled_as_the_shared_table_says(case):
    assert shuffled(case["options"], case["seed"], case["item"]) == case["shuffled"]


@pytest.mark.parametrize("case", VECTORS["rotations"], ids=lambda case: f"{case['show']}-{case['seed']}")
def test_rows_are_chosen_as_the_shared_table_says(case):
    assert chosen_rows(case["rows"], case["show"], case["seed"], case["code"]) == case["chosen"]


@pytest.mark.parametrize("case", VECTORS["paths"], ids=lambda case: json.dumps(case["answers"])[:60])
def test_the_path_is_the_one_of_the_shared_table(case):
    assert path(SMALL, case["answers"], case["seed"]) == case["path"]


@pytest.mark.parametrize(
    "broken",
    [
        {"matches": ["a", "b"]},
        {"is": ["a"]},
        {"is": ["a", "b", "c"]},
        {"is": ["a", ["b"]]},
        {"is": ["a", True]},
        {"is": [1, "b"]},
        {"in": ["a", "b"]},
        {"gte": ["age", "old"]},
        {"gte": ["age", -1]},
        {"all": []},
        {"all": {"is": ["a", "b"]}},
        {"is": ["a", "b"], "in": ["a", ["b"]]},
        {"answered": ["a"]},
        {"not": "a"},
        {},
        [],
        "a == b",
        None,
    ],
    ids=str,
)
def test_a_condition_outside_the_closed_set_is_refused(broken):
    with pytest.raises(BrokenDefinition):
        condition(broken)


@settings(max_examples=50, deadline=None)
@given(conditions, answers)
def test_a_condition_and_its_opposite_never_agree(document, given_answers):
    assert holds(condition(document), given_answers) is not holds(condition({"not": document}), given_answers)


@settings(max_examples=50, deadline=None)
@given(conditions, answers)
def test_a_condition_written_down_and_read_again_means_the_same(document, given_answers):
    read = condition(document)
    assert condition(condition_document(read)) == read
    assert json.loads(json.dumps(condition_document(read))) == condition_document(read)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.text(max_size=3), max_size=20), seeds)
def test_shuffling_loses_nothing_and_gives_the_same_twice(options, seed):
    once = shuffled(options, seed, "item")
    assert sorted(once) == sorted(options)
    assert once == shuffled(options, seed, "item")


def test_every_option_comes_first_about_equally_often():
    firsts = [shuffled("abcdef", seed, "top_concerns")[0] for seed in range(3000)]
    assert all(400 < firsts.count(option) < 600 for option in "abcdef")


def test_something_else_and_none_stay_at_the_end():
    item = shipped("youth").item("top_concerns")
    shown = {tuple(options_shown(item, seed)) for seed in range(50)}
    assert len(shown) > 40
    assert {order[-2:] for order in shown} == {("other", "none")}


@settings(max_examples=50, deadline=None)
@given(seeds, st.integers(11, 18))
def test_each_person_sees_five_of_the_eight_worries(seed, age):
    codes_asked = path(shipped("youth"), {"consent": ["yes"], "age": [str(age)]}, seed)
    assert sum(code.startswith("worries_") for code in codes_asked) == 5


@pytest.mark.parametrize("survey", CODES)
@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_the_path_never_depends_on_answers_that_are_off_it(survey, data):
    definition = shipped(survey)
    given_answers = data.draw(
        st.fixed_dictionaries({}, optional={item.code: _sent(item) for item in definition.items if item.option_codes})
    )
    seed = data.draw(seeds)
    asked = path(definition, given_answers, seed)
    kept = {code: value for code, value in given_answers.items() if code in asked}
    assert path(definition, kept, seed) == asked
    assert [code for code in definition.by_code if code in asked] == asked


def _sent(item):
    return st.lists(st.sampled_from([*item.option_codes, "dont_know"]), max_size=2)


def test_who_does_not_consent_is_asked_nothing_more():
    assert path(shipped("youth"), {"consent": ["no"]}, 1) == ["about", "consent"]


def test_older_questions_wait_for_an_age_that_was_given():
    youth = shipped("youth")
    older, lgbt, police = "life_satisfaction", "lgbt", "police_fair"
    for age, expected in (
        (None, set()),
        ("12", set()),
        ("13", {police}),
        ("14", {police, lgbt}),
        ("16", {police, lgbt, older}),
    ):
        asked = set(path(youth, {"consent": ["yes"], "age": [age] if age else []}, 3))
        assert asked & {older, lgbt, police} == expected
        assert ("life_whole" in asked) is (older not in expected)


def test_one_person_sees_a_survey_that_can_be_finished():
    """The worst case: sixteen, unsafe somewhere, bullied, every route open, every module on."""
    longest = {
        "consent": ["yes"],
        "age": ["16"],
        "safe_home": ["unsafe"],
        "unsafe_why": ["home"],
        "tried_help": ["yes"],
        "help_helped": ["no"],
        "bullied": ["weekly"],
        "police_contact": ["yes"],
        "gender": ["another"],
        "ethnic_group": ["asian"],
    }
    usual = {"consent": ["yes"], "age": ["14"], "gender": ["girl"]}
    assert len(path(shipped("youth"), longest, 1)) <= 64
    assert len(path(shipped("youth").with_modules(set()), usual, 1)) <= 45


def test_the_page_that_everybody_gets_alike_shuffles_nothing():
    assert not [item.code for code in CODES for item in shipped(code).sections[0].items if item.shuffle]
