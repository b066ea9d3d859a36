"""Search forgives: endings, accents, one slip; and it ranks a title before a text."""

import pytest

from engage.youwesaid.rules.searching import found, words_of

TEXTS = [
    ("Dark path from the station", "The path behind the station has no lights."),
    ("A bus across the borough at night", "Buses are full or late. Zażółć gęślą jaźń, Łąka."),
    ("School toilets that are locked", "Some have no lock, and you can't drink all day."),
    ("الإنارة في الطريق", "الطَّريقُ خلف المحطة مظلم"),
]


@pytest.mark.parametrize(
    ("asked", "places"),
    [
        ("station", [0]), ("STATION", [0]), ("stations", [0]), ("stat", [0]), ("staiton", [0]), ("statoin", [0]),
        ("sttion", [0]), ("light", [0]), ("lighting", [0]), ("might", []), ("bus", [1]), ("buses", [1]),
        ("toilet", [2]),
        ("cant", [2]), ("can’t", [2]), ("zazolc", [1]), ("laka", [1]), ("طريق", [3]), ("الانارة", [3]),
        ("lock station", [0, 2]), ("night station path", [0]), ("", []), ("?!", []), ("quite elsewhere", []),
    ],
)  # fmt: skip
def test_a_word_is_found_as_people_type_it(asked, places):
    assert found(asked, TEXTS) == places


def test_a_word_of_the_title_comes_first():
    assert found("bus", [("Night", "The bus is late"), ("The bus", "It is late")]) == [1, 0]


def test_short_words_have_no_slips():
    assert found("bud", TEXTS) == []
    assert found("pathh", TEXTS) == [0]


def test_words_are_told_apart_once_and_without_marks():
    assert words_of("The THE the pâté") == ("the", "pate")


def test_a_flood_of_words_is_cut_off():
    assert found("x " * 10_000 + "station", TEXTS) == [0]
    assert found(" ".join(f"w{n}" for n in range(50)) + " station", TEXTS) == []
