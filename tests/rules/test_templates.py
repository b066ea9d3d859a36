import re
import statistics

import pytest

from engage.settings import Settings
from engage.surveys.rules.definition import NEVER_MISSING, Kind, parse, to_document
from engage.surveys.rules.publishing import faults, untranslated
from engage.surveys.rules.reach import unreachable
from engage.surveys.rules.reading_age import hard_items, reading_age, reading_age_of, syllables_of, text_of
from engage.surveys.rules.shipped import CODES, shipped

STANDARDS = {
    "life_satisfaction": "Overall, how satisfied are you with your life nowadays?",
    "worthwhile": "Overall, to what extent do you feel that the things you do in your life are worthwhile?",
    "happy_yesterday": "Overall, how happy did you feel yesterday?",
    "anxious_yesterday": "On a scale where nought is “not at all anxious” and 10 is “completely anxious”, overall, "
    "how anxious did you feel yesterday?",
    "lonely": "How often do you feel lonely?",
}
YOUTH_CODES = {
    "about", "consent", "age", "lives", "school_year", "area", "area_happy", "family_friendly", "area_best",
    "area_change", "places_to_go", "council_good_job", "council_involves", "adults_act", "seen_you_said",
    "ways_to_say", "safe_home", "safe_school", "safe_travel", "safe_area_day", "safe_area_dark", "safe_transport",
    "safe_online", "unsafe_why", "unsafe_text", "top_concerns", "anything_new", "life_whole", "nervous_yesterday",
    "lonely", "sleep", "trusted_adult", "good_friend", "know_help", "tried_help", "help_helped", "help_why_not",
}  # fmt: skip
CARE_CODES = {
    "safe_home", "safe_area", "settled", "my_space", "adults_home", "know_worker", "worker_changes", "reach_worker",
    "family_time", "friend", "believes_in_me", "why_in_care", "say_decisions", "entitlements", "school_like", "fun",
    "same_chances", "life_skills", "money", "stress", "health", "hopeful", "good", "change", "unseen", "helped_by",
    "companionship", "left_out", "isolated",
}  # fmt: skip


LARGE = ("youth", "care")
FOR_YOUNG_PEOPLE = (*LARGE, "care_4", "care_8", "care_11", "forum", "felt")


@pytest.fixture(params=CODES)
def survey(request):
    return shipped(request.param)


def test_each_shipped_survey_may_be_published(survey):
    assert faults(survey) == []


def test_each_shipped_survey_survives_being_stored(survey):
    assert parse(to_document(survey)) == survey


def test_every_language_is_complete(survey):
    assert survey.languages == (Settings.languages if survey.code in FOR_YOUNG_PEOPLE else ("en", "pl", "ar"))
    assert untranslated(survey) == []
    assert survey.unchecked == survey.languages[1:], "staff are told until a speaker has signed these off"


def test_each_language_is_written_in_its_own_letters_and_none_is_english(survey):
    letters = {"ar": r"[\u0600-\u06ff]", "fa": r"[\u0600-\u06ff]", "gu": r"[\u0a80-\u0aff]"}
    for item in survey.items:
        for language in survey.unchecked:
            words = item.words.in_(language)
            assert re.search(letters.get(language, r"[a-z]"), words), item.code
            assert words != item.words.in_("en"), item.code
            assert not re.search(r"[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]", words), item.code


def test_every_item_says_what_for_and_who_answers_for_it(survey):
    assert all(item.purpose and item.owner for item in survey.items)


def test_every_sensitive_item_has_a_condition_in_law_and_says_why(survey):
    sensitive = [item for item in survey.items if item.sensitive]
    assert sensitive or survey.code not in LARGE
    assert all(item.special_category and "Article 9(2)" in item.special_category and item.why for item in sensitive)


def test_every_question_can_be_left_with_a_missing_code(survey):
    for item in survey.items:
        assert item.missing is (item.kind not in {Kind.CONSENT, Kind.INFORMATION}), item.code
    assert {Kind.CONSENT, Kind.INFORMATION} == NEVER_MISSING


def test_no_item_is_out_of_reach_whatever_a_wave_switches_on(survey):
    assert unreachable(survey) == []
    assert unreachable(survey.with_modules(set())) == []
    for module in survey.modules:
        assert unreachable(survey.with_modules({module})) == []


