"""Drafts as plain data: moves, codes made of words, sentences, mappings, gaps, and walks of invented people."""

import pytest

from engage.surveys.rules.asked_before import alike, said_by, same_item
from engage.surveys.rules.conditions import condition
from engage.surveys.rules.definition import BrokenDefinition, parse, parse_draft, to_document
from engage.surveys.rules.drafting import changed, code_from, fingerprint, move_item, tidy
from engage.surveys.rules.faces import gaps, lost, texts_of, translate
from engage.surveys.rules.publishing import faults
from engage.surveys.rules.routes import add_test, joined, remove_test
from engage.surveys.rules.sentences import sentence
from engage.surveys.rules.shipped import CODES, shipped
from engage.surveys.rules.simulating import simulate
from engage.surveys.rules.versions import changes
from tests.drafts import BANDS, question

SAFE = "“Is it safe there?”"


def document(*items, **changes):
    sections = [{"code": "main", "title": {"en": "Main"}, "items": list(items)}]
    return {
        "code": "park", "title": {"en": "The park"}, "ages": [11, 18], "minutes": 5, "minimum": 8, "languages": ["en"],
        "bands": BANDS, "sections": sections, **changes,
    }  # fmt: skip


@pytest.mark.parametrize("code", CODES)
def test_a_shipped_survey_is_the_same_after_nothing_was_changed(code):
    before = to_document(shipped(code))
    assert changed(before, lambda _: None) == before


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Very safe!", "very_safe"), ("  ", "item"), ("2 or more", "item_2_or_more"), ("هل", "item"),
        ("Don't know", "don_t_know"), ("csrf token", "csrf_token_2"), ("x" * 99, "x" * 56), ("taken", "taken_2"),
    ],
)  # fmt: skip
def test_codes_are_made_of_words_and_are_never_taken(words, code):
    assert code_from(words, taken={"taken"}) == code


@pytest.mark.parametrize("code", ["Safe", "2safe", "safe home", "csrf_token", "x" * 61, "säfe", ""])
def test_a_code_that_cannot_stand_in_a_form_is_refused(code):
    with pytest.raises(BrokenDefinition, match="a code has small letters"):
        tidy(document(question(code)))


@pytest.mark.parametrize("code", ["last", "support"])
def test_no_question_is_called_like_a_card_of_the_page_itself(code):
    with pytest.raises(BrokenDefinition, match=f"{code}: give this question another code"):
        tidy(document(question(code)))
    assert code_from(code.capitalize()) == f"{code}_2"
    begun = parse(document(question(code)))  # the next version of one that was published before
    assert f"{code}: give it another code, for a card of the page itself is called so" in faults(begun)


def test_what_moves_takes_its_rotation_along():
    before = tidy(document(question("a"), question("b"), rotations=[{"code": "main", "show": 2, "rows": ["a", "b"]}]))
    before["sections"].append({"code": "next", "title": {"en": "Next"}, "items": []})
    after = changed(before, lambda new: move_item(new, "b", 1))
    assert after["rotations"] == [{"code": "main", "show": 1, "rows": ["a"]}]
    assert fingerprint(before) != fingerprint(after)
    assert before["rotations"][0]["show"] == 2, "what was there before is not touched"


def test_a_draft_may_look_at_what_is_not_there_and_a_survey_may_not():
    wrong = document(question("why", show_if={"is": ["gone", "x"]}))
    assert parse_draft(wrong).item("why").show_if.items == {"gone"}
    with pytest.raises(BrokenDefinition, match="not asked before it"):
        parse(wrong)


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ({"any_of": ["safe", ["never", "dont_know"]]}, "“Is it safe there?” is any of: Never, I don't know"),
        ({"not": {"answered": "safe"}}, "it is not so that (“Is it safe there?” has an answer)"),
        ({"gte": ["safe", 7]}, "“Is it safe there?” is at least 7"),
        ({"is": ["gone", "x"]}, "“a question that is not here (gone)” is x"),
        (
            {"any": [{"is": ["safe", "never"]}, {"all": [{"answered": "safe"}, {"lt": ["safe", 2]}]}]},
            f"{SAFE} is Never or ({SAFE} has an answer and {SAFE} is less than 2)",
        ),
    ],
)
def test_conditions_read_as_sentences(rule, words):
    assert sentence(condition(rule), parse(document(question("safe")))) == words


