"""Each kind of question: what it needs, what it takes, and what it says when something does not fit."""

import copy
import json

import pytest

from engage.surveys.rules.answers import Answer, read_answers
from engage.surveys.rules.card_kinds import card_kind
from engage.surveys.rules.definition import BrokenDefinition, Kind, parse, to_document
from engage.surveys.rules.kinds import KINDS
from engage.surveys.rules.piping import spoken
from engage.surveys.rules.publishing import faults
from engage.surveys.rules.reach import unreachable
from engage.surveys.rules.routing import options_shown, path
from engage.surveys.rules.said import said_in
from tests.kinds import SECTIONS, document, every_kind

DEFINITION = every_kind()


def read(**raw):
    fields = {name.replace("__", ":"): value for name, value in raw.items()}
    return read_answers(DEFINITION, {"consent": ["yes"], **fields}, seed=1)


def problem(**raw):
    (found,) = read(**raw).problems
    return found.words % found.values


def changed(code, **changes):
    broken = copy.deepcopy(document())
    (item,) = [item for section in broken["sections"] for item in section["items"] if item["code"] == code]
    item.update(changes)
    return broken


def test_the_table_names_every_kind_there_is():
    assert set(KINDS) == set(Kind)
    asked = {item["kind"] for items in SECTIONS.values() for item in items}
    assert asked | {"number", "yes_no", "area"} == {kind.value for kind in Kind}


def test_a_survey_of_every_kind_may_be_published_and_stored():
    assert faults(DEFINITION) == []
    assert unreachable(DEFINITION) == []
    assert parse(json.loads(json.dumps(to_document(DEFINITION)))) == DEFINITION


def test_a_list_takes_one_answer_and_what_other_is():
    assert read(way=["bus"], way__other=["left over"]).answer("way") == Answer("way", ("bus",))
    assert read(way=["other"], way__other=["scooter"]).answer("way") == Answer("way", ("other",), "scooter")
    assert read(way=["other"]).answer("way") == Answer("way", ("other",))
    assert problem(way=["plane"]) == "Choose one of the answers shown here"


def test_other_is_chosen_by_writing_and_beside_other_answers():
    assert read(who__other=["My uncle"]).answer("who") == Answer("who", ("other",), "My uncle")
    assert read(who=["dont_know"], who__other=["x"]).answer("who").missing == "dont_know"
    assert read(what=["pool", "other"], what__other=["a slide"]).answer("what") == Answer(
        "what", ("pool", "other"), "a slide"
    )
    assert problem(who=["other"], who__other=["x" * 201]) == "Write up to 200 characters. You wrote 201"


def test_an_order_is_kept_place_by_place():
    assert read(order=["2.parks", "1.clubs", "3.shops"]).answer("order").options == ("1.clubs", "2.parks", "3.shops")
    assert read(order=["2.parks", "3.clubs"]).answer("order").options == ("1.parks", "2.clubs"), "gaps close up"
    assert read(order=["", ""]).answer("order").missing == "skipped"
    assert read(order=["rather_not_say"]).answer("order").missing == "rather_not_say"
    same = "Two answers have the same place. Give each a place of its own"
    assert problem(order=["1.parks", "1.clubs"]) == same
    assert problem(order=["1.parks", "2.parks"]) == same
    assert problem(order=["parks"]) == "Choose from the answers shown here"
    assert problem(first_two=["3.sun"]) == "Choose from the answers shown here"


@pytest.mark.parametrize("typed", ["41", "-1", "3.5", "many", "1 000", "99999", "٤١"])
def test_a_number_outside_its_limits_is_told_in_plain_words(typed):
    assert problem(buses=[typed]) == "Write a whole number from 0 to 40"


@pytest.mark.parametrize(("typed", "kept"), [("0", "0"), ("40", "40"), ("007", "7"), ("٧", "7")])
def test_a_number_within_its_limits_is_kept(typed, kept):
    assert read(buses=[typed]).answer("buses").options == (kept,)


def test_a_few_words_are_text_and_no_more_than_two_hundred_characters():
    assert read(one_word=["Green"]).answer("one_word") == Answer("one_word", text="Green")
    assert problem(one_word=["x" * 201]) == "Write up to 200 characters. You wrote 201"


