import numpy as np
import pytest

from engage.analysis.method.coding import ThemeCoder
from engage.analysis.method.coding.thresholds import choose
from engage.analysis.method.records import Suggestion

# Invented, in many voices.
BUS = [
    "bus was late AGAIN",
    "waited 40 mins for the bus",
    "the 143 never comes",
    "driver wouldnt let us on the bus",
    "bus fare is too much",
    "no buses after 8",
    "why is the bus always full",
    "buses dont stop for kids in uniform",
]
PARK = [
    "park is dark at night",
    "lights in the park pls",
    "swings in the park r broken",
    "more bins in the park",
    "dogs off lead in our park",
    "park gates locked too early",
    "the park is my fav place",
    "basketball hoop in the park has no net",
]
BOTH = ["bus to the park takes an hour", "no bus goes near the park", "missed the bus so walked thru the park"]
TEXTS = [*BUS, *PARK, *BOTH]
CODES = np.array([[1, 0]] * len(BUS) + [[0, 1]] * len(PARK) + [[1, 1]] * len(BOTH), dtype=bool)
QUESTIONS = ["What could be better?"] * len(TEXTS)


@pytest.fixture(scope="module")
def coder() -> ThemeCoder:
    return ThemeCoder().fit(TEXTS, CODES)


def test_it_learns_from_less_than_twenty_answers(coder):
    given = coder.predict(["the bus didnt come", "need lights in our park", "bus past the park"])
    assert given[:2].tolist() == [[True, False], [False, True]]
    assert given[2].any()


def test_suggestions_say_which_words_speak_for_them(coder):
    (first, *_), (other, *_) = coder.suggest(["my bus was late", "a brighter park please"])
    assert (first.code, first.reasons[0][0], first.chosen) == (0, "bus", True)
    assert (other.answer, other.code, other.reasons[0][0]) == (1, 1, "park")
    assert first.chance > 0.5


def test_the_same_answers_give_the_same_codes(coder):
    again = ThemeCoder().fit(TEXTS, CODES)
    assert np.array_equal(again.predict_proba(TEXTS), coder.predict_proba(TEXTS))


def test_the_quality_shown_rests_on_answers_held_back(coder):
    assert coder.chances_.shape == CODES.shape
    assert ((coder.chances_ >= coder.thresholds_) == CODES).mean() > 0.7


def test_a_code_without_examples_is_never_given_and_is_named():
    coder = ThemeCoder().fit(TEXTS, np.column_stack([CODES, np.zeros(len(TEXTS), dtype=bool)]))
    assert coder.untaught_ == (2,)
    assert not coder.predict(TEXTS)[:, 2].any()
    assert 2 not in {one.code for each in coder.suggest(TEXTS) for one in each}


def test_the_code_frame_is_read_too():
    texts = [*TEXTS, "cant afford it", "no money for it"]
    codes = np.column_stack([np.vstack([CODES, np.zeros((2, 2), dtype=bool)]), np.arange(len(texts)) >= len(TEXTS)])
    frame = ["Buses: late, full", "Parks: dark, broken", "Cost: fares, tickets, expensive, too much money"]
    plain, told = ThemeCoder().fit(texts, codes), ThemeCoder().fit(texts, codes, definitions=frame)
    said = ["tickets are expensive"]
    assert told.predict_proba(said)[0, 2] > plain.predict_proba(said)[0, 2]
    with pytest.raises(ValueError, match="Every code needs a definition"):
        ThemeCoder().fit(TEXTS, CODES, definitions=frame)


def test_a_code_with_a_definition_only_is_not_given_either():
    codes = np.column_stack([CODES, np.zeros(len(TEXTS), dtype=bool)])
    coder = ThemeCoder().fit(TEXTS, codes, definitions=["bus", "park", "lunch"])
    assert not coder.predict(["lunch"])[:, 2].any()


def test_a_code_on_every_answer_is_given_to_every_answer():
    coder = ThemeCoder().fit(TEXTS, np.ones((len(TEXTS), 1)))
    assert coder.predict(["anything"]).all()
    assert coder.suggest(["anything"])[0][0].reasons == ()


def test_rare_codes_share_one_threshold_and_frequent_ones_have_their_own():
    truth = np.column_stack([np.arange(200) < 60, np.arange(200) < 20, np.arange(200) >= 190])
    sure = np.where(truth, [0.3, 0.7, 0.7], [0.1, 0.5, 0.5])
    least = choose(sure, truth).least
    assert least[1] == least[2] > 0.5
    assert least[0] < least[1]


def test_an_answer_that_no_code_fits_is_learnt_too():
    texts = [*TEXTS, *(["love my nan", "maths is hard", "too many tests", "my dog"] * 3)]
    coder = ThemeCoder().fit(texts, np.vstack([CODES, np.zeros((12, 2), dtype=bool)]))
    assert not coder.predict(["maths tests"]).any()


def test_what_was_asked_counts():
    texts = ["none", "all fine", "nothing", "ok", "not much"] * 6
    asked = ["What was good?"] * 15 + ["What could be better?"] * 15
    good = np.array([[question == "What could be better?"] for question in asked])
    coder = ThemeCoder().fit(texts, good, asked)
    assert coder.predict(["nothing", "nothing"], ["What was good?", "What could be better?"]).ravel().tolist() == [
        False,
        True,
    ]


def test_context_learnt_with_must_be_given_later():
    coder = ThemeCoder().fit(TEXTS, CODES, QUESTIONS)
    with pytest.raises(ValueError, match="learnt with context"):
        coder.predict(["late bus"])
    with pytest.raises(ValueError, match="every answer"):
        coder.predict(["late bus"], ["a", "b"])


