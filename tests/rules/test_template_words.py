"""Words of templates stand in a file for each language, put in by the English they turn."""

import pytest

from engage.surveys.rules.shipped import CODES, LANGUAGES, TEMPLATES
from engage.surveys.rules.template_words import TranslatedWords, put_words, read_mapping
from engage.surveys.rules.words import BrokenDefinition

TEMPLATE = {
    "code": "small",
    "title": {"en": "Small survey"},
    "scales": {"faces": {"options": [{"code": "good", "words": {"en": "Good"}}]}},
    "sections": [
        {
            "code": "main",
            "title": {"en": "Main"},
            "items": [
                {"code": "place", "words": {"en": "Where?"}, "options": [{"code": "hall", "words": "Hall"}]},
                {"code": "why", "words": {"en": "Why {place|there}?"}, "low": {"en": "Good"}},
            ],
        }
    ],
    "merged": {"options": [{"code": "good", "words": {"en": "Good"}}]},
}
POLISH = """
Small survey: Mała ankieta
why|Good: Dobrze
merged|Good: Dobre
Good: Dobry
Main: Główna
Where?: Gdzie?
Why {place|there}?: Czemu {place|tam}?
"""


def put(polish: str):
    return put_words(TEMPLATE, {"pl": TranslatedWords("words/pl/small.yaml", polish)})


def test_words_come_beside_the_english_and_each_language_is_named_as_unchecked():
    whole = put(POLISH)
    assert whole["title"] == {"en": "Small survey", "pl": "Mała ankieta"}
    assert (whole["languages"], whole["unchecked"]) == (["en", "pl"], ["pl"])
    assert TEMPLATE["title"] == {"en": "Small survey"}, "the template itself stays"


def test_words_for_one_place_go_before_those_for_all_places():
    whole = put(POLISH)
    assert whole["scales"]["faces"]["options"][0]["words"]["pl"] == "Dobry"
    assert whole["sections"][0]["items"][1]["low"]["pl"] == "Dobrze"
    assert whole["merged"]["options"][0]["words"]["pl"] == "Dobre"


def test_a_name_that_is_the_same_everywhere_needs_no_words():
    assert put(POLISH)["sections"][0]["items"][0]["options"] == [{"code": "hall", "words": "Hall"}]


@pytest.mark.parametrize(
    ("old", "new", "refused"),
    [
        ("Main: Główna\n", "", "words/pl/small.yaml: “Main” has no words"),
        ("Main: Główna", "Main: ' '", "words/pl/small.yaml: words are wanted for “Main”"),
        ("Main: Główna", "Main: Główna\nMore: Więcej", "words/pl/small.yaml: the template does not say “More”"),
        ("why|Good", "hall|Good", "words/pl/small.yaml: the template does not say “hall|Good”"),
        ("{place|tam}", "tam", "words/pl/small.yaml: “Why {place|there}?” does not say the same earlier choices"),
        ("Main: Główna", "Main: Główna\nMain: Inna", "words/pl/small.yaml: “Main” stands twice"),
        ("Main: Główna", "No: Nie", "words/pl/small.yaml: words are wanted for “False”"),
        ("Main: Główna", "Main", "words/pl/small.yaml: "),
    ],
)
def test_words_that_do_not_fit_are_refused_with_file_and_text(old, new, refused):
    assert old in POLISH
    with pytest.raises(BrokenDefinition) as problem:
        put(POLISH.replace(old, new))
    assert str(problem.value).startswith(refused)


def test_a_file_that_is_no_mapping_is_refused():
    with pytest.raises(BrokenDefinition, match=r"small\.yaml: it must be a mapping"):
        read_mapping("small.yaml", "- one\n- two")


def test_each_file_of_words_belongs_to_a_template_and_to_a_language_that_is_read():
    found = {(place.parent.name, place.stem) for place in (TEMPLATES / "words").rglob("*.yaml")}
    assert {("pl", "youth"), ("ar", "care_4")} <= found
    assert found <= {(language, code) for language in LANGUAGES for code in CODES}
