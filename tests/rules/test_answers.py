import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engage.surveys.rules.answers import Answer, read_answers
from engage.surveys.rules.conditions import MISSING_CODES
from engage.surveys.rules.definition import Kind, parse, to_document
from engage.surveys.rules.routing import path
from engage.surveys.rules.shipped import CODES, shipped
from engage.surveys.rules.text import clean, first_half

YOUTH = shipped("youth")
YES = {"consent": ["yes"]}


def read(**raw):
    return read_answers(YOUTH, YES | raw, seed=1)


def test_what_was_ticked_and_typed_comes_back_typed():
    answers = read(area_happy=["happy"], ways_to_say=["school", "survey"], area_best=["The park"], life_whole=["7"])
    assert not answers.problems
    assert answers.answer("area_happy") == Answer("area_happy", options=("happy",))
    assert answers.answer("ways_to_say").options == ("survey", "school"), "in the order of the question"
    assert answers.answer("area_best").text == "The park"
    assert answers.answer("life_whole").options == ("7",)


def test_of_an_age_only_the_band_is_kept():
    answers = read(age=["13"])
    assert answers.answer("age").options == ("age_11_13",)
    assert "13" not in [option for answer in answers.answers for option in answer.options]
    assert answers.answer("police_fair").missing == "skipped", "thirteen is asked about the police"
    assert read(age=["12"]).answer("police_fair").missing == "not_asked"


def test_the_missing_codes_are_kept_apart():
    answers = read(area_happy=["dont_know"], family_friendly=["rather_not_say"], area_best=["rather_not_say"])
    assert answers.answer("area_happy").missing == "dont_know"
    assert answers.answer("family_friendly").missing == "rather_not_say"
    assert answers.answer("area_best").missing == "rather_not_say"
    assert answers.answer("places_to_go").missing == "skipped"
    assert answers.answer("unsafe_why").missing == "not_asked"
    assert answers.answer("no_such_item").missing == "not_asked"


def test_a_real_answer_beats_a_missing_code_sent_with_it():
    assert read(ways_to_say=["dont_know", "school"]).answer("ways_to_say").options == ("school",)
    assert read(area_best=["The park", "rather_not_say"]).answer("area_best").text == "The park"


def test_an_answer_off_the_path_is_dropped_even_when_it_is_wrong():
    answers = read(safe_home=["safe"], unsafe_why=["nonsense"], unsafe_text=["left over"], unknown=["x"])
    assert not answers.problems
    assert "unsafe_text" not in [answer.item for answer in answers.answers]
    assert "unknown" not in [answer.item for answer in answers.answers]


def test_an_unsafe_answer_opens_the_questions_behind_it():
    answers = read(safe_online=["very_unsafe"], unsafe_why=["online"], unsafe_text=["Someone kept writing"])
    assert answers.answer("unsafe_why").options == ("online",)
    assert answers.answer("unsafe_text").text == "Someone kept writing"


def test_information_is_no_answer():
    assert "about" not in [answer.item for answer in read(about=["x"]).answers]


WRONG = [
    ("area_happy", ["marvellous"], "Choose one of the answers shown here"),
    ("area_happy", ["happy", "unhappy"], "Choose one answer"),
    ("ways_to_say", ["pigeon"], "Choose from the answers shown here"),
    ("top_concerns", ["crime", "litter", "traffic", "drugs"], "Choose up to 3"),
    (
        "top_concerns",
        ["crime", "none"],
        "One of your answers says that none of the others fits. Keep that one, or the others",
    ),
    ("life_whole", ["11"], "Choose a number from 0 to 10"),
    ("life_whole", ["-1"], "Choose a number from 0 to 10"),
    ("life_whole", ["7.5"], "Choose a number from 0 to 10"),
    ("life_whole", ["٧"], "Choose a number from 0 to 10"),
    ("life_whole", ["3", "4"], "Choose a number from 0 to 10"),
    ("age", ["19"], "Choose your age from the list"),
    ("age", ["12", "13"], "Choose your age from the list"),
    ("area", ["Paris"], "Write only the first half of your postcode, such as N12"),
    ("area", ["hendon", "edgware"], "Choose one answer"),
    ("area_best", ["x" * 2001], "Write up to 2000 characters. You wrote 2001"),
    ("consent", [], "Choose yes or no"),
    ("consent", ["rather_not_say"], "Choose yes or no"),
    ("consent", ["maybe"], "Choose one of the answers shown here"),
]


@pytest.mark.parametrize(("item", "sent", "words"), WRONG, ids=[f"{item}-{sent}"[:40] for item, sent, _ in WRONG])
def test_a_wrong_answer_is_told_in_plain_words(item, sent, words):
    answers = read(**{item: sent})
    assert [(problem.item, problem.words % problem.values) for problem in answers.problems] == [(item, words)]
    assert answers.answer(item).missing == "skipped"


def test_problems_come_in_the_order_of_the_cards():
    problems = read(top_concerns=["x"], area_happy=["x"], age=["x"]).problems
    assert [problem.item for problem in problems] == ["age", "area_happy", "top_concerns"]


def test_who_says_no_is_recorded_as_no_and_nothing_else():
    answers = read_answers(YOUTH, {"consent": ["no"], "area_happy": ["happy"]}, seed=1)
    assert answers.answers == (Answer("consent", options=("no",)),)
    assert not answers.problems


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("N12", "N12"),
        (" nw4 ", "NW4"),
        ("NW4 4BG", "NW4"),
        ("nw44bg", "NW4"),
        ("EN5 5", "EN5"),
        ("N1 2AB", "N1"),
        ("N12AB", "N1"),
        ("HA8 8", "HA8"),
        ("EC1A 1BB", "EC1A"),
        ("12", None),
        ("12 High Road N12", None),
        ("", None),
        ("\u202eN12", "N12"),
    ],
)
def test_of_a_postcode_only_the_first_half_is_kept(typed, kept):
    assert first_half(typed) == kept


