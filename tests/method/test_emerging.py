import random

import numpy as np
import pytest

from engage.analysis.method.emerging import emerging
from engage.analysis.method.emerging.drift import Drift, chance_of, drift_of
from engage.analysis.method.records import Emerging

# Invented, in many voices.
USUAL = [
    "the bus is late again",
    "buses dont come after 7",
    "more clubs please",
    "i want a youth club near me",
    "park is ok but dark",
    "need lights in the park",
    "lunch costs too much",
    "school lunch queue is long",
    "litter everywhere",
    "bins r always full",
    "homework is stressing me out",
    "too many tests in one week",
    "my street is quiet i like it",
    "library closes too early",
]
VAPES = [
    "someone sells vapes by the school gate",
    "vapes everywhere in the toilets",
    "year 7s with vapes its not ok",
    "ppl vaping on the bus",
    "older kids make you buy a vape",
    "so many vapes at break",
]


def wave(size: int, seed: int, *, vapes: int = 0) -> list[str]:
    chance = random.Random(seed)
    said = [chance.choice(USUAL) for _ in range(size)]
    return said + [chance.choice(VAPES) for _ in range(vapes)]


EARLIER = [wave(200, seed) for seed in range(4)]


def test_a_new_concern_is_a_rise_with_answers_that_say_it():
    found = emerging(EARLIER, wave(200, 9, vapes=14))
    first = found.rises[0]
    assert (first.tier, first.before, first.ratio, first.interval.high) == ("rise", 0.0, None, None)
    assert "vap" in first.what
    assert all("vap" in answer for answer in first.exemplars)
    assert first.q <= 0.05
    assert first.interval.low > 1.5


def test_what_says_the_same_is_given_once():
    rises = [rise for rise in emerging(EARLIER, wave(200, 9, vapes=14)).rises if rise.tier == "rise"]
    assert len([rise for rise in rises if any("vap" in answer for answer in rise.exemplars)]) == 1


def test_nothing_new_is_nothing_and_says_what_could_have_been_seen():
    found = emerging(EARLIER, wave(200, 9))
    assert [rise for rise in found.rises if rise.tier == "rise"] == []
    new, rare, frequent = found.could_have_seen
    assert 0.02 < new.now < rare.now < frequent.now < 0.3
    assert found.tests > 20


def test_four_answers_are_too_few_for_any_tier():
    found = emerging(EARLIER, [*wave(200, 9), "geese bite people"] + ["geese bite"] * 3)
    assert not [rise for rise in found.rises if "geese" in rise.what]


def test_places_are_those_of_this_wave():
    now = wave(200, 9, vapes=14)
    for rise in emerging(EARLIER, now).rises:
        assert tuple(now[place] for place in rise.places) == rise.exemplars


def test_codes_of_the_team_rise_though_words_differ():
    codes = [[{"travel"} if at % 4 else set() for at in range(len(one))] for one in (*EARLIER, wave(200, 9))]
    codes[-1][:16] = [{"travel", "county lines"}] * 16
    found = emerging(EARLIER, wave(200, 9), codes=codes)
    assert ("county lines", "code", "rise") in {(rise.what, rise.kind, rise.tier) for rise in found.rises}


def test_the_same_answers_give_the_same_rises():
    now = wave(200, 9, vapes=14)
    assert emerging(EARLIER, now) == emerging(EARLIER, now)


def test_the_record_comes_back_from_json():
    found = emerging(EARLIER, wave(200, 9, vapes=14))
    assert Emerging.from_json(found.to_json()) == found


@pytest.mark.parametrize("earlier", [[], [[]], [["n/a", "nothing"], []]])
def test_with_no_earlier_wave_it_says_so(earlier):
    found = emerging(earlier, wave(50, 1))
    assert (found.rises, found.tests) == ((), 0)
    assert "no earlier wave" in found.note


def test_a_wave_in_which_nobody_says_anything_says_so():
    assert "Nobody says anything" in emerging(EARLIER, ["n/a", "none", "?"]).note


@pytest.mark.parametrize(
    "now",
    [
        ["late bus"],
        ["late bus"] * 60,
        ["x" * 100_000, "y " * 50_000],
        ["😀", "😡😡", "😀"] * 10,
        ["الحافلة متأخرة", "autobuzul întârzie", "বাস দেরি করে", "the bus is late"] * 10,
    ],
)
@pytest.mark.parametrize("earlier", [EARLIER, EARLIER[:1], [["😀"], ["late bus"]]])
def test_few_or_odd_answers_still_give_a_sensible_result(earlier, now):
    found = emerging(earlier, now)
    assert found.answers == len(now)
    assert all(0 <= seen.now <= 1 for seen in found.could_have_seen)


def test_what_cannot_be_asked_is_refused_with_what_is_needed():
    with pytest.raises(ValueError, match="at least one"):
        emerging(EARLIER, [])
    with pytest.raises(ValueError, match="between 0 and 1"):
        emerging(EARLIER, ["late bus"], fdr=5)
    with pytest.raises(ValueError, match="every wave"):
        emerging(EARLIER, ["late bus"], codes=[[set()]])


def test_wandering_is_measured_and_makes_a_rise_less_sure():
    chance = np.random.default_rng(0)
    sizes = np.full(4, 500.0)
    shares = chance.uniform(0.01, 0.1, 400)
    still = chance.binomial(500, shares[:, None], (400, 4)).astype(float)
    wander = chance.binomial(500, shares[:, None] * chance.gamma(16, 1 / 16, (400, 4))).astype(float)
    at = np.array([0.05])
    assert drift_of(still, sizes).at(at)[0] < 0.001 < drift_of(wander, sizes).at(at)[0]
    counts, five = np.array([[10.0, 10, 10, 10, 25]]), np.full(5, 500.0)
    assert chance_of(counts, five, Drift(0.0, 0.0))[0] < chance_of(counts, five, Drift(0.003, 0.0))[0]


def test_a_chance_is_right_where_it_can_be_counted():
    counts, sizes = np.array([[100_000.0, 5.0]]), np.array([1_000_000.0, 10.0])
    assert chance_of(counts, sizes, Drift(0.0, 0.0))[0] == pytest.approx(0.000891, rel=0.01)
