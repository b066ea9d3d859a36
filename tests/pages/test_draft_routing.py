"""Who is shown an item is said in plain sentences, and what leads nowhere is named with the page that mends it."""

import pytest

from engage.accounts.rules import Role
from tests.drafts import DESK, boxes, change, kept, make_draft, option, question
from tests.people import make_person, sign_in

NEVER = {"is": ["safe", "never"]}


@pytest.fixture
def voice(visitor):
    return sign_in(visitor, make_person(Role.VOICE))


def add(voice, about, *, item="why", which="show_if", **typed):
    page = voice.get(f"{DESK}/park/items/{item}/routing?which={which}&about={about}").text
    token, seen = boxes(page)["csrf_token"], boxes(page)["seen"]
    sent = {"csrf_token": token, "seen": seen, **typed}
    return voice.post(f"{DESK}/park/items/{item}/routing/{which}/{about}", data=sent)


def said(voice, item="why"):
    return voice.get(f"{DESK}/park/items/{item}/routing").text


def test_a_condition_is_chosen_answer_by_answer_and_read_as_a_sentence(voice):
    make_draft(question("safe"), question("age", "age"), question("why", "open"))
    assert "Everybody is shown it." in said(voice)
    assert add(voice, "safe", operator="any_of", values=["not_really", "never"]).status_code == 303
    assert "“Is it safe there?” is any of: Not really, Never" in said(voice)
    assert add(voice, "age", operator="gte", number="13").status_code == 303
    assert kept("park", "why")["show_if"] == {
        "all": [{"any_of": ["safe", ["not_really", "never"]]}, {"gte": ["age", 13]}]
    }
    page = voice.get(f"{DESK}/park").text
    assert "Shown when “Is it safe there?” is any of: Not really, Never and “Is it age there?” is at least 13." in page


def test_conditions_are_joined_and_removed(voice):
    tests = [{"is": ["safe", "never"]}, {"answered": "safe"}]
    make_draft(question("safe"), question("why", "open", show_if={"all": tests}))
    address = f"{DESK}/park/items/why/routing"
    seen = boxes(said(voice))
    voice.post(f"{address}/show_if/join", data={**seen, "join": "any"})
    assert kept("park", "why")["show_if"] == {"any": tests}
    voice.post(f"{address}/show_if/0/remove", data=boxes(said(voice)))
    assert kept("park", "why")["show_if"] == {"answered": "safe"}
    voice.post(f"{address}/show_if/0/remove", data=boxes(said(voice)))
    assert "show_if" not in kept("park", "why")
    assert voice.fill_in(address, f"{address}/show_if/0/remove", seen="").status_code == 404


def test_a_group_inside_a_group_stays_as_it_is(voice):
    inner = {"any": [{"is": ["safe", "never"]}, {"not": {"answered": "safe"}}]}
    make_draft(question("safe"), question("why", "open", show_if={"all": [inner, {"answered": "safe"}]}))
    page = said(voice)
    assert "is Never or it is not so that (“Is it safe there?” has an answer)" in page
    add(voice, "safe", operator="none_of", values=["yes_very"])
    assert kept("park", "why")["show_if"]["all"][0] == inner


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"operator": "any_of"}, "Tick at least one answer"),
        ({"operator": "any_of", "values": ["perhaps"]}, "not a valid choice"),
        ({"operator": "runs", "values": ["never"]}, "Choose one of the answers shown here"),
    ],
)
def test_half_a_condition_is_told_and_not_kept(voice, typed, words):
    make_draft(question("safe"), question("why", "open"))
    answer = add(voice, "safe", **typed)
    assert answer.status_code == 422
    assert words in answer.text
    assert "show_if" not in kept("park", "why")


def test_nothing_is_made_to_depend_on_what_is_asked_after_it(voice):
    make_draft(question("why", "open"), question("safe"))
    assert "Nothing is asked before it" in said(voice)
    address = f"{DESK}/park/items/why/routing"
    answer = voice.fill_in(address, f"{address}/show_if/safe", operator="any_of", values=["never"])
    assert answer.status_code == 404


@pytest.mark.parametrize(
    ("items", "words"),
    [
        ([question("why", show_if={"is": ["gone", "x"]})], "a question that is not here any more (gone)"),
        ([question("why", show_if={"is": ["why", "never"]})], "it goes in a circle"),
        ([question("why", show_if={"is": ["safe", "never"]}), question("safe")], "which is asked only after it"),
        ([question("safe"), question("why", show_if={"is": ["safe", "maybe"]})], "does not offer any more (maybe)"),
        (
            [question("safe"), question("why", show_if={"all": [NEVER, {"is": ["safe", "yes_very"]}]})],
            "nobody can ever reach it",
        ),
    ],
)  # fmt: skip
def test_a_path_that_leads_nowhere_is_named_with_the_page_that_mends_it(voice, items, words):
    make_draft(*items)
    page = voice.get(f"{DESK}/park").text
    assert words in page
    assert f'href="{DESK}/park/items/why/routing"' in page
    assert words in said(voice)


def test_moving_a_question_after_what_looks_at_it_is_named(voice):
    make_draft(question("safe"), question("why", "open", show_if={"is": ["safe", "never"]}))
    assert "asked only after it" not in voice.get(f"{DESK}/park").text
    voice.fill_in(f"{DESK}/park", f"{DESK}/park/move", move="down item safe")
    assert "it looks at “Is it safe there?”, which is asked only after it" in voice.get(f"{DESK}/park").text


def test_support_may_look_at_the_item_itself(voice):
    make_draft(question("safe"))
    assert add(voice, "safe", item="safe", which="support_when", operator="any_of", values=["never"]).status_code == 303
    assert kept("park", "safe")["support_when"] == {"any_of": ["safe", ["never"]]}


def test_removing_an_option_that_is_waited_for_is_named(voice):
    make_draft(question("safe"), question("why", "open", show_if={"any_of": ["safe", ["never"]]}))
    change(voice, f"{DESK}/park/items/safe", **{"options-2-words": ""})
    assert [each["code"] for each in kept("park", "safe")["options"]] == ["yes_very", "not_really"]
    assert "does not offer any more (never)" in voice.get(f"{DESK}/park").text
    change(voice, f"{DESK}/park/items/safe", **{"options-2-words": option("never")["words"]["en"]})
    assert "does not offer any more" not in voice.get(f"{DESK}/park").text