@pytest.mark.parametrize("code", LARGE)
def test_public_standards_keep_their_words(code):
    survey = shipped(code)
    for item, words in STANDARDS.items():
        assert survey.item(item).words.in_("en") == words
        assert survey.item(item).standard
    bands = [(band.code, band.lowest, band.highest) for band in survey.item("worthwhile").number_bands]
    assert bands == [("low", 0, 4), ("medium", 5, 6), ("high", 7, 8), ("very_high", 9, 10)]
    bands = [(band.code, band.lowest, band.highest) for band in survey.item("anxious_yesterday").number_bands]
    assert bands == [("very_low", 0, 1), ("low", 2, 3), ("medium", 4, 5), ("high", 6, 10)]
    assert [option.words.in_("en") for option in survey.item("lonely").options] == [
        "Often or always", "Some of the time", "Occasionally", "Hardly ever", "Never",
    ]  # fmt: skip


def test_no_date_of_birth_and_no_name_is_asked(survey):
    for item in survey.items:
        assert not re.search(r"\b(birth|birthday|name|address|phone number|email)\b", item.words.in_("en").lower())


def test_words_do_not_shout_or_praise_or_blame(survey):
    for item in survey.items:
        for language in survey.languages:
            assert "!" not in item.words.in_(language)
        assert not re.search(r"user|respondent|submit|invalid|please", text_of(item).lower()), item.code


def test_an_unsafe_home_brings_support_at_once():
    for code in LARGE:
        assert shipped(code).item("safe_home").support_when is not None


def test_the_youth_survey_has_every_part():
    youth = shipped("youth")
    assert set(youth.by_code) >= YOUTH_CODES
    assert youth.modules == ("people", "school_online", "police")
    assert youth.minimum == 8
    assert youth.ages == (11, 18)
    assert [rotation.show for rotation in youth.rotations] == [5]
    assert len(youth.rotations[0].rows) == 8
    assert {item.code for item in youth.items if item.series} == {
        "area_happy", "family_friendly", "council_good_job", "council_involves", "top_concerns",
    }  # fmt: skip
    assert len([code for code in youth.item("area").option_codes if code != "elsewhere"]) == 24


def test_the_eighteen_ethnic_groups_are_all_there():
    youth = shipped("youth")
    details = [item for item in youth.items if item.code.startswith("ethnic_") and item.code != "ethnic_group"]
    assert sum(len(item.options) for item in details) == 18
    assert len(youth.item("ethnic_group").options) == len(details) == 5


def test_the_care_survey_has_every_row_and_asks_no_ward():
    care = shipped("care")
    assert set(care.by_code) >= CARE_CODES
    assert care.minimum == 10
    assert care.ages == (16, 25)
    assert not [item for item in care.items if item.kind is Kind.AREA]
    assert care.modules == ("loneliness",)


def test_forum_feedback_asks_about_space_voice_audience_and_influence_and_nothing_else():
    forum = shipped("forum")
    asked = [item.code for item in forum.items if item.kind is not Kind.INFORMATION]
    assert asked == ["forum_space", "forum_voice", "forum_audience", "forum_influence"]


def test_scales_have_five_drawn_faces_from_happy_to_sad():
    youth = shipped("youth")
    for code in ("area_happy", "family_friendly", "safe_home"):
        assert [option.face for option in youth.item(code).options][:5] == [5, 4, 3, 2, 1]


def test_bands_cover_every_age_once(survey):
    youngest, oldest = survey.ages
    for age in range(youngest, oldest + 1):
        assert sum(band.from_age <= age <= band.to_age for band in survey.bands) == 1


def test_the_words_of_the_youth_core_fit_a_bad_line():
    core = shipped("youth").with_modules(set())
    texts = [section.title for section in core.sections]
    for item in core.items:
        texts += [words for words in (item.words, item.text, item.why, item.low, item.high) if words]
        texts += [option.words for option in item.options]
    assert sum(len(words.in_("en")) for words in texts) <= 9000


