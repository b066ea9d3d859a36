"""A draft is translated side by side: saved half done, its gaps counted, a lost placeholder named."""

import pytest

from engage.accounts.rules import Role
from engage.surveys.queries.drafts import draft
from engage.surveys.rules.publishing import found_faults
from tests.drafts import DESK, boxes, change, kept, make_draft, question
from tests.people import make_person, sign_in

POLISH = f"{DESK}/park/words/pl"


@pytest.fixture
def voice(visitor):
    return sign_in(visitor, make_person(Role.VOICE))


def missing(code="park"):
    return [str(fault) for fault in found_faults(draft(code).definition) if fault.about == "words"]


def test_half_a_translation_is_saved_and_its_gaps_are_counted(voice):
    make_draft(question("safe"), languages=["en", "pl"])
    page = voice.get(f"{POLISH}/main").text
    assert "Is it safe there?" in page
    assert voice.get(f"{DESK}/park/words").text.count("complete") == 0
    assert change(voice, f"{POLISH}/main", **{"lines-1-text": "Czy jest tam bezpiecznie?"}).status_code == 303
    assert kept("park", "safe")["words"]["pl"] == "Czy jest tam bezpiecznie?"
    assert len(missing()) == 2, "the survey itself, and the question with its three options"
    change(voice, f"{POLISH}/main", **{f"lines-{n}-text": "Tak" for n in range(5)})
    change(voice, f"{POLISH}/survey", **{f"lines-{n}-text": "Park" for n in range(2)})
    assert missing() == []
    assert voice.get(f"{DESK}/park/words").text.count("complete") == 2


def test_an_emptied_box_takes_the_translation_out(voice):
    make_draft(question("safe", words={"en": "Safe?", "pl": "Bezpiecznie?"}), languages=["en", "pl"])
    change(voice, f"{POLISH}/main", **{"lines-1-text": ""})
    assert kept("park", "safe")["words"] == {"en": "Safe?"}


def test_a_lost_placeholder_is_named_saved_and_stands_in_the_way(voice):
    asked = question("why", words={"en": "Why is {safe|it} so?"})
    make_draft(question("safe"), asked, languages=["en", "pl"])
    change(voice, f"{POLISH}/main", **{f"lines-{n}-text": "Tak" for n in range(9)})
    assert kept("park", "why")["words"]["pl"] == "Tak"
    assert "It lost {safe}" in voice.get(f"{POLISH}/main").text
    assert "Polish says other earlier choices than English" in voice.get(f"{DESK}/park").text
    change(voice, f"{POLISH}/main", **{"lines-5-text": "Dlaczego {safe|to} tak?"})
    assert "It lost" not in voice.get(f"{POLISH}/main").text
    assert "other earlier choices" not in voice.get(f"{DESK}/park").text


def test_what_is_missing_is_one_line_for_a_card_and_a_language(voice):
    make_draft(question("safe"), languages=["en", "pl", "ar"])
    page = voice.get(f"{DESK}/park").text
    assert page.count("Polish is missing in 4 texts") == page.count("Arabic is missing in 4 texts") == 1
    assert page.count("Polish is missing in 3 texts") == 1, "the title, the band and the part"
    assert "pl is missing" not in page


def test_the_second_of_two_translators_is_told_and_keeps_both(voice):
    make_draft(question("safe"), languages=["en", "pl"])
    mine = boxes(voice.get(f"{POLISH}/main").text) | {"lines-1-text": "Moje"}
    change(voice, f"{POLISH}/main", **{"lines-1-text": "Tamte"})
    told = voice.post(f"{POLISH}/main", data=mine)
    assert told.status_code == 409
    assert "Tamte" in told.text
    assert "Moje" in told.text
    assert voice.post(f"{POLISH}/main", data=boxes(told.text)).status_code == 303
    assert kept("park", "safe")["words"]["pl"] == "Moje"


def test_nothing_is_translated_into_what_is_not_offered(voice):
    make_draft(question("safe"), languages=["en", "pl"])
    for address in (f"{DESK}/park/words/ar/main", f"{DESK}/park/words/en/main", f"{POLISH}/nowhere"):
        assert voice.get(address).status_code == 404, address


def test_what_is_too_long_stays_typed(voice):
    make_draft(question("safe"), languages=["en", "pl"])
    answer = change(voice, f"{POLISH}/main", **{"lines-1-text": "długie " * 700})
    assert answer.status_code == 422
    assert "Up to 4000 characters" in answer.text
    assert answer.text.count("długie") == 700


def looked_at():
    return draft("park").behind


def test_a_translation_whose_english_changed_is_marked_until_somebody_looks_at_it(voice):
    make_draft(question("safe", words={"en": "Safe?", "pl": "Bezpiecznie?"}), question("why"), languages=["en", "pl"])
    change(voice, f"{DESK}/park/items/why", words="Why so?")
    assert looked_at() == {}, "what is not translated is missing, not behind"
    change(voice, f"{DESK}/park/items/safe", words="Is it safe there at night?")
    assert looked_at() == {"pl": ["main.items.safe.words"]}
    assert "1 to look at" in voice.get(f"{DESK}/park/words").text
    assert voice.get(f"{POLISH}/main").text.count("The English has changed since") == 1
    change(voice, f"{DESK}/park/items/why", words="Why is it so?")
    assert looked_at() == {"pl": ["main.items.safe.words"]}, "another change leaves the mark"
    change(voice, f"{POLISH}/main")
    assert looked_at() == {}
    assert "The English has changed since" not in voice.get(f"{POLISH}/main").text


def test_who_changes_both_leaves_no_mark(voice):
    make_draft(question("safe", words={"en": "Safe?", "pl": "Bezpiecznie?"}), languages=["en", "pl"])
    change(voice, f"{DESK}/park/items/safe", words="Is it safe?")
    change(voice, f"{POLISH}/main", **{"lines-1-text": "Czy jest bezpiecznie?"})
    assert looked_at() == {}
    assert kept("park", "safe")["words"]["pl"] == "Czy jest bezpiecznie?"


def test_a_part_of_six_hundred_texts_is_translated_page_by_page(voice):
    options = [{"code": f"o{n}", "words": {"en": f"Answer {n}"}} for n in range(299)]
    make_draft(
        question("one", kind="single", options=options), question("two", kind="single", options=options),
        languages=["en", "pl"],
    )  # fmt: skip
    page = voice.get(f"{POLISH}/main").text
    assert page.count("<textarea") == 50
    saved = change(voice, f"{POLISH}/main", **{"lines-2-text": "Odpowiedź"})
    assert saved.location.endswith("/words/pl/main?page=2")
    last = f"{POLISH}/main?page=13"
    assert change(voice, last, **{"lines-0-text": "Ostatnia"}).location.endswith("/park/words")
    assert "Ostatnia" in voice.get(last).text
    assert kept("park", "one")["options"][0]["words"]["pl"] == "Odpowiedź", "the other pages stay"
