"""Every kind the engine knows is built at the desk, published, and met as it was built."""

import pytest
from markupsafe import escape

from engage.accounts.rules import Role
from engage.surveys.rules.card_kinds import HINTS, card_kind
from engage.surveys.rules.definition import parse_draft
from engage.surveys.rules.items import Kind
from engage.surveys.rules.merging import Merging, merging_document
from engage.surveys.rules.publishing import found_faults
from engage.surveys.rules.simulating import simulate
from engage.surveys.rules.words import words
from tests.drafts import DESK, boxes, change, kept, make_draft, option, question
from tests.people import make_person, sign_in

OPTIONS = {"options-0-words": "By bus", "options-1-words": "Something else"}
TYPED = {
    Kind.NUMBER: {"low": "Not at all", "high": "Very much", "bands": "low 0 to 4\nhigh 5 - 10"},
    Kind.AMOUNT: {"least": "0", "most": "20"},
    Kind.PICTURE: {
        "options-0-words": "Home", "options-0-picture": "house", "options-0-alt": "A house", "options-1-words": "Bus",
        "options-1-picture": "bus", "options-1-alt": "A bus",
    },
    Kind.RANKING: {**OPTIONS, "pick": "1"},
    Kind.SCALE: {"options-0-face": "5"},
    Kind.MULTIPLE: {**OPTIONS, "options-1-alone": "y", "options-1-opens": "y", "shuffle": "y", "pick": "2"},
    **dict.fromkeys((Kind.SINGLE, Kind.DROPDOWN, Kind.AREA), OPTIONS),
}  # fmt: skip


@pytest.fixture
def voice(visitor):
    return sign_in(visitor, make_person(Role.VOICE))


def build(voice, kind):
    right = {"words": "How is it there?", "easy": "Is it good?", "purpose": "To know", "code": "built"}
    return change(voice, f"{DESK}/park/parts/main/items/new?kind={kind}", **(right | TYPED.get(kind, {})))


@pytest.mark.parametrize("kind", list(Kind))
def test_each_kind_is_built_and_may_be_published(voice, kind):
    make_draft(question("safe"))
    answer = build(voice, kind)
    assert answer.status_code == 303, answer.text
    item = kept("park", "built")
    assert (item["kind"], item["easy"]) == (kind, {"en": "Is it good?"})
    definition = parse_draft(kept("park"))
    assert found_faults(definition) == []
    assert simulate(definition, people=40, seed=2).refused == ()
    again = change(voice, f"{DESK}/park/items/built", words="How is it there now?")
    assert again.status_code == 303
    assert kept("park", "built") == item | {"words": {"en": "How is it there now?"}}, "what is not touched stays"
    assert voice.get(f"{DESK}/park/preview/en?easy=1").status_code == 200
    assert HINTS[kind]
    assert escape(card_kind(kind).name) in voice.get(f"{DESK}/park").text


def test_of_a_question_with_as_many_answers_as_may_be_none_is_lost(voice):
    make_draft(question("safe", options=[option(f"o{number}") for number in range(300)]))
    page = f"{DESK}/park/items/safe"
    assert change(voice, page, words="How safe is it?").status_code == 303
    assert len(kept("park", "safe")["options"]) == 300
    more = boxes(voice.get(page).text) | {"options-300-words": "One more"}
    assert "options-300-words" in boxes(voice.post(page, data=more | {"press": "more"}).text)
    refused = voice.post(page, data=more)
    assert (refused.status_code, "A question has 300 options at most" in refused.text) == (422, True)


def test_what_only_some_kinds_have_is_kept(voice):
    make_draft(question("safe"))
    build(voice, Kind.MULTIPLE)
    item = kept("park", "built")
    assert (item["exclusive"], item["other"], item["shuffle"], item["pick"]) == (
        ["something_else"], "something_else", True, 2,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "typed", "told"),
    [
        (Kind.AMOUNT, {"least": "9", "most": "3"}, "a larger one"),
        (Kind.AMOUNT, {"bands": "few 0 to 4"}, "must hold each number from 0 to 20"),
        (Kind.NUMBER, {"bands": "low: none"}, "like: low 0 to 4"),
        (Kind.PICTURE, {"options-1-alt": ""}, "what the picture shows"),
        (Kind.MULTIPLE, {"pick": "99"}, "A number from 1 to 50"),
    ],
)
def test_what_does_not_fit_its_kind_is_told_and_stays_typed(voice, kind, typed, told):
    make_draft(question("safe"))
    right = {"words": "How is it & why?", "purpose": "To know"} | TYPED[kind]
    answer = change(voice, f"{DESK}/park/parts/main/items/new?kind={kind}", **(right | typed))
    assert answer.status_code == 422
    assert told in answer.text
    assert "How is it &amp; why?" in answer.text


def test_easy_read_that_is_hard_to_read_is_named(voice):
    hard = "Notwithstanding considerable environmental deterioration, is accessibility satisfactory?"
    make_draft(question("safe", easy={"en": hard}))
    assert "too hard in easy read" in voice.get(f"{DESK}/park").text


def test_words_that_say_a_choice_nobody_made_are_named(voice):
    make_draft(question("why", words={"en": "Why {gone|so}?"}))
    assert "an earlier choice that nobody makes before it (gone)" in voice.get(f"{DESK}/park").text


def test_merge_rules_follow_what_is_taken_out_and_added(voice):
    lines = (("yes_very", "yes"), ("not_really", None), ("never", None))
    merging = Merging("park", (("yes", words({"en": "Yes"})),), (("safe", lines), ("other", lines)))
    merged = merging_document(merging)
    make_draft(question("safe"), question("other"), merged=merged)
    voice.fill_in(f"{DESK}/park/items/other/delete")
    change(voice, f"{DESK}/park/items/safe", **{"options-2-words": "", "options-3-words": "Now and then"})
    assert kept("park")["merged"]["items"] == {"safe": {"yes_very": "yes", "not_really": None, "now_and_then": None}}