def test_an_eleven_year_old_can_read_every_card(survey):
    """Flesch-Kincaid grade plus five, on heading, text and why of a card; the national standards keep their words."""
    assert hard_items(survey) == {}
    assert reading_age_of(survey) <= 11
    everything = [reading_age(text_of(item)) for item in survey.items]
    assert statistics.median(everything) <= 11, "standards counted too"


@pytest.mark.parametrize(
    ("word", "syllables"),
    [
        ("home", 1), ("safe", 1), ("people", 2), ("area", 3), ("table", 2), ("helped", 1), ("wanted", 2), ("houses", 2),
        ("family", 3), ("council", 2), ("idea", 3), ("being", 2), ("lonely", 2), ("something", 2), ("online", 2),
        ("experience", 4), ("science", 2), ("quiet", 2), ("create", 2), ("sometimes", 2), ("relationships", 4),
        ("university", 5), ("racism", 3), ("language", 2), ("settled", 2), ("don’t", 1), ("2026", 1), ("serious", 3),
    ],
)  # fmt: skip
def test_syllables_are_counted_as_they_are_said(word, syllables):
    assert syllables_of(word) == syllables


def test_long_words_and_sentences_need_an_older_reader():
    easy = "The cat sat on the mat. It was warm."
    hard = "Organisational communication necessitates comprehensive consideration of multidisciplinary safeguarding."
    assert reading_age(easy) < 7
    assert reading_age(hard) > 20
    with pytest.raises(ValueError, match="without words"):
        reading_age("…")


@pytest.mark.parametrize(("code", "ages"), [("care_4", (4, 7)), ("care_8", (8, 10)), ("care_11", (11, 17))])
def test_each_younger_band_in_care_asks_what_its_age_can_answer(code, ages):
    band = shipped(code)
    assert band.ages == ages
    assert band.minimum == 10
    assert not [item for item in band.items if item.kind is Kind.AREA]
    assert band.item("safe_home").support_when is not None
    assert set(band.by_code) >= {"helped_by", "know_worker", "family_time", "friend", "why_in_care", "worries", "good"}
    assert set(band.by_code) & set(shipped("care").by_code) >= {"settled", "say_decisions", "school_like", "fun"}


def test_the_youngest_see_pictures_and_three_faces_and_few_words():
    band = shipped("care_4")
    assert all(item.picture for item in band.items if item.code not in {"consent", "age"})
    faces = {tuple(option.face for option in item.options) for item in band.items if item.kind is Kind.SCALE}
    assert faces == {(5, 3, 1), (1, 3, 5)}
    for item in band.items:
        assert len(item.words.in_("en").split()) <= 9, item.code
        for option in item.options:
            assert option.face or option.picture or item.code == "family_time", item.code


def test_eight_to_ten_say_yes_sometimes_no_or_not_sure():
    band = shipped("care_8")
    scales = [item for item in band.items if item.kind is Kind.SCALE]
    assert len(scales) >= 10
    for item in scales:
        assert item.option_codes == ("yes", "sometimes", "no")
        assert item.not_sure
    assert band.item("life_whole").kind is Kind.NUMBER


def test_eleven_to_seventeen_say_how_often():
    band = shipped("care_11")
    for item in band.items:
        if item.kind is Kind.SCALE:
            assert item.option_codes == ("always", "sometimes", "hardly_ever", "never")
    assert {"looks", "stigma", "trust_worker", "reach_worker", "worker_alone", "placement"} <= set(band.by_code)


def test_each_line_of_the_checklist_asks_what_shows_it():
    checklist = shipped("voluntary")
    lines = [item for item in checklist.items if item.kind is Kind.SCALE]
    assert len(lines) == 10
    for line in lines:
        shown = checklist.item(f"{line.code}_shown")
        assert shown.kind is Kind.SHORT
        assert shown.show_if is not None


def test_practitioners_are_asked_what_they_know_how_sure_they_are_and_what_to_tell():
    asked = set(shipped("practice").by_code)
    assert {"know", "confident", "used", "in_the_way", "tell_partnership"} <= asked


def test_families_are_asked_how_they_were_treated():
    asked = set(shipped("families").by_code)
    assert {"listened", "respect", "plain_words", "part_of_plan", "child_heard", "change"} <= asked