def test_what_to_read_next_is_unsure_and_never_a_copy(coder):
    texts = ["bus late", "Bus late!!", "n/a", "school lunch is cold", "park dark", "lunch lunch"]
    order = coder.to_read_next(texts, 6).tolist()
    assert sorted(order) == list(range(6))
    assert order.index(3) < order.index(0)
    assert order.index(1) > order.index(4)


def test_before_anything_is_learnt_it_asks_for_answers_unlike_each_other():
    texts = ["bus late today", "bus late today again", "park dark", "lunch cold"]
    assert set(ThemeCoder().to_read_next(texts, 3).tolist()) == {0, 2, 3}


@pytest.mark.parametrize(
    ("texts", "codes", "needed"),
    [
        ([], np.zeros((0, 2)), "at least 10"),
        (["late bus"], [[1]], "at least 10"),
        (TEXTS, CODES[:3], "a row for every answer"),
        (TEXTS, np.zeros(len(TEXTS)), "a column for every code"),
        (TEXTS, np.zeros((len(TEXTS), 3)), "none has any"),
        (["?!"] * 12, np.ones((12, 1)), "none"),
    ],
)
def test_what_cannot_be_learnt_from_is_refused_with_what_is_needed(texts, codes, needed):
    if texts and texts[0] == "?!":
        texts = [""] * 12
    with pytest.raises(ValueError, match=needed):
        ThemeCoder().fit(texts, codes)


def test_nothing_learnt_yet_says_what_to_do():
    with pytest.raises(ValueError, match="call fit"):
        ThemeCoder().predict(["late bus"])
    with pytest.raises(ValueError, match="call fit"):
        ThemeCoder().predict([])
    with pytest.raises(ValueError, match="at least 1"):
        ThemeCoder().to_read_next(["late bus"], 0)


@pytest.mark.parametrize(
    "text", ["", "?", "😀😡", "x" * 100_000, "y " * 50_000, "الحافلة متأخرة", "bus întârzie 😡 الحافلة", "n/a"]
)
def test_odd_answers_get_codes_suggestions_and_a_place_in_the_queue(coder, text):
    assert coder.predict([text]).shape == (1, 2)
    assert len(coder.suggest([text])) == 1
    assert coder.to_read_next([text], 5).tolist() == [0]


def test_no_answers_get_no_codes(coder):
    assert coder.predict([]).shape == (0, 2)
    assert coder.suggest([]) == []
    assert coder.to_read_next([], 3).tolist() == []


def test_all_the_same_and_mixed_languages_can_be_learnt_from():
    assert ThemeCoder().fit(["late bus"] * 12, [[1]] * 6 + [[0]] * 6).predict(["late bus"]).shape == (1, 1)
    texts = ["الحافلة متأخرة", "autobuzul întârzie", "late bus", "bus late"] * 3 + [
        "park",
        "parc",
        "الحديقة",
        "الحديقة",
    ] * 3
    assert ThemeCoder().fit(texts, [[1, 0]] * 12 + [[0, 1]] * 12).predict(["الحديقة"]).tolist() == [[False, True]]


def test_more_codes_than_answers_still_gives_a_coder():
    coder = ThemeCoder().fit(TEXTS, np.hstack([CODES, np.eye(len(TEXTS), dtype=bool)]))
    assert coder.predict(["late bus"])[0, 0]


def test_the_record_comes_back_from_json(coder):
    found = coder.suggest(["late bus"])[0][0]
    assert Suggestion.from_json(found.to_json()) == found


def test_words_that_stand_among_the_same_words_are_read_alike():
    """ "Abrupt" and "curt" were never coded; they stand where "rude" stands in answers that nobody coded."""
    rude = [f"the {who} was rude to me" for who in ("driver", "cashier", "steward", "guard", "referee")]
    dark = [f"the {where} is dark at night" for where in ("park", "alley", "path", "yard", "lane")]
    others = [
        f"the {who} was {how} to me {when}"
        for who in ("driver", "cashier", "guard")
        for how in ("rude", "abrupt", "curt")
        for when in ("today", "twice", "again")
    ]
    others += [f"the {where} is {how} at night" for where in ("park", "path", "lane") for how in ("dark", "gloomy")]
    codes = [[True, False]] * 5 + [[False, True]] * 5
    alone = ThemeCoder().fit([*rude, *dark], codes).predict_proba(["abrupt", "gloomy"])
    beside = ThemeCoder().fit([*rude, *dark], codes, others=others).predict_proba(["abrupt", "gloomy"])
    assert beside[0, 0] - beside[0, 1] > alone[0, 0] - alone[0, 1] + 0.1
    assert beside[1, 1] - beside[1, 0] > alone[1, 1] - alone[1, 0] + 0.1


def test_a_sentence_model_stands_beside_the_words_and_is_asked_for_whole_answers_only():
    asked: list[str] = []

    def place(texts):
        asked.extend(texts)
        return [[float("coach" in text or "bus" in text), float("garden" in text or "park" in text)] for text in texts]

    coder = ThemeCoder(meaning=place).fit(TEXTS, CODES)
    assert coder.predict(["coach", "garden"]).tolist() == [[True, False], [False, True]]
    asked.clear()
    (first, *_), *_ = coder.suggest(["Our bus was LATE!"])
    assert first.reasons[0][0] == "bus"
    assert set(asked) == {"our bus was late"}
