"""The team begins a survey, puts questions into it, and nobody's work gets lost when two write at once."""

import re

import pytest

from engage.accounts.models import AuditRow
from engage.accounts.rules import Role
from engage.shared import db
from engage.surveys.actions import drafts as actions
from engage.surveys.actions.drafts import add_draft
from engage.surveys.queries.drafts import draft, drafts
from engage.surveys.rules.definition import BrokenDefinition, to_document
from engage.surveys.rules.shipped import shipped
from tests.drafts import DESK, boxes, change, kept, make_draft, option, question
from tests.people import make_person, sign_in


@pytest.fixture
def voice(visitor):
    return sign_in(visitor, make_person(Role.VOICE, name="Ada"))


def codes(code="park"):
    return [item["code"] for section in kept(code)["sections"] for item in section["items"]]


def test_a_survey_is_begun_empty_and_a_question_put_into_it(voice):
    begun = change(voice, f"{DESK}/new", title="The park", start="empty", bands="8 to 10\n11 - 13", languages=["pl"])
    assert begun.location == f"{DESK}/the_park"
    assert [(band["code"], band["from"]) for band in kept("the_park")["bands"]] == [("age_8_10", 8), ("age_11_13", 11)]
    assert (kept("the_park")["ages"], kept("the_park")["unchecked"]) == ([8, 13], ["pl"])
    assert change(voice, f"{DESK}/the_park/parts/new", title="Getting there").status_code == 303
    kinds = voice.get(f"{DESK}/the_park/parts/getting_there/items/new").text
    assert "Several answers" in kinds
    address = f"{DESK}/the_park/parts/getting_there/items/new?kind=multiple"
    typed = {"words": "How do you get there?", "options-0-words": "By bus", "options-1-words": "On foot"}
    assert change(voice, address, **typed, pick="1").status_code == 303
    item = kept("the_park", "how_do_you_get_there")
    assert [each["code"] for each in item["options"]] == ["by_bus", "on_foot"]
    assert (item["pick"], item["owner"]) == (1, "Voice of the child team")
    page = voice.get(f"{DESK}/the_park").text
    assert "say its purpose and its owner" in page
    assert "Ada, added an item: “How do you get there?”" in page
    assert "Ada, added a part: the part “Getting there”" in page


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"title": ""}, "Give it a title"),
        ({"bands": "young people"}, "like 11 to 13"),
        ({"bands": "11 to 14\n13 to 15"}, "hold the same age"),
        ({"bands": "14 to 11"}, "the younger one first"),
    ],
)
def test_what_cannot_be_a_survey_is_told_and_stays_typed(voice, typed, words):
    answer = change(voice, f"{DESK}/new", **({"title": "Parks & places", "start": "empty", "bands": "8 to 9"} | typed))
    assert answer.status_code == 422
    assert words in answer.text
    assert drafts() == []
    assert ("Parks &amp; places" in answer.text) == ("title" not in typed)


def test_a_survey_begins_with_a_template_under_another_name(voice):
    change(voice, f"{DESK}/new", title="Our youth survey", start="template:youth", languages=["ar"])
    begun = kept("our_youth_survey")
    assert len(list(draft("our_youth_survey").definition.items)) == len(list(shipped("youth").items))
    assert (begun["languages"], begun["unchecked"], begun["title"]) == (
        ["en", "ar"],
        ["ar"],
        {"en": "Our youth survey"},
    )
    assert voice.get(f"{DESK}/our_youth_survey").status_code == 200


def test_a_document_is_kept_under_a_free_code_or_refused_with_its_place(database):
    by = make_person(Role.VOICE)
    document = to_document(shipped("forum"))
    assert add_draft(document, by=by) == "forum_2"
    assert add_draft(document, by=by) == "forum_3"
    document["sections"][0]["items"][1]["options"][2]["code"] = "Yes!"
    with pytest.raises(BrokenDefinition, match=r"forum_space\.Yes!"):
        add_draft(document, by=by)
    with pytest.raises(BrokenDefinition, match="a mapping is wanted"):
        add_draft([], by=by)