def test_not_sure_is_the_missing_code_and_so_never_an_answer():
    assert read(sure=["dont_know"]).answer("sure").missing == "dont_know"
    assert DEFINITION.item("sure").not_sure
    assert not DEFINITION.item("who").not_sure


@pytest.mark.parametrize("code", ["way", "order"])
def test_a_list_has_no_tile_for_not_sure_and_its_form_offers_none(code):
    item = parse(changed(code, unsure=True)).item(code)  # as one that was stored before
    assert not item.not_sure
    assert not card_kind(item.kind).wants("unsure")
    assert card_kind(Kind.SINGLE).wants("unsure")


def test_conditions_look_at_places_and_at_typed_numbers():
    asked = path(DEFINITION, {"consent": ["yes"], "order": ["1.parks", "2.shops"], "buses": ["12"]}, 1)
    assert {"first", "often"} <= set(asked)
    asked = path(DEFINITION, {"consent": ["yes"], "order": ["2.parks", "1.shops"], "buses": ["9"]}, 1)
    assert not {"first", "often"} & set(asked)


def test_what_is_ranked_is_shuffled_by_the_seed_and_the_same_twice():
    orders = {tuple(options_shown(DEFINITION.item("order"), seed)) for seed in range(40)}
    assert len(orders) == 6


def test_an_earlier_choice_is_said_in_words():
    what = DEFINITION.item("what")
    assert spoken(what, ["pool", "other"], language="en", otherwise="nothing") == "Pool, Other"
    assert "، " in spoken(what, ["pool", "other"], language="fa", otherwise="nothing")
    for given in ([], ["none"], ["dont_know"], ["<b>"]):
        assert spoken(what, given, language="en", otherwise="nothing") == "nothing"
    assert DEFINITION.item("why").words.in_("en") == "Why this place?", "staff read what stands there until then"


def test_what_was_sent_is_said_back_in_words():
    given = {"order": ("1.clubs", "2.parks"), "who": ("other", "My uncle"), "buses": ("7",), "place": ("tree",)}
    lines = {one.question: one.answers for one in said_in(DEFINITION, given, language="en")}
    assert lines["What matters most?"] == ("1. Clubs", "2. Parks")
    assert lines["Who helped?"] == ("Other", "My uncle")
    assert lines["How many buses a week?"] == ("7",)
    assert lines["Where is it best?"] == ("Tree",)


@pytest.mark.parametrize(
    ("code", "changes", "words"),
    [
        ("way", {"options": []}, "dropdown needs options"),
        ("one_word", {"options": [{"code": "a", "words": {"en": "A"}}]}, "short has no options"),
        ("way", {"other": "scooter"}, "no option that can open a box"),
        ("place", {"other": "tree"}, "no option that can open a box"),
        ("place", {"options": [{"code": "a", "words": {"en": "A"}, "picture": "tree"}]}, "in alt what the picture"),
        ("who", {"picture": "unicorn"}, "there is no picture unicorn"),
        ("buses", {"number_bands": {"few": [0, 9], "many": [11, 40]}}, "must hold each number from 0 to 40 once"),
        ("buses", {"least": 50}, "the smallest and the largest number"),
        ("buses", {"most": 10000}, "up to 9999"),
        ("one_word", {"unsure": True}, "can't have shuffle or unsure"),
        ("order", {"options": [{"code": f"o{n}", "words": {"en": "O"}} for n in range(10)]}, "at most 9"),
        ("order", {"headline": ["parks"]}, "an order has no headline"),
        ("why", {"words": {"en": "Why {often|this}?"}}, "says often"),
        ("why", {"words": {"en": "Why {one_word|this}?"}}, "says one_word"),
        ("first", {"show_if": {"any_of": ["order", ["parks"]]}}, "no option of order"),
    ],
)
def test_what_does_not_fit_its_kind_is_told_with_its_place(code, changes, words):
    with pytest.raises(BrokenDefinition, match=words.replace("says ", "say ")) as raised:
        parse(changed(code, **changes))
    assert code in str(raised.value)


def test_a_translation_that_lost_its_placeholder_is_not_published():
    lost = {"en": "Why {place|this place}?", "pl": "Dlaczego?", "ar": "لماذا {place|هنا}؟"}
    found = faults(parse(changed("why", words=lost)))
    assert found == ["why: pl says other earlier choices than English"]
