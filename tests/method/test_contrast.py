import pytest

from engage.analysis.method.contrast import contrast
from engage.analysis.method.phrases import phrases_of
from engage.analysis.method.records import Telling

# Invented, in many voices.
UNSAFE = [
    "the underpass by the station has no lights and men stand there",
    "dont feel safe walking home past the underpass when its dark",
    "underpass. people drinking there every nite",
    "a man followed me from the bus",
    "i got followed home from the shops twice",
    "ppl follow you in the park after school",
    "the stairs in our block smell n theres always someone asleep on them",
    "no lights on our road",
]
FINE = [
    "school is ok i guess, more clubs pls",
    "the bus is always late",
    "i like the skate park",
    "we need a youth club in our area",
    "more football pitches!!",
    "library should open on sundays",
    "nothing to do in the holidays",
    "lunch is too expensive",
    "the park is nice, could do with bins",
    "bus fares are too much for a short trip",
] * 6


def test_the_words_of_the_few_come_first():
    found = contrast(UNSAFE, FINE, fdr=0.2)
    assert {"underpass", "followed"} <= {one.what for one in found}
    assert all(one.interval.low > 0 and one.q <= 0.2 for one in found)
    assert [one.z for one in found] == sorted((one.z for one in found), reverse=True)


def test_each_telling_names_the_answers_it_stands_in():
    found = next(one for one in contrast(UNSAFE, FINE, fdr=0.2) if one.what == "underpass")
    assert (found.those, found.rest, found.places) == (3, 0, (0, 1, 2))


def test_one_person_repeating_a_word_tells_nothing():
    assert not [one for one in contrast(["geese geese geese geese", *UNSAFE], FINE) if "geese" in one.what]


def test_people_who_write_the_same_are_not_set_apart():
    assert contrast(FINE[:20], FINE[20:], fdr=0.2) == []


def test_phrases_keep_denials_and_skip_small_words():
    names = phrases_of(["I do not feel safe", "not feeling safe here", "walk in the dark", "walking in dark"]).names
    assert "not feel" in names or "not feeling" in names
    assert any(name.startswith("walk") and name.endswith("dark") for name in names)


@pytest.mark.parametrize(("those", "rest"), [([], FINE), (UNSAFE, []), (["n/a", "nothing"], FINE), ([], [])])
def test_a_side_that_says_nothing_is_refused_with_what_is_needed(those, rest):
    with pytest.raises(ValueError, match="at least one answer that says something on each side"):
        contrast(those, rest)


@pytest.mark.parametrize(
    "those",
    [
        ["the alley"],
        ["the alley"] * 30,
        ["x" * 100_000, "y " * 50_000],
        ["😀", "😡😡"],
        ["الزقاق مظلم", "aleea e întunecată"],
    ],
)
def test_odd_answers_still_give_a_list(those):
    assert all(isinstance(one, Telling) for one in contrast(those, FINE))


def test_the_record_comes_back_from_json():
    found = contrast(UNSAFE, FINE, fdr=0.2)[0]
    assert Telling.from_json(found.to_json()) == found
