"""A draft is looked at on a phone, and walked through by invented people; neither keeps anything."""

import csv
import io
import re

import pytest

from engage.accounts.rules import Role
from engage.surveys.models import ResponseRow, SittingRow
from tests.drafts import DESK, make_draft, option, question
from tests.people import make_person, sign_in
from tests.surveys import count


@pytest.fixture
def voice(visitor):
    return sign_in(visitor, make_person(Role.VOICE))


def test_the_preview_is_the_real_page_in_each_language_and_keeps_nothing(voice):
    words = {"en": "Is it safe there?", "ar": "هل المكان آمن؟"}
    make_draft(question("safe", words=words), languages=["en", "ar"])
    frame = voice.get(f"{DESK}/park/preview?in=ar").text
    assert f'src="{DESK}/park/preview/ar"' in frame
    assert 'sandbox="allow-scripts"' in frame
    page = voice.get(f"{DESK}/park/preview/ar")
    assert 'lang="ar" dir="rtl"' in page.text
    assert words["ar"] in page.text
    assert page.text.count("ا") > 100, "the page's own words are in the language too"
    assert page.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in page.headers["Content-Security-Policy"]
    assert voice.get(f"{DESK}/park/preview").headers["X-Frame-Options"] == "DENY", "only the page inside may be framed"
    sent = voice.fill_in(f"{DESK}/park/preview/en", "/s/-", safe="never")
    assert sent.status_code in {404, 422}
    assert (count(SittingRow), count(ResponseRow)) == (0, 0)


def test_a_draft_that_asks_nothing_has_no_page_yet(voice):
    make_draft()
    assert "nothing to show yet" in voice.get(f"{DESK}/park/preview").text
    assert voice.get(f"{DESK}/park/preview/en").status_code == 404
    assert "nothing to walk through" in voice.get(f"{DESK}/park/walk").text
    assert "it asks nothing yet" in voice.get(f"{DESK}/park").text


def test_invented_people_say_what_nobody_meets_and_leave_nothing_behind(voice):
    never = {"all": [{"is": ["safe", "never"]}, {"is": ["safe", "yes_very"]}]}
    make_draft(question("safe"), question("lost", show_if=never))
    page = voice.get(f"{DESK}/park/walk?people=40&seed=3").text
    assert f'href="{DESK}/park/items/lost/routing"' in page
    assert "Is it lost there?: 0 of 40" in page
    assert "Is it safe there?: 40 of 40" in page
    assert "There is one route" in page
    assert "No route meets “Is it lost there?”" in page
    assert (count(SittingRow), count(ResponseRow)) == (0, 0)


@pytest.mark.parametrize("last", [False, True])
def test_a_yes_to_the_last_card_is_not_counted_as_a_no(voice, last):
    agree = {"kind": "consent", "missing": False, "options": [option("yes"), option("no")]}
    items = [question("safe"), question("agree", **agree)]
    make_draft(*items) if last else make_draft(*reversed(items))
    page = " ".join(voice.get(f"{DESK}/park/walk?people=60&seed=2").text.split())
    found = re.search(r"<strong>(\d+)</strong> <span>of 60 said no", page)
    assert found, page
    assert 0 <= int(found[1]) < 10


def test_an_earlier_choice_half_typed_stands_in_the_way(voice):
    make_draft(question("safe"), question("why", words={"en": "Why is {safe} so?"}))
    assert "{safe} would be shown as it stands" in voice.get(f"{DESK}/park").text
    make_draft(question("safe"), question("why", words={"en": "Why is {safe|it} so?"}), code="whole")
    assert "as it stands" not in voice.get(f"{DESK}/whole").text


def test_each_route_is_named_with_somebody_who_goes_it(voice):
    make_draft(question("safe"), question("why", "open", show_if={"is": ["safe", "never"]}))
    page = " ".join(voice.get(f"{DESK}/park/walk").text.split())
    assert "There are 2 routes; here is each of them" in page
    assert "“Is it safe there?”: Never" in page


def test_too_many_routes_are_counted_and_each_branch_is_shown(voice):
    pairs = [(question(f"q{n}"), question(f"t{n}", show_if={"is": [f"q{n}", "never"]})) for n in range(12)]
    make_draft(*(item for pair in pairs for item in pair))
    page = voice.get(f"{DESK}/park/walk").text
    assert "There are 4,096 routes, too many to list" in " ".join(page.split())
    assert all(f"“Is it q{n} there?”: Never" in page for n in range(12))


def test_what_goes_in_a_circle_is_named_beside_the_routes(voice):
    make_draft(question("safe"), question("round", show_if={"answered": "round"}))
    page = voice.get(f"{DESK}/park/walk").text
    assert "it goes in a circle" in page
    assert "No route meets “Is it round there?”" in page


def test_the_invented_answers_are_a_file_like_a_real_one_and_nothing_is_kept(voice):
    make_draft(question("safe"), question("why", "open", show_if={"is": ["safe", "never"]}))
    answer = voice.get(f"{DESK}/park/walk.csv?people=30&seed=2")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="invented-answers-park.csv"'
    rows = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert len(rows) == 30
    assert {row["why"] for row in rows if row["safe"] != "never"} == {""}
    assert "Invented words." in {row["why"] for row in rows}
    assert (count(SittingRow), count(ResponseRow)) == (0, 0)
    assert voice.get(f"{DESK}/park/walk.csv?people=0").status_code == 404


@pytest.mark.parametrize(
    ("asked", "words"), [("people=0", "From 1 to 300"), ("people=10&seed=x", "Not a valid integer")]
)
def test_a_walk_of_nobody_is_told(voice, asked, words):
    make_draft(question("safe"))
    answer = voice.get(f"{DESK}/park/walk?{asked}")
    assert answer.status_code == 422
    assert words in answer.text
