import random

import pytest
from nltk.metrics.agreement import AnnotationTask
from nltk.metrics.distance import masi_distance

from engage.analysis.method.agreement import alpha, apart
from engage.analysis.method.records import Agreement

CODES = ("buses", "parks", "safety", "cost")


def two_readers(answers: int, *, slips: float, seed: int = 0) -> list[tuple[str, int, set[str]]]:
    chance = random.Random(seed)
    found = []
    for answer in range(answers):
        first = set(chance.sample(CODES, chance.choice((1, 1, 2))))
        second = set(chance.sample(CODES, chance.choice((1, 1, 2)))) if chance.random() < slips else first
        found += [("Ada", answer, first), ("Ben", answer, second)]
    return found


@pytest.mark.parametrize("slips", [0.0, 0.2, 1.0])
def test_alpha_is_what_the_reference_gives(slips):
    codings = two_readers(60, slips=slips)
    task = AnnotationTask([(who, at, frozenset(codes)) for who, at, codes in codings], distance=masi_distance)
    assert alpha(codings).alpha == pytest.approx(task.alpha())


def test_three_readers_and_answers_read_once_are_counted_as_the_reference_does():
    codings = [*two_readers(30, slips=0.3), *(("Cem", at, {"parks"}) for at in range(10)), ("Ada", 99, {"cost"})]
    task = AnnotationTask([(who, at, frozenset(codes)) for who, at, codes in codings], distance=masi_distance)
    found = alpha(codings)
    assert found.alpha == pytest.approx(task.alpha())
    assert (found.answers, found.coders) == (30, 3)


def test_full_agreement_is_one_and_chance_is_about_nought():
    assert alpha(two_readers(50, slips=0)).alpha == 1
    assert abs(alpha(two_readers(3000, slips=1)).alpha) < 0.05


def test_the_interval_holds_the_figure_and_shrinks_with_more_answers():
    few, many = (alpha(two_readers(size, slips=0.3)) for size in (20, 400))
    assert few.interval.low < few.alpha < few.interval.high
    assert many.interval.high - many.interval.low < few.interval.high - few.interval.low


def test_the_same_codes_everywhere_cannot_be_told_from_habit():
    found = alpha([("Ada", at, {"buses"}) for at in range(20)] + [("Ben", at, {"buses"}) for at in range(20)])
    assert (found.alpha, found.interval, found.same) == (None, None, 20)
    assert found.words.startswith("cannot be told")


def test_no_code_at_all_is_a_coding_too():
    assert apart(frozenset(), frozenset()) == 0
    assert alpha([("Ada", 1, ()), ("Ben", 1, ()), ("Ada", 2, {"buses"}), ("Ben", 2, {"buses"})]).alpha == 1


@pytest.mark.parametrize("codings", [[], [("Ada", 1, {"buses"})], [("Ada", 1, {"a"}), ("Ada", 1, {"b"})]])
def test_without_an_answer_read_twice_it_says_what_is_needed(codings):
    with pytest.raises(ValueError, match="two people"):
        alpha(codings)


@pytest.mark.parametrize(("value", "words"), [(0.85, "reliable"), (0.7, "tentative"), (0.4, "not reliable yet")])
def test_the_figure_is_put_in_words(value, words):
    assert Agreement(value, None, 30, 2, 20).words == words


def test_the_record_comes_back_from_json():
    found = alpha(two_readers(30, slips=0.3))
    assert Agreement.from_json(found.to_json()) == found
