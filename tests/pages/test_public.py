"""The front door: open surveys, help, privacy, cookies, accessibility, languages, the way out."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import process_time

import pytest
import time_machine

from engage.public.views import help_lines
from engage.settings import Settings
from engage.shared import keeping, throttle

HOUSE = Path(__file__).parents[2] / "engage"
PAGES = ("/", "/help", "/privacy", "/cookies", "/accessibility", "/receipt")


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("language", Settings.languages)
def test_each_page_opens_in_each_language(visitor, path, language):
    page = visitor.get(path, headers={"Accept-Language": language})
    assert page.status_code == 200
    assert f'<html lang="{language}" dir="{"rtl" if language in ("ar", "fa") else "ltr"}">' in page.text


@pytest.mark.parametrize("path", PAGES)
def test_help_and_exit_are_on_each_page(visitor, path):
    page = visitor.get(path).text
    for number in ("tel:999", "tel:08001111", "sms:85258", "tel:02083594066"):
        assert number in page
    assert page.index('class="skip"') < page.index('class="exit"') < page.index("<h1")


def test_the_help_lines_are_translated_when_shown(app, database):
    with app.test_request_context("/", headers={"Accept-Language": "en"}):
        assert [line.call for line in help_lines()] == ["999", "0800 1111", "85258", "020 8359 4066"]


def test_the_help_page_names_everybody_and_links_them_safely(visitor):
    page = visitor.get("/help").text
    for name in ("Childline", "Shout", "Barnet MASH", "HOPELINE247", "CEOP", "Runaway Helpline", "Coram Voice"):
        assert name in page
    assert 'href="https://www.childline.org.uk/remove" rel="noreferrer"' in page


@pytest.mark.parametrize(("hour", "said"), [(12, "Open now"), (22, "Closed now")])
def test_the_help_page_says_who_is_there_now_for_which_ages_and_languages(visitor, hour, said):
    with time_machine.travel(datetime(2026, 11, 23, hour, tzinfo=UTC), tick=False):
        page = visitor.get("/help").text
    mash = page[page.index("Barnet MASH, the council") :]
    assert mash[: mash.index("</div>")].count(said) == 1
    assert "Up to age 18." in page
    assert "You can ask for somebody who speaks your language." in page


def test_the_privacy_page_prints_the_periods_that_the_night_job_keeps(visitor):
    page = visitor.get("/privacy").text
    for period in (keeping.DRAFTS, keeping.RAW_WORDS, keeping.REDACTED_WORDS, keeping.ALERTS, keeping.AUDIT):
        assert f"{period.days} days" in page
    assert Settings.partnership in page


SAID_OF_COUNTING = {  # whatever counts each try, not only wrong ones, and how the privacy page says so
    "felt.py": "answers “Is it better?”",
    "following.py": "follows what is new",
    "briefings.py": "says that a briefing was used",
    "ticket.py": "signs up for a forum",
}


def test_the_privacy_page_names_each_try_that_is_counted_with_a_scrambled_address(visitor):
    slowed = {file.name for file in HOUSE.rglob("*.py") if "throttle.slow_down(" in file.read_text()}
    assert slowed == SAID_OF_COUNTING.keys()
    page = visitor.get("/privacy").text
    for words in (
        *SAID_OF_COUNTING.values(),
        "at most four hours",
        "a wrong try at words, a code, a link or a password",
    ):
        assert words in page
    assert timedelta(hours=4) == throttle.KEPT + timedelta(hours=1)  # counts are of whole hours


def test_the_cookies_page_names_the_one_cookie(visitor):
    assert 'dir="ltr">engage</th>' in visitor.get("/cookies").text


def test_a_language_is_remembered_and_leads_back(visitor):
    answer = visitor.get("/languages/pl?back=/help")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/help")
    assert '<html lang="pl"' in visitor.get("/help").text


@pytest.mark.parametrize("back", ["//evil.example", "https://evil.example/"])
def test_a_language_never_leads_to_another_site(visitor, back):
    assert visitor.get("/languages/pl", query_string={"back": back}).headers["Location"] == "/"


def test_an_unknown_language_changes_nothing(visitor):
    assert visitor.get("/languages/xx").status_code == 303
    assert '<html lang="en"' in visitor.get("/").text


def test_leaving_ends_the_session_at_once_and_goes_elsewhere(visitor, app, statements):
    visitor.get("/languages/pl")
    start = process_time()
    answer = visitor.get("/leave")
    assert process_time() - start < 0.3
    assert answer.headers["Location"] == app.extensions["settings"].exit_to
    assert answer.headers["Cache-Control"] == "no-store"
    assert "engage=;" in answer.headers["Set-Cookie"]
    assert statements == []


@pytest.mark.parametrize("path", ["/receipt", "/desk/", "/s/nothing"])
def test_what_is_ones_own_stays_out_of_search(visitor, path):
    assert visitor.get(path).headers["X-Robots-Tag"] == "none"  # neither listed nor followed
    assert "X-Robots-Tag" not in visitor.get("/").headers


def test_the_way_in_is_the_same_without_any_open_survey(visitor):
    page = visitor.get("/").text
    assert "No survey is open today" in page
    assert 'href="/receipt"' in page
