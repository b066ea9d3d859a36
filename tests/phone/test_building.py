"""A survey from nothing to a file: written in two languages, asked on a phone that loses its network, taken away again.

Two minutes without a network are two minutes of the page's own clock: the network is really cut, the waiting is not.
"""

import csv
import io
import json
from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from engage.accounts.rules import Role
from engage.shared import db
from engage.shared.clock import today
from engage.surveys.queries.waves import wave
from engage.surveys.rules.json_files import json_file, read_json
from tests.answers import make_response
from tests.people import make_person, sign_in
from tests.phone.building import QUESTIONS, TITLE, write
from tests.phone.conftest import DESK, PHONE
from tests.phone.in_process import served_here
from tests.surveys import fill_rota

WAVE = "/desk/surveys/new-park"
TEXTS = {"audience": "The park team", "can_change": "Lights and swings", "cannot_change": "Where it is"}


BEFORE = (("how_old_are_you", "14"), ("how_often_do_you_go_to_the_park", "now_and_then"))
WITHOUT = (  # what keeps somebody away is not asked of who goes there
    ("what_do_you_do_there", "play", "sit"),
    ("how_happy_are_you_with_it", "happy"),
    ("is_it_light_after_dark", "no"),
    ("what_should_come_first",),
    ("how_safe_is_it", "3"),
)


@pytest.fixture
def address(app: Flask, database: None) -> Iterator[str]:
    with served_here(app) as here:
        yield here


@pytest.fixture
def desk(app: Flask, address: str, chromium: Browser) -> Iterator[Page]:
    """Somebody of the team, at a desk, with a rota that is filled."""
    cookie = sign_in(app.test_client(), make_person(Role.VOICE)).get_cookie("engage")
    fill_rota(today(), today() + timedelta(days=20))
    context = chromium.new_context(base_url=address, viewport=DESK)
    context.add_cookies([{"name": "engage", "value": cookie.value, "url": address}])
    yield context.new_page()
    context.close()


@pytest.fixture
def phone(address: str, chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(base_url=address, viewport=PHONE, has_touch=True, locale="ar")
    yield context.new_page()
    context.close()


def publish_and_open(page: Page) -> None:
    page.get_by_role("link", name="Publish", exact=True).click()
    page.get_by_role("button", name="Publish it").click()
    expect(page.get_by_text("a wave can ask it now")).to_be_visible()
    day = today()
    page.goto("/desk/surveys/new")
    page.get_by_label("Survey", exact=True).select_option(label=TITLE)
    days = {"opens_on": day, "closes_on": day + timedelta(9), "panel_on": day + timedelta(20)}
    days["promised_on"] = day + timedelta(40)
    typed = {"title": TITLE, "code": "new-park", **TEXTS, **{name: one.isoformat() for name, one in days.items()}}
    for name, words in typed.items():
        page.locator(f"[name={name}]").fill(words)
    page.get_by_role("button", name="Keep it as a draft").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(TITLE)
    page.goto(f"{WAVE}/words/ar")
    for name, words in {"title": "الحديقة", **dict.fromkeys(TEXTS, "كلمات")}.items():
        page.locator(f"[name={name}]").fill(words)
    page.get_by_role("button", name="Keep").click()
    page.get_by_role("button", name="Open it").click()
    expect(page.get_by_role("button", name="Pause it")).to_be_visible()


def choose(phone: Page, *values: str) -> None:
    for value in values:
        phone.locator(f".card.on .tiles label:has([value='{value}'])").click()


def go_on(phone: Page, to: str) -> None:
    """Press the button and wait for the card of this question."""
    phone.locator("#next").click()
    expect(phone.locator(".card.on")).to_have_attribute("id", f"q-{to}")


def answer(phone: Page) -> None:
    """Answer as somebody who goes there now and then, in Arabic, two minutes of it without a network."""
    phone.clock.install()
    phone.goto("/s/new-park")
    expect(phone.locator("html")).to_have_attribute("dir", "rtl")
    expect(phone.locator(".card.on")).to_have_attribute("id", "q-do_you_want_to_take_part")
    choose(phone, "yes")
    for to, value in BEFORE:
        go_on(phone, to)
        choose(phone, value)
    phone.context.set_offline(True)
    for to, *values in WITHOUT:
        go_on(phone, to)
        choose(phone, *values)
        phone.clock.run_for(30_000)
    expect(phone.locator("#status")).to_have_text("لم يُحفظ بعد")
    go_on(phone, "what_would_you_change")
    phone.locator(".card.on textarea").fill("مصابيح أكثر")
    phone.context.set_offline(False)
    phone.clock.run_for(10_000)
    expect(phone.locator("#status")).to_have_text("تم الحفظ")
    phone.locator("#next").click()
    phone.locator("#send").click()
    phone.wait_for_url("**/thanks")
    expect(phone.locator("#words li")).to_have_count(4)


def others_answer() -> None:
    """Eleven invented people more, or nobody's answers may leave."""
    with db.reading():
        asked = wave("new-park")
    for number in range(11):
        make_response(asked, how_often_do_you_go_to_the_park="never", how_safe_is_it=str(number))


def close(page: Page) -> None:
    page.goto(WAVE)
    page.get_by_text("Close it before its last day").click()
    page.get_by_role("button", name="Close it").click()
    expect(page.get_by_text("Closed. The worker begins")).to_be_visible()


def downloaded(page: Page, button: str) -> bytes:
    with page.expect_download() as found:
        page.get_by_role("link", name=button).or_(page.get_by_role("button", name=button)).first.click()
    return found.value.path().read_bytes()


def bring_in(page: Page, file: bytes) -> bytes:
    """Read a survey from a file, and give what the draft that it became is as a file."""
    page.goto("/desk/surveys/files/")
    page.locator("input[type=file]").set_input_files({"name": "p.json", "mimeType": "application/json", "buffer": file})
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_text("Read, all of it.")).to_be_visible()
    page.get_by_role("link", name="As a file").click()
    return downloaded(page, "JSON")


def test_a_survey_is_built_asked_without_a_network_closed_and_taken_away(desk: Page, phone: Page) -> None:
    write(desk)
    publish_and_open(desk)
    answer(phone)
    others_answer()
    close(desk)

    desk.get_by_role("link", name="Answers to take away").click()
    desk.get_by_label("Why do you take answers away?").select_option("moving")
    desk.get_by_label("Who agreed that it leaves in full, and when?").fill("The data protection officer, today")
    rows = list(csv.DictReader(io.StringIO(downloaded(desk, "Make the file").decode("utf-8-sig"))))
    sent = [row for row in rows if row["language"] == "ar"]
    columns = ("how_often_do_you_go_to_the_park", "what_do_you_do_there__play", "how_safe_is_it")
    assert [tuple(row[name] for name in columns) for row in sent] == [("now_and_then", "ticked", "3")]

    desk.goto("/desk/surveys/files/")
    desk.locator("main a", has_text=f"{TITLE}, version 1").click()
    file = downloaded(desk, "JSON")
    assert json_file(read_json(file)) == file
    again = json.loads(bring_in(desk, file))
    assert again | {"code": "the_new_park"} == json.loads(file)
    assert len([item for part in again["sections"] for item in part["items"]]) == len(QUESTIONS)