def test_items_move_by_buttons_also_into_the_next_part_and_are_copied(voice):
    make_draft(question("a"), question("b"), code="park")
    change(voice, f"{DESK}/park/parts/new", title="Next")
    for move in ("down item a", "down item a", "copy item b", "up part next"):
        assert change(voice, f"{DESK}/park", move=move).status_code in {303, 404}, move
    voice.fill_in(f"{DESK}/park", f"{DESK}/park/move", move="down item a")
    assert codes() == ["b", "a"]
    voice.fill_in(f"{DESK}/park", f"{DESK}/park/move", move="down item a")
    voice.fill_in(f"{DESK}/park", f"{DESK}/park/move", move="copy item b")
    assert codes() == ["b", "b_2", "a"]
    voice.fill_in(f"{DESK}/park", f"{DESK}/park/move", move="up part next")
    assert codes() == ["a", "b", "b_2"]
    assert voice.fill_in(f"{DESK}/park", f"{DESK}/park/move", move="fly item a").status_code == 404


def test_deleting_asks_first_and_names_what_looks_at_it(voice):
    make_draft(question("safe"), question("why", show_if={"any_of": ["safe", ["never"]]}))
    asked = voice.get(f"{DESK}/park/items/safe/delete").text
    assert "shown only after an answer to it: Is it why there?" in asked
    assert codes() == ["safe", "why"]
    voice.fill_in(f"{DESK}/park/items/safe/delete")
    assert codes() == ["why"]
    page = voice.get(f"{DESK}/park").text
    assert "it looks at a question that is not here any more (safe)" in page
    assert f'href="{DESK}/park/items/why/routing"' in page


def test_options_are_arranged_with_buttons_and_nothing_typed_is_lost(voice):
    make_draft(question("safe"))
    address = f"{DESK}/park/items/safe"
    page = change(voice, address, words="Typed & kept", press="down 0")
    assert page.status_code == 200
    assert "Typed &amp; kept" in page.text
    assert kept("park", "safe")["options"][0]["code"] == "yes_very"
    sent = boxes(page.text)
    assert (sent["options-0-code"], sent["options-1-code"]) == (["not_really"], ["yes_very"])
    again = voice.post(address, data=sent | {"press": "remove 2"})
    voice.post(
        address, data=boxes(again.text) | {"options-0-words": "Not that much", "options-2-words": "I am not there"}
    )
    kept_codes = [each["code"] for each in kept("park", "safe")["options"]]
    assert kept_codes == ["not_really", "yes_very", "i_am_not_there"], "codes stay, whatever the words"
    assert kept("park", "safe")["options"][0]["words"] == {"en": "Not that much"}


@pytest.mark.parametrize(
    ("kind", "typed", "words"),
    [
        ("single", {"words": ""}, "Write what it asks or says"),
        ("single", {"options-1-words": ""}, "at least two options"),
        ("number", {}, "Say what 0 and 10 mean"),
        ("multiple", {"pick": "many"}, "Not a valid integer value"),
        ("single", {"code": "Bad Code"}, "Small letters, digits and _ only"),
        ("single", {"code": "safe"}, "has this code already"),
    ],
)
def test_what_cannot_be_an_item_is_told_at_its_box(voice, kind, typed, words):
    make_draft(question("safe"))
    right = {"words": "Where is it?", "options-0-words": "Here", "options-1-words": "There"}
    answer = change(voice, f"{DESK}/park/parts/main/items/new?kind={kind}", **(right | typed))
    assert answer.status_code == 422
    assert words in answer.text
    assert codes() == ["safe"]