def test_a_ward_or_half_a_postcode_is_an_area():
    assert read(area=["hendon", ""]).answer("area").options == ("hendon",)
    assert read(area=["", "nw4 4bg"]).answer("area").options == ("NW4",)
    assert read(area=["hendon", "NW4 4BG"]).answer("area").options == ("hendon",)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("one\r\ntwo\rthree\n", "one\ntwo\nthree"),
        ("nul\x00 bell\x07", "nul bell"),
        ("half \ud83d pair", "half  pair"),
        ("\u202eright\u202c \u2066to\u2069 left\u200f", "right to left"),
        ("مرحبًا، كيف الحال؟", "مرحبًا، كيف الحال؟"),
        ("family 👩\u200d👧 and می\u200cشود", "family 👩\u200d👧 and می\u200cشود"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("   \n\t ", ""),
        ("tab\tstays", "tab\tstays"),
        ("e\u0301", "é"),
        ("\ufffe\uffff\x85\x9f", ""),
    ],
)
def test_text_is_cleaned_without_changing_what_it_says(typed, kept):
    assert clean(typed) == kept


@settings(max_examples=50, deadline=None)
@given(st.text(st.characters(codec=None), max_size=60))
def test_clean_text_can_be_stored_anywhere_and_is_clean_already(typed):
    cleaned = clean(typed)
    cleaned.encode("utf-8")
    assert "\x00" not in cleaned
    assert clean(cleaned) == cleaned


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=40), st.integers(0, 2**32 - 1))
def test_two_thousand_characters_fit_and_one_more_does_not(start, seed):
    text = (clean(start) + "x" * 2000)[:2000]
    raw = YES | {"area_best": [text]}
    assert not read_answers(YOUTH, raw, seed=seed).problems
    raw["area_best"] = [text + "x"]
    assert [problem.item for problem in read_answers(YOUTH, raw, seed=seed).problems] == ["area_best"]


@pytest.mark.parametrize("survey", CODES)
@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_whatever_is_sent_gives_answers_the_tables_can_hold(survey, data):
    definition = shipped(survey)
    sent = data.draw(
        st.fixed_dictionaries(
            {}, optional={item.code: st.lists(_any_value(item), max_size=3) for item in definition.items}
        )
    )
    answers = read_answers(definition, sent, seed=data.draw(st.integers(0, 2**32 - 1)))
    assert len({answer.item for answer in answers.answers}) == len(answers.answers)
    for answer in answers.answers:
        assert sum([bool(answer.options), bool(answer.text), bool(answer.missing)]) == 1
        assert answer.missing is None or answer.missing in MISSING_CODES
        assert set(answer.options) <= _storable(definition, definition.item(answer.item))
    wrong = {problem.item for problem in answers.problems}
    assert all(answers.answer(item).missing == "skipped" for item in wrong)


def _any_value(item):
    return st.one_of(st.sampled_from([*item.option_codes, "dont_know", "5", "16", "N12"]), st.text(max_size=5))


def _storable(definition, item):
    if item.kind is Kind.AGE:
        return {band.code for band in definition.bands}
    if item.kind is Kind.AMOUNT:
        return {str(number) for number in range(item.least, item.most + 1)}
    numbers = {str(number) for number in range(11)} if item.kind is Kind.NUMBER else set()
    return {*item.answer_codes, *numbers, "N12", "N1"}


def test_what_was_read_leads_down_the_same_path_again():
    raw = YES | {"age": ["16"], "safe_home": ["unsafe"], "unsafe_why": ["home"], "gender": ["another"]}
    answers = read_answers(YOUTH, raw, seed=5)
    asked = [code for code in path(YOUTH, raw, 5) if YOUTH.item(code).asks]
    assert [answer.item for answer in answers.answers] == asked


def test_a_question_without_missing_codes_does_not_take_them():
    item = {
        "code": "q",
        "kind": "open",
        "words": {"en": "Q"},
        "purpose": "A test",
        "owner": "Tests",
        "missing": False,
    }
    definition = parse(
        {
            "code": "tiny",
            "title": {"en": "T"},
            "ages": [11, 18],
            "minutes": 1,
            "minimum": 8,
            "languages": ["en"],
            "sections": [{"code": "s", "title": {"en": "S"}, "items": [item]}],
        }
    )
    assert read_answers(definition, {"q": ["dont_know"]}, seed=0).answer("q").missing == "skipped"


@pytest.mark.parametrize("survey", CODES)
def test_what_needs_no_closer_look_is_read_as_with_one(survey):
    quick = shipped(survey)
    careful = parse(to_document(quick))
    for item in careful.items:
        item.__dict__["one_of"] = frozenset()  # as if nothing could be told from one code alone
    tried = 0
    for item in quick.items:
        for code in (*item.option_codes, *map(str, range(12)), *MISSING_CODES, "nonsense", ""):
            raw = YES | {item.code: [code], f"{item.code}:other": ["a boat"]}
            assert read_answers(quick, raw, seed=1) == read_answers(careful, raw, seed=1)
            tried += code in item.one_of
    assert tried, "codes that are a whole answer"
