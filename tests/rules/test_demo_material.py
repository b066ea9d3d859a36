"""The invented material of the demo is what it says: enough, different, tagged, and adding up."""

import re
from collections import Counter
from datetime import date
from typing import Any

import pytest

from engage.accounts.rules import OF_THE_DEMO
from engage.demo import coding
from engage.demo.drawing import quotas
from engage.demo.material import material
from engage.demo.people import Cast
from engage.safeguarding.rules.hearing import net
from engage.settings import Settings
from engage.surveys.rules.items import Item, Kind
from engage.surveys.rules.shipped import shipped
from engage.youwesaid.rules.concerns import TOPICS
from engage.youwesaid.rules.states import SENT_BACK_FOR

VERBS = {
    "propose", "hear", "look", "refuse", "ask", "agree", "start", "claim", "verify", "return", "give_up", "draft",
    "check_facts", "approve", "send_back", "publish", "publish_unchecked", "withdraw", "ask_felt", "close_felt",
    "revise", "override", "hold", "step", "picture", "quote", "check_quote", "merge",
}  # fmt: skip
WORDS_NOT_FOR_CHILDREN = ("user", "respondent", "submit", "invalid", "please note", "unfortunately", "stakeholder", "!")
LANGUAGES = {"en", "pl", "ar", "ro", "tr"}


VOICES = material("voices")
STORY = material("story")
PEOPLE = material("people")
MARGINALS = material("marginals")
WAVES = material("waves")
STEPS = [(one, step) for one in STORY["concerns"] for step in one["steps"]]


def voices(survey: str) -> list[dict[str, Any]]:
    return [voice for spoken in VOICES[survey].values() for voice in spoken]


def told(theme: str, wave: object) -> int:
    """Count the voices of one closed wave, or of both, that are about a theme."""
    waves = (1, 2) if wave == "both" else (wave,)
    heard = [voice for voice in voices("youth") if theme in voice.get("themes", ())]
    return sum(voice.get("times", 1) for voice in heard for one in waves if voice["wave"] in (one, "both"))


def closed_items(survey: str) -> dict[str, Item]:
    without = (Kind.INFORMATION, Kind.CONSENT, Kind.OPEN, Kind.AGE)
    return {item.code: item for item in shipped(survey).items if item.kind not in without}


def shares_of(survey: str, code: str) -> list[tuple[str, dict[object, float]]]:
    entry = MARGINALS[survey][code]
    parts = [(code, entry), (f"{code}, girls", entry.get("girls", {}))]
    return [(f"{name}, wave {wave}", part[wave]) for name, part in parts for wave in (1, 2) if wave in part]


def test_there_are_many_voices_and_no_words_come_twice() -> None:
    assert len(voices("youth")) >= 400
    assert len(voices("care")) >= 80
    words = Counter(voice["words"].casefold() for voice in [*voices("youth"), *voices("care"), *VOICES["stock"]])
    assert [text for text, times in words.items() if times > 1] == []


@pytest.mark.parametrize("survey", ["youth", "care"])
def test_each_voice_answers_an_open_item_of_its_survey(survey: str) -> None:
    open_items = {item.code for item in shipped(survey).items if item.kind is Kind.OPEN}
    assert set(VOICES[survey]) <= open_items


def test_each_voice_says_its_wave_its_language_and_known_themes() -> None:
    for voice in [*voices("youth"), *voices("care")]:
        assert voice["wave"] in (1, 2, 3, "both"), voice
        assert voice.get("language", "en") in LANGUAGES, voice
        assert set(voice.get("themes", ())) <= set(VOICES["themes"]), voice


def test_words_in_arabic_letters_are_tagged_as_arabic_and_no_others_are() -> None:
    for voice in [*voices("youth"), *voices("care"), *VOICES["stock"]]:
        assert bool(re.search(r"[\u0600-\u06ff]", voice["words"])) == (voice.get("language") == "ar"), voice


