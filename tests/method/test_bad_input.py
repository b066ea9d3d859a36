"""Whatever people wrote, or did not write, each method gives a sensible result or says what it needs."""

import math

import numpy as np
import pytest
from sklearn.base import BaseEstimator, clone
from sklearn.exceptions import NotFittedError, SkipTestWarning
from sklearn.utils.estimator_checks import (
    check_estimator,
    check_get_params_invariance,
    check_no_attributes_set_in_init,
    check_parameters_default_constructible,
    check_set_params,
)

from engage.analysis.method.agreement import alpha
from engage.analysis.method.change import compare, family, ranks
from engage.analysis.method.coding import ThemeCoder
from engage.analysis.method.contrast import contrast
from engage.analysis.method.emerging import emerging
from engage.analysis.method.loop import time_to
from engage.analysis.method.redaction import redact
from engage.analysis.method.screening import Screen
from engage.analysis.method.sentiment import Sentiment
from engage.analysis.method.small_numbers import protect
from engage.analysis.method.themes import ThemeFinder, says_nothing

# Invented.
WAVES = {
    "one answer": ["the bus is late"],
    "all the same": ["the bus is late"] * 40,
    "all stock answers": ["n/a", "nothing", "idk", "none"] * 10,
    "one of 100 kB": ["the bus is late and the park is dark " * 2_800],
    "one word of 100 kB": ["x" * 100_000],
    "emoji only": ["😀", "😡😡", "👍", "💀"] * 6,
    "mixed languages": ["the bus is late", "autobuz târziu", "الحافلة متأخرة", "spóźniony autobus", "巴士来晚了"] * 5,
    "empty strings": ["", " ", "\n"] * 8,
    "broken signs": ["\x00", "\ud800", "\u202eabc", "a\u0301" * 50] * 4,
}
EARLIER = [["the bus is late", "a dark park", "n/a"] * 10, ["late again", "lights please", "idk"] * 10]
SCREEN = Screen.load()


def says_something(wave: list[str]) -> bool:
    """Whether any answer says something."""
    return not all(says_nothing(text) for text in wave)


@pytest.fixture(params=WAVES, ids=str)
def wave(request):
    return WAVES[request.param]


def test_details_are_taken_out_of_any_answer(wave):
    for text in set(wave):
        found = redact(text)
        assert all(0 <= start < end <= len(text) for start, end, _ in found.spans)
        assert bool(found.spans) or found.text == text


def test_any_answer_has_a_place_in_the_reading_order(wave):
    scores = SCREEN.score(wave)
    assert scores.shape == (len(wave),)
    assert ((scores >= 0) & (scores < SCREEN.threshold_)).all()


def test_themes_are_found_or_there_are_none(wave):
    found = ThemeFinder().fit(wave)
    assert found.labels_.shape == (len(wave),)
    assert sum(theme.size for theme in found.themes_) == (found.labels_ >= 0).sum()
    assert found.transform(wave).tolist() == found.labels_.tolist()


def test_more_themes_than_answers_are_refused_or_nothing_is_said(wave):
    different = {text for text, label in zip(wave, ThemeFinder().fit(wave).labels_, strict=True) if label >= 0}
    finder = ThemeFinder(n_themes=len(wave) + 1)
    if not different:
        assert finder.fit(wave).themes_ == []
    else:
        with pytest.raises(ValueError, match="different answers that say something"):
            finder.fit(wave)


def test_codes_are_learnt_from_good_answers_and_given_to_any(wave):
    coder = ThemeCoder().fit(["late bus", "no bus"] * 5 + ["dark park", "park"] * 5, [[1, 0]] * 10 + [[0, 1]] * 10)
    assert coder.predict(wave).shape == (len(wave), 2)
    assert np.isfinite(coder.predict_proba(wave)).all()
    assert len(coder.to_read_next(wave, 3)) == min(3, len(wave))


def test_codes_are_learnt_from_any_answers_or_refused_with_what_is_needed(wave):
    codes = [[place % 2 == 0] for place in range(len(wave))]
    if len(wave) < 10 or not any(text.strip() for text in wave):
        with pytest.raises(ValueError, match=r"at least 10|none"):
            ThemeCoder().fit(wave, codes)
    else:
        assert ThemeCoder().fit(wave, codes).predict(wave).shape == (len(wave), 1)


def test_moods_are_chances_or_say_that_they_could_not_read(wave):
    chances = Sentiment().score(wave)
    assert chances.shape == (len(wave), 4)
    sums = chances.sum(axis=1)
    assert all(math.isnan(total) or abs(total - 1) < 1e-9 for total in sums)