def test_the_second_of_two_is_told_and_keeps_both_texts(voice, app):
    make_draft(question("safe"), question("other"))
    mine = boxes(voice.get(f"{DESK}/park/items/safe").text)
    other = sign_in(app.test_client(), make_person(Role.VOICE, name="Grace"))
    change(other, f"{DESK}/park/items/safe", words="What Grace wrote")
    change(other, f"{DESK}/park/items/other", words="Elsewhere")
    told = voice.post(f"{DESK}/park/items/safe", data=mine | {"words": "What Ada wrote"})
    assert told.status_code == 409
    assert re.search("What Grace wrote.*What Ada wrote", told.text, re.DOTALL)
    assert "Grace" in told.text.split("What Grace wrote")[0]
    assert kept("park", "safe")["words"]["en"] == "What Grace wrote"
    assert voice.post(f"{DESK}/park/items/safe", data=boxes(told.text)).status_code == 303
    assert kept("park", "safe")["words"]["en"] == "What Ada wrote"
    assert kept("park", "other")["words"]["en"] == "Elsewhere"


def test_two_who_write_different_items_are_not_in_each_others_way(voice, app):
    make_draft(question("safe"), question("other"))
    mine = boxes(voice.get(f"{DESK}/park/items/safe").text)
    change(sign_in(app.test_client(), make_person(Role.VOICE)), f"{DESK}/park/items/other", words="Elsewhere")
    assert voice.post(f"{DESK}/park/items/safe", data=mine | {"words": "Mine"}).status_code == 303
    assert kept("park", "other")["words"]["en"] == "Elsewhere"


def test_what_was_typed_into_an_item_that_somebody_deleted_is_added_again(voice):
    make_draft(question("safe"), question("other"))
    mine = boxes(voice.get(f"{DESK}/park/items/safe").text) | {"words": "Still wanted"}
    voice.fill_in(f"{DESK}/park/items/safe/delete")
    told = voice.post(f"{DESK}/park/items/safe", data=mine)
    assert told.status_code == 409
    assert voice.post(f"{DESK}/park/parts/main/items/new", data=boxes(told.text)).status_code == 303
    assert kept("park")["sections"][0]["items"][-1]["words"]["en"] == "Still wanted"


def test_a_part_lets_each_person_see_some_of_its_questions(voice):
    make_draft(question("a"), question("b"), question("c"))
    change(voice, f"{DESK}/park/parts/main", show="2", module="more")
    assert kept("park")["rotations"] == [{"code": "main", "show": 2, "rows": ["a", "b", "c"]}]
    assert {item["module"] for item in kept("park")["sections"][0]["items"]} == {"more"}
    voice.fill_in(f"{DESK}/park/items/b/delete")
    assert kept("park")["rotations"] == [{"code": "main", "show": 2, "rows": ["a", "c"]}]


def test_throwing_away_asks_first_and_is_written_down(voice):
    make_draft(question("a"))
    assert "Throw away" in voice.get(f"{DESK}/park/delete").text
    assert voice.fill_in(f"{DESK}/park/delete").location == f"{DESK}/"
    assert drafts() == []
    assert db.session.query(AuditRow).filter_by(did="threw away a draft", about="draft park").count() == 1
    assert voice.get(f"{DESK}/park").status_code == 404


def test_others_look_and_change_nothing(visitor):
    make_draft(question("a"))
    sign_in(visitor, make_person(Role.SCRUTINEER))
    page = visitor.get(f"{DESK}/park")
    assert page.status_code == 200
    assert "Delete" not in page.text
    assert visitor.get(f"{DESK}/park/items/a").status_code == 403


def test_languages_that_are_not_there_and_books_are_refused(database):
    by = make_person(Role.VOICE)
    document = to_document(shipped("forum"))
    with pytest.raises(actions.NotValid, match="no language xx"):
        add_draft(document | {"languages": ["en", "xx"]}, by=by)
    many = [question(f"q{n}", options=[option(f"o{m}") for m in range(100)]) for n in range(100)]
    document["sections"][0]["items"] = many
    with pytest.raises(actions.NotValid, match="longer than anybody answers"):
        add_draft(document, by=by)