def test_a_dozen_voices_are_polish_a_dozen_arabic_and_some_romanian_and_turkish() -> None:
    spoken = Counter(voice.get("language", "en") for voice in [*voices("youth"), *voices("care")])
    assert spoken["pl"] >= 12
    assert spoken["ar"] >= 12
    assert min(spoken["ro"], spoken["tr"]) >= 6


def test_some_voices_worry_us_and_some_hold_details_to_cover() -> None:
    everybody = [*voices("youth"), *voices("care")]
    assert sum("worrying" in voice for voice in everybody) >= 20
    assert len({voice["worrying"] for voice in everybody if "worrying" in voice}) >= 10
    detailed = [voice for voice in everybody if "details" in voice]
    assert len(detailed) >= 30
    assert [voice for voice in detailed for detail in voice["details"] if detail not in voice["words"]] == []


def test_vapes_are_nearly_absent_in_the_first_wave_and_clear_in_the_second() -> None:
    assert told("vapes", 1) <= 2
    assert told("vapes", 2) >= 20


@pytest.mark.parametrize("survey", ["youth", "care"])
def test_each_closed_item_has_shares_over_its_own_options(survey: str) -> None:
    items = closed_items(survey)
    assert set(MARGINALS[survey]) == set(items)
    for code, item in items.items():
        options = set(range(11)) if item.kind is Kind.NUMBER else set(item.option_codes)
        for place, shares in shares_of(survey, code):
            assert set(shares) <= options, place


@pytest.mark.parametrize("survey", ["youth", "care"])
def test_shares_sum_to_one_where_one_answer_is_given(survey: str) -> None:
    for code, item in closed_items(survey).items():
        assert MARGINALS[survey][code].get("ticks", False) == (item.kind is Kind.MULTIPLE), code
        for place, shares in shares_of(survey, code):
            assert all(0 <= share <= 1 for share in shares.values()), place
            assert item.kind is Kind.MULTIPLE or sum(shares.values()) == pytest.approx(1), place


def test_shares_from_a_publication_name_it() -> None:
    for survey in ("youth", "care"):
        for code, entry in MARGINALS[survey].items():
            assert entry["from"] in ("published", "published_once", "invented"), code
            assert ("source" in entry) == (entry["from"] != "invented"), code


@pytest.mark.parametrize(
    ("item", "before", "after"),
    [("area_happy", 90, 94), ("family_friendly", 84, 89), ("council_good_job", 92, 90), ("council_involves", 60, 70)],
)
def test_the_series_follow_the_published_figures(item: str, before: int, after: int) -> None:
    headline = shipped("youth").item(item).headline
    waves = [sum(MARGINALS["youth"][item][wave][option] for option in headline) * 100 for wave in (1, 2)]
    assert waves == pytest.approx([before, after])


def test_every_role_can_sign_in_with_one_demo_password_at_addresses_that_reach_nobody() -> None:
    roles = Counter(person["role"] for person in PEOPLE["people"])
    assert roles == {
        "voice": 2, "safeguarding": 2, "pqa": 2, "agency": 5, "ambassador": 3, "scrutineer": 1, "information": 1,
        "admin": 1, "door": 1,
    }  # fmt: skip
    assert len(OF_THE_DEMO) >= 12
    assert OF_THE_DEMO.startswith("demo")
    assert all(person["email"].endswith("@example.org") for person in PEOPLE["people"])
    panel = [person["agency"] for person in PEOPLE["people"] if person["role"] == "pqa"]
    assert len(set(panel)) == len(panel)


def test_the_story_names_only_people_agencies_topics_and_steps_that_exist() -> None:
    people, agencies = ({one["code"] for one in PEOPLE[kind]} for kind in ("people", "agencies"))
    for concern, step in STEPS:
        assert step["by"] in people, step
        assert step["do"] in VERBS, step
        assert step.get("agency", "council") in agencies, step
        assert step.get("owner", "amara") in people, step
        assert step["do"] != "send_back" or step["reason"] in SENT_BACK_FOR, step
        assert concern["topic"] in TOPICS, concern["code"]
        assert set(concern["themes"]) <= set(VOICES["themes"]), concern["code"]


