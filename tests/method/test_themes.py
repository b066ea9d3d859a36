from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from engage.analysis.method.records import Theme
from engage.analysis.method.themes import ThemeFinder, match, same_words, says_nothing

# Invented answers, in several voices; nobody said these.
BUSES = [
    "the bus never comes on time", "Bus is always late", "143 bus stops early, had to walk home", "buses r too dear",
    "why are buses so late", "late bus again made me miss school", "bus drivers dont stop for us", "more night buses",
]  # fmt: skip
CLUBS = [
    "we need a youth club", "Youth club closed down, nothing to do", "open the youth club again pls", "more clubs",
    "a youth club with pool tables", "somewhere like a youth club to go after school", "youth clubs for older ones",
    "clubs that are free",
]  # fmt: skip
LIGHTS = [
    "street lights are broken in the park", "park is too dark", "fix the lights by the park", "dark street, no lights",
    "put lights on the path through the park", "lights go off at 11, its dark", "more street lights", "broken lights",
]  # fmt: skip
NOTHING = ["nothing", "N/A", "idk", "Did not answer", "no comment", "Nothing at all.", "can't think of anything", ""]
ALL = [*BUSES, *CLUBS, *LIGHTS, *NOTHING]


def theme_exemplars(theme: Theme) -> list[tuple[int, str]]:
    return list(zip(theme.places, theme.exemplars, strict=True))


@pytest.fixture(scope="module")
def found() -> ThemeFinder:
    return ThemeFinder(n_themes=3).fit(ALL)


def test_answers_about_the_same_thing_share_a_theme(found):
    parts = [found.labels_[:8], found.labels_[8:16], found.labels_[16:24]]
    most = [np.bincount(part).argmax() for part in parts]
    assert len(set(most)) == 3
    assert all((part == one).sum() >= 6 for part, one in zip(parts, most, strict=True))


def test_stock_answers_and_only_those_have_no_theme(found):
    assert (found.labels_ == -1).tolist() == [False] * 24 + [True] * 8


def test_a_theme_is_told_by_words_phrases_and_whole_answers(found):
    words = {word for theme in found.themes_ for word in theme.words}
    assert {"bus", "youth", "lights"} <= words
    assert "youth club" in {phrase for theme in found.themes_ for phrase in theme.phrases}
    assert all(ALL[place] == text for theme in found.themes_ for place, text in theme_exemplars(theme))
    assert [theme.size for theme in found.themes_] == sorted((theme.size for theme in found.themes_), reverse=True)
    assert sum(theme.size for theme in found.themes_) == 24


def test_the_same_answers_give_the_same_themes(found):
    again = ThemeFinder(n_themes=3).fit(ALL)
    assert again.themes_ == found.themes_
    assert again.labels_.tolist() == found.labels_.tolist()


def test_the_same_words_always_share_a_theme():
    copies = [text.upper() + "!!" for text in ALL]
    labels = ThemeFinder(n_themes=3).fit([*ALL, *copies]).labels_
    assert labels[: len(ALL)].tolist() == labels[len(ALL) :].tolist()


def test_new_answers_go_to_the_theme_they_are_like(found):
    bus, park = found.labels_[1], found.labels_[18]
    assert found.transform(["is the bus late", "broken street lights", "dunno"]).tolist() == [bus, park, -1]


@pytest.mark.parametrize(
    ("texts", "themes"),
    [
        (["late bus"], 1),
        (["late bus"] * 30, 1),
        (NOTHING, 0),
        (["😀", "😡😡", "😀"], 1),
        (["?!", "..."], 0),
        (["x" * 100_000, "the park"], 1),
        (["late bus", "الحافلة متأخرة", "autobuzul întârzie", "বাস দেরি করে"], 1),
    ],
)
def test_few_or_odd_answers_still_give_a_sensible_result(texts, themes):
    found = ThemeFinder().fit(texts)
    assert len(found.themes_) == themes
    assert len(found.labels_) == len(texts)


def test_no_answer_at_all_says_what_is_needed():
    with pytest.raises(ValueError, match="at least one"):
        ThemeFinder().fit([])


def test_more_themes_than_answers_says_what_is_needed():
    with pytest.raises(ValueError, match="at least 5 different answers that say something, and there are 2"):
        ThemeFinder(n_themes=5).fit(["late bus", "Late bus!", "dark park", "none"])


@pytest.mark.parametrize("asked", [0, -1, "many", 2.5])
def test_a_number_of_themes_that_makes_no_sense_is_refused(asked):
    with pytest.raises(ValueError, match="whole number"):
        ThemeFinder(n_themes=asked).fit(ALL)


@pytest.mark.parametrize(
    "text",
    [*NOTHING, "nope", "Not sure", "no idea sorry", "لا شيء", "none none", "lol", "idk lol", "hahaha", "nie wiem"],
)
def test_ways_to_say_nothing(text):
    assert says_nothing(text)


@pytest.mark.parametrize(
    "text",
    [
        "nothing ever changes",
        "no one listens",
        "i dont know who to tell",
        "😀",
        "no buses",
        "help lol",
        "my teacher lol jk",
    ],
)
def test_ways_to_say_something(text):
    assert not says_nothing(text)


def test_a_word_keeps_the_vowels_that_stand_above_and_below_its_letters():
    assert same_words("સ્કૂલમાં સલામત નથી!") == "સ્કૂલમાં સલામત નથી"
    assert same_words("دائمًا متعب") == "دائمًا متعب"
    assert says_nothing("કંઈ નહીં")


def test_letters_of_one_form_are_the_same_words():
    assert same_words("Ｂｕｓ   LATE!!") == same_words("bus late") == "bus late"


def test_themes_keep_their_number_from_wave_to_wave(found):
    after = ThemeFinder(n_themes=3, random_state=1).fit(
        [*LIGHTS, *LIGHTS, *CLUBS, "vapes everywhere", "vapes in school"]
    )
    before = [replace(theme, id=theme.id + 10) for theme in found.themes_]
    kept = {theme.words[0]: theme.id for theme in match(before, after.themes_)}
    lights = next(theme.id for theme in before if "lights" in theme.words)
    assert lights in kept.values()
    assert len(set(kept.values())) == 3


def test_with_no_wave_before_themes_are_numbered_from_nought(found):
    assert [theme.id for theme in match([], found.themes_)] == [0, 1, 2]
    assert match(found.themes_, []) == []


@pytest.mark.parametrize("now", list(product("bpc", repeat=3)))
def test_of_equals_the_first_one_keeps_its_number(now):
    for before in product("bpc", repeat=4):
        renumbered = match([marked(*one) for one in enumerate(before)], [marked(*one) for one in enumerate(now)])
        for word in "bpc":
            kept = sorted(
                theme.id for theme, said in zip(renumbered, now, strict=True) if said == word and theme.id < 4
            )
            assert kept == [place for place, said in enumerate(before) if said == word][: now.count(word)]


def marked(number, word):
    return Theme(number, (word,), (), (), 10, 0.9)
