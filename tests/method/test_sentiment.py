import numpy as np
import pytest
from scipy.sparse import csr_array

from engage.analysis.method.records import Mood
from engage.analysis.method.sentiment import MOODS, Sentiment
from engage.analysis.method.sentiment.leaning import Leaning

# Invented, in many voices.
GOOD = [
    "i love our new park its sick",
    "the youth club is amazing",
    "staff were so kind",
    "great lunch today",
    "best library",
]
BAD = [
    "the bus is horrible",
    "i hate the dark alley",
    "rude driver shouted at me",
    "toilets r disgusting",
    "scared to walk home",
]
MIXED = ["the club is great but getting home is scary", "nice park, horrible toilets", "kind teachers but awful food"]
PLAIN = ["it is on tuesday", "near the station", "year 9", "by bus", "the 143"]
TEXTS = [*GOOD, *BAD, *MIXED, *PLAIN] * 2
LABELS = ["positive"] * 5 + ["negative"] * 5 + ["mixed"] * 3 + ["neutral"] * 5


def test_before_any_labels_the_word_list_tells_four_moods():
    moods = Sentiment()
    assert moods.classes_ == MOODS
    assert moods.predict(GOOD[:3]) == ["positive"] * 3
    assert moods.predict(BAD[:4]) == ["negative"] * 4
    assert moods.predict(MIXED[:2]) == ["mixed"] * 2
    assert moods.predict(PLAIN) == ["neutral"] * 5


def test_chances_of_an_answer_sum_to_one():
    assert Sentiment().score(TEXTS).sum(axis=1) == pytest.approx(1)


def test_a_distribution_counts_what_could_not_be_read():
    found = Sentiment().mood([*GOOD, *BAD, *MIXED, "n/a", "", "الحافلة متأخرة"])
    assert (found.answers, found.unread, found.source) == (13, 3, "lexicon")
    assert found.positive + found.mixed + found.neutral + found.negative == pytest.approx(1)
    assert min(found.positive, found.negative) > found.mixed > 0.1


def test_labels_of_the_team_take_over():
    moods = Sentiment().fit(TEXTS, LABELS * 2)
    assert moods.source_ == "labels"
    assert np.mean([one == truth for one, truth in zip(moods.predict(TEXTS), LABELS * 2, strict=True)]) > 0.9
    assert moods.mood(TEXTS).source == "labels"


def test_points_can_be_learnt_and_are_given_back_as_they_were():
    points = [{"positive": 1, "mixed": 3, "neutral": 3, "negative": 5}[label] for label in LABELS * 2]
    moods = Sentiment().fit(TEXTS, points)
    assert moods.classes_ == (1, 3, 5)
    assert set(moods.predict(TEXTS)) <= {1, 3, 5}
    with pytest.raises(ValueError, match="needs the labels"):
        moods.mood(TEXTS)


def test_the_same_labels_give_the_same_chances():
    one, other = (Sentiment().fit(TEXTS, LABELS * 2).score(TEXTS) for _ in range(2))
    assert np.array_equal(one, other)


def test_context_learnt_with_must_be_given_later():
    moods = Sentiment().fit(TEXTS, LABELS * 2, ["What was good?"] * len(TEXTS))
    assert moods.score(["great"], ["What was good?"]).shape == (1, 4)
    with pytest.raises(ValueError, match="learnt with context"):
        moods.score(["great"])


@pytest.mark.parametrize(
    ("texts", "labels", "needed"),
    [
        ([], [], "at least 20"),
        (TEXTS, LABELS, "Every answer needs a label"),
        (TEXTS, ["positive"] * len(TEXTS), "two different labels"),
        (TEXTS, ["mixed"] + ["positive"] * (len(TEXTS) - 1), "mixed has 1"),
    ],
)
def test_what_cannot_be_learnt_from_is_refused_with_what_is_needed(texts, labels, needed):
    with pytest.raises(ValueError, match=needed):
        Sentiment().fit(texts, labels)


@pytest.mark.parametrize("texts", [[], ["n/a"], ["الحافلة متأخرة"]])
def test_a_distribution_of_nothing_is_refused_with_what_is_needed(texts):
    with pytest.raises(ValueError, match="at least one"):
        Sentiment().mood(texts)


def test_emoji_are_read():
    assert Sentiment().predict(["😀😀", "😡", "😀 ... 😡😡"])[:2] == ["positive", "negative"]


@pytest.mark.parametrize("text", ["x" * 100_000, "good " * 30_000, "bus întârzie great", "?!", "same"])
def test_odd_answers_get_a_mood_or_none(text):
    assert Sentiment().score([text]).shape == (1, 4)
    assert len(Sentiment().predict([text] * 3)) == 3


def test_no_answers_get_no_mood():
    assert Sentiment().score([]).shape == (0, 4)
    assert Sentiment().predict([]) == []


def test_the_record_comes_back_from_json():
    found = Sentiment().mood(TEXTS)
    assert Mood.from_json(found.to_json()) == found


def test_words_that_lean_to_no_label_weigh_nothing():
    numbers = csr_array([[1, 1, 0], [1, 0, 1]] * 5)  # the first word stands in every answer
    learnt = Leaning(3).fit(numbers, ["bad", "good"] * 5)
    assert learnt.predict(csr_array([[9, 1, 0], [9, 0, 1]])).tolist() == ["bad", "good"]
    assert learnt.decision_function(csr_array([[5, 1, 0]])) == pytest.approx(
        learnt.decision_function(csr_array([[0, 1, 0]]))
    )


def test_columns_that_are_no_words_are_left_as_they_are():
    numbers = csr_array([[1.0, -1.0], [1.0, 1.0]] * 5)
    assert Leaning(1).fit(numbers, ["bad", "good"] * 5).predict(csr_array([[1.0, -1.0]])).tolist() == ["bad"]
    with pytest.raises(ValueError, match="two different labels"):
        Leaning(1).fit(numbers, ["bad"] * 10)


def test_three_labels_are_told_apart():
    numbers = csr_array([[1, 0, 0], [0, 1, 0], [0, 0, 1]] * 4)
    assert Leaning(3).fit(numbers, [1, 3, 5] * 4).predict(csr_array(np.eye(3))).tolist() == [1, 3, 5]


def test_a_sentence_model_stands_beside_the_words():
    def place(texts):
        return [[float("grand" in text or "good" in text), float("dire" in text or "bad" in text)] for text in texts]

    moods = Sentiment(meaning=place).fit(["good bus"] * 10 + ["bad bus"] * 10, ["positive"] * 10 + ["negative"] * 10)
    assert moods.predict(["grand", "dire"]) == ["positive", "negative"]