def test_the_steps_of_each_concern_are_in_order_and_none_is_still_to_come() -> None:
    for concern in STORY["concerns"]:
        days = [step["day"] for step in concern["steps"]]
        assert days == sorted(days), concern["code"]
        assert concern["said"] <= days[0], concern["code"]
        assert days[-1] <= 0, concern["code"]


def test_about_so_many_of_you_is_the_number_of_voices_rounded_to_five() -> None:
    for concern in STORY["concerns"]:
        if found := re.match(r"About (\d+) of you", concern["you_said"]):
            count = sum(told(theme, concern["wave"]) for theme in concern["themes"])
            assert count >= 8, concern["code"]
            assert int(found[1]) == 5 * round(count / 5), (concern["code"], count)


def test_what_young_people_read_is_in_short_plain_sentences() -> None:
    public = [text for concern in STORY["concerns"] for text in (concern["title"], concern["you_said"])]
    public += [step[key] for _, step in STEPS for key in ("we_did", "next_step", "what") if key in step]
    public += [step["reason"] for _, step in STEPS if step["do"] in ("refuse", "give_up")]
    for text in public:
        assert not [word for word in WORDS_NOT_FOR_CHILDREN if word in text.lower()], text
        lengths = [len(sentence.split()) for sentence in re.split(r"(?<=[.:?]) ", text)]
        assert max(lengths) <= 25, text


def test_each_harm_has_the_name_the_ear_gives_it() -> None:
    worrying = {voice["worrying"] for voice in [*voices("youth"), *voices("care")] if "worrying" in voice}
    assert worrying == set(VOICES["harms"])
    assert set(VOICES["harms"].values()) <= set(net().scores)
    assert set(WAVES["outcomes"]) <= worrying
    assert {one["kind"] for one in WAVES["written_to"]} <= worrying


def test_each_wave_says_the_same_in_every_language_its_survey_offers() -> None:
    for wave in WAVES["waves"]:
        offered = set(shipped(wave["template"]).languages) & set(Settings.languages)
        assert set(wave["titles"]) == set(wave["texts"]) >= offered
        assert all(set(texts) == {"audience", "can_change", "cannot_change"} for texts in wave["texts"].values())
        assert all("(invented)" in setting["name"] for setting in wave["settings"])
        assert wave["opens"] < wave["closes"] <= wave["panel"] <= wave["promised"]


@pytest.mark.parametrize("template", ["youth", "care"])
def test_the_demo_names_things_as_its_survey_does(template: str) -> None:
    first = next(shipped(template).items)
    waves = [wave for wave in WAVES["waves"] if wave["template"] == template]
    for language, council in (("pl", "rada dzielnicy"), ("ar", "البلدية")):
        asked = first.text.in_(language).casefold() if first.text else ""
        for wave in waves:
            audience = wave["texts"][language]["audience"].casefold()
            assert council in asked
            assert council in audience
            assert audience.split(".")[0] in asked  # who reads, in the survey's own words
    if template == "youth":
        title = shipped("youth").title
        assert all(
            wave["titles"][language].startswith(title.in_(language)) for wave in waves for language in title.languages
        )


def test_quotas_add_up_to_everybody() -> None:
    assert quotas({"a": 1 / 3, "b": 1 / 3, "c": 1 / 3}, 500) == {"a": 167, "b": 167, "c": 166}
    assert sum(quotas(MARGINALS["youth"]["area"][1], 475).values()) == 475


@pytest.mark.parametrize(("held", "other"), [((1,), 2), ((3,), 1), ((1, 3), 2), ((), 1)])
def test_a_second_coder_who_sees_one_more_theme_sees_one_of_the_frame(held: tuple[int, ...], other: int) -> None:
    frame = coding.Holding({"a": (1, 2), "b": (3,)}, cast=Cast({}, {}), today=date(2026, 11, 1))
    assert coding.next_to(held, frame) == other
