"""English that stands in for a missing translation keeps its own direction in a page that reads from the right."""

from copy import deepcopy

import pytest

from engage.surveys.rules.definition import parse
from engage.surveys.rules.standing_in import FROM_THE_LEFT, ITS_END, set_apart
from engage.surveys.rules.touching import touched
from tests.kinds import document


@pytest.fixture
def half_translated():
    asked = deepcopy(document())
    item = asked["sections"][1]["items"][0]
    del item["words"]["ar"], item["options"][1]["words"]["ar"]
    return parse(asked)


def test_only_what_has_no_words_yet_is_set_apart(half_translated):
    item = set_apart(half_translated, "ar").item("way")
    assert item.words.in_("ar") == f"{FROM_THE_LEFT}How do you go to school?{ITS_END}"
    assert [option.words.in_("ar") for option in item.options[:2]] == ["Walk بالعربية", f"{FROM_THE_LEFT}Bus{ITS_END}"]
    assert item.words.in_("en") == "How do you go to school?"


def test_what_is_translated_and_all_its_rules_stay_as_they_are(half_translated):
    whole = parse(deepcopy(document()))
    assert set_apart(whole, "ar") == whole
    apart = set_apart(half_translated, "ar")
    assert [item.show_if for item in apart.items] == [item.show_if for item in half_translated.items]


def test_a_change_touches_what_is_new_different_or_gone():
    before, after = deepcopy(document()), deepcopy(document())
    assert touched(before, after) == []
    after["sections"][0]["items"].reverse()
    assert touched(before, after) == ["age", "about"]  # the one in the middle stays where it was
    after = deepcopy(document())
    after["sections"][2]["title"] = {"en": "Another"}
    after["sections"][1]["items"][0]["why"] = {"en": "Because"}
    del after["sections"][0]["items"][2]
    assert touched(before, after) == ["later", "way", "age"]