def test_what_is_new_is_told_or_why_it_is_not(wave):
    found = emerging(EARLIER, wave)
    assert found.answers == sum(not says_nothing(text) for text in wave)
    assert found.rises or found.could_have_seen or found.note
    assert all(rise.now > rise.before for rise in found.rises)


def test_the_first_wave_has_nothing_new_and_says_that_nothing_stood_before_it(wave):
    found = emerging([], wave)
    assert (found.rises, found.tests) == ((), 0)
    assert found.note


def test_what_the_few_write_is_a_list_or_refused_with_what_is_needed(wave):
    rest = ["the bus is fine", "a nice park"] * 20
    if says_something(wave):
        assert isinstance(contrast(wave, rest), list)
    else:
        with pytest.raises(ValueError, match="answer"):
            contrast(wave, rest)


@pytest.mark.parametrize("estimator", [ThemeFinder(), ThemeCoder(), Sentiment()], ids=lambda one: type(one).__name__)
def test_what_learns_keeps_the_conventions_that_need_no_numbers(estimator: BaseEstimator):
    """The other checks of scikit-learn feed tables of numbers; these read texts."""
    name = type(estimator).__name__
    for check in (
        check_get_params_invariance,
        check_no_attributes_set_in_init,
        check_parameters_default_constructible,
        check_set_params,
    ):
        check(name, estimator)
    assert clone(estimator).get_params() == estimator.get_params()


LEARNERS = (ThemeFinder, ThemeCoder, Sentiment)
TEN = ["late bus"] * 5 + ["dark park"] * 5


@pytest.mark.parametrize("learner", LEARNERS)
def test_a_learner_of_texts_says_so_and_passes_what_scikit_learn_can_check(learner):
    with pytest.warns(SkipTestWarning, match="string=True"):  # its own checks make tables of numbers
        check_estimator(learner())


@pytest.mark.parametrize(
    "read",
    [SCREEN.score, ThemeFinder().fit, lambda texts: ThemeCoder().fit(texts, [[1]] * 10), Sentiment().score],
    ids=["screen", "themes", "codes", "moods"],
)
@pytest.mark.parametrize(
    ("texts", "words"),
    [("ten letters", "one text"), ([*TEN[:9], None], "number 9 is NoneType"), ([3, *TEN[:9]], "number 0 is int")],
    ids=["one text", "none", "a number"],
)
def test_what_is_no_list_of_texts_is_refused_in_words(read, texts, words):
    with pytest.raises(TypeError, match=words):
        read(texts)


def test_nothing_is_asked_of_a_learner_that_has_not_learnt():
    with pytest.raises(NotFittedError, match="call fit"):
        ThemeFinder().transform(["late bus"])
    with pytest.raises(NotFittedError, match="call fit"):
        ThemeCoder().predict(["late bus"])


@pytest.mark.parametrize("wrong", [2, -1, 0.5, math.nan, "1", None])
def test_codes_are_given_or_not(wrong):
    with pytest.raises(ValueError, match="nothing but 0 and 1"):
        ThemeCoder().fit(TEN, [[1]] * 9 + [[wrong]])


def test_one_answer_is_contrasted_without_a_complaint():
    assert contrast(["dark path"], ["dark path"], fewest=1) == []


@pytest.mark.parametrize(
    ("ask", "error", "words"),
    [
        (lambda: compare((10, 100), (30, 100)), TypeError, "give Proportions"),
        (lambda: family([]), TypeError, "give a mapping"),
        (lambda: ranks(["litter"]), TypeError, "give a mapping"),
        (lambda: alpha([("Ada", 1)]), ValueError, "a coder, an answer and the set of codes"),
        (lambda: alpha([]), ValueError, "two people"),
        (lambda: ThemeCoder().fit(TEN, [[1, 0]] * 9 + [[1]]), ValueError, "as many codes"),
        (lambda: ThemeCoder().fit(TEN, [[0, 0]] * 10), ValueError, "at least one answer with a code"),
        (lambda: SCREEN.explain(None), TypeError, "must be a text"),
        (lambda: protect({"a": 3.5}), ValueError, "whole number"),
        (lambda: time_to([(math.nan, True), (3.0, True)]), ValueError, "days are numbers"),
    ],
    ids=["compare", "family", "ranks", "alpha", "no coding", "codes", "no code", "explain", "protect", "time_to"],
)
def test_figures_of_the_wrong_kind_are_refused_in_words(ask, error, words):
    with pytest.raises(error, match=words):
        ask()