def test_tests_are_added_joined_and_removed():
    item = {}
    for value in ("a", "b"):
        add_test(item, "show_if", {"is": ["safe", value]})
    joined(item, "show_if", "any")
    assert item == {"show_if": {"any": [{"is": ["safe", "a"]}, {"is": ["safe", "b"]}]}}
    remove_test(item, "show_if", 0)
    assert item == {"show_if": {"is": ["safe", "b"]}}
    remove_test(item, "show_if", 0)
    assert item == {}


def test_every_text_has_a_place_of_its_own_and_gaps_are_counted():
    youth = to_document(shipped("youth"))
    texts = texts_of(youth)
    assert len({(text.part, text.place) for text in texts}) == len(texts)
    assert sum(gaps(youth, "pl").values()) == 0
    assert sum(gaps(youth, "so").values()) == len(texts)
    first = next(text for text in texts if text.place == "items.safe_home.words")
    translate(youth, first.part, "so", {first.place: "Guriga ma ku nabad tahay?"})
    assert sum(gaps(youth, "so").values()) == len(texts) - 1


def test_a_lost_placeholder_counts_as_a_gap():
    asked = document(
        question("safe"), question("why", words={"en": "Why {safe|so}?", "pl": "Czemu?"}), languages=["en", "pl"]
    )
    (text,) = [text for text in texts_of(asked) if text.place == "items.why.words"]
    assert lost(text, "pl") == ["safe"]
    assert lost(text, "ar") == [], "what is not translated lost nothing"
    translate(asked, "main", "pl", {text.place: "Czemu {safe|tak}?"})
    assert lost(texts_of(asked)[-4], "pl") == []


def test_the_mapping_says_what_was_added_removed_and_renamed():
    before = parse(document(question("safe"), question("old"), question("kind")))
    renamed = question("safe", words={"en": "Is it safe?"})
    renamed["options"] = [*renamed["options"][:2], {"code": "maybe", "words": {"en": "Maybe"}}]
    after = parse(document(renamed, question("new"), question("kind", "open")))
    told = [(change.what, change.name) for change in changes(before, after)]
    assert told == [
        ("removed", "Is it old there?"),
        ("renamed", "Is it safe?"),
        ("removed", "Is it safe?"),
        ("added", "Is it safe?"),
        ("added", "Is it new there?"),
        ("asked differently", "Is it kind there?"),
        *[("removed", "Is it kind there?")] * 3,
    ]
    assert changes(before, before) == []


@pytest.mark.parametrize("code", CODES)
def test_invented_people_meet_all_of_a_shipped_survey_and_their_answers_are_taken(code):
    walk = simulate(shipped(code), people=150, seed=1)
    assert (walk.never, walk.refused) == ((), ())
    assert walk == simulate(shipped(code), people=150, seed=1)
    assert walk.fewest <= walk.middle <= walk.most <= len(shipped(code).by_code)


def test_a_walk_that_ends_early_says_where():
    late = {"code": "late", "title": {"en": "Late"}, "items": [question("more", show_if={"is": ["safe", "never"]})]}
    asked = document(question("safe"))
    asked["sections"].append(late)
    walk = simulate(parse(asked), people=100, seed=1)
    assert list(walk.ended) == ["safe"]
    assert 0 < walk.ended["safe"] < 100
    assert walk.seen["more"] == 100 - walk.ended["safe"]


def test_a_walk_needs_somebody_and_something():
    for asked, people in ((document(question("safe")), 0), (document(), 3)):
        with pytest.raises(ValueError, match="A walk needs"):
            simulate(parse(asked), people=people, seed=1)


def test_the_same_question_is_known_by_its_code_or_nearly_the_same_words():
    youth = shipped("youth")
    assert same_item(youth, "area_happy", "Anything").code == "area_happy"
    words = youth.item("council_involves").words.in_("en")
    assert same_item(youth, "other", f"{words} now").code == "council_involves"
    assert same_item(youth, "other", "Do you eat breakfast before swimming?") is None
    assert not alike(said_by("Is it?"), said_by("Is it?")), "small words alone are about nothing"
