"""One tablet for many: the next person finds nothing of the one before, by Back, in storage or in the cookie."""

import base64
import json
import zlib
from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from engage.shared import db
from engage.surveys.actions import waves
from tests.phone.conftest import PHONE
from tests.phone.in_process import served_here
from tests.phone.test_survey import go_to
from tests.phone.walking import content
from tests.surveys import make_wave, words_on

SECRET = "Something only I would say"
KEPT = """async () => [localStorage.length, sessionStorage.length, (await indexedDB.databases()).length,
    (await caches.keys()).length]"""


@pytest.fixture
def tablet(app: Flask, database: None, chromium: Browser) -> Iterator[Page]:
    """A tablet on which the link of a setting for a shared device was opened."""
    wave = make_wave()
    code = waves.add_setting(wave.id, name="Invented School")
    db.session.commit()
    with served_here(app) as site:
        page = chromium.new_context(viewport=PHONE, locale="en", base_url=site).new_page()
        page.goto(f"/s/youth/at/{code}?shared=yes")
        expect(page.locator("[name=_shared]")).to_be_checked()
        yield page
        page.context.close()


def answer_and_send(page: Page) -> str:
    """Answer and send as one person; gives their four words."""
    go_to(page, "area_best")
    page.locator("#q-area_best textarea").fill(SECRET)
    go_to(page, "last")
    page.locator("#send").click()
    page.wait_for_url("**/thanks")
    return words_on(content(page))


def held(page: Page) -> dict[str, str]:
    """What the cookie says of this survey, as anybody with the tablet can read it."""
    value = next(one["value"] for one in page.context.cookies() if one["name"] == "engage")
    packed = value.lstrip(".").split(".")[0]
    raw = base64.urlsafe_b64decode(packed + "=" * (-len(packed) % 4))
    kept: dict[str, str] = json.loads(zlib.decompress(raw) if value.startswith(".") else raw).get("s/youth", {})
    return kept


def seen_by_going_back(page: Page) -> list[str]:
    seen = [content(page)]
    for _ in range(5):
        page.go_back(wait_until="commit")
        seen.append(content(page))
    page.goto("/s/youth")
    page.reload()
    page.goto("/s/youth/thanks")
    page.goto("/s/youth/paused")
    return [*seen, content(page)]


def test_the_next_person_finds_nothing_of_the_one_before(tablet: Page) -> None:
    words = answer_and_send(tablet)
    assert words.count(" ") == 3
    before = held(tablet)
    tablet.get_by_role("button", name="Clear it for the next person").click()
    expect(tablet.locator("#q-area_best textarea")).to_have_value("")
    assert tablet.evaluate(KEPT) == [0, 0, 0, 0]
    assert held(tablet).get("s") != before["s"]
    assert "sent" not in held(tablet)
    for page in seen_by_going_back(tablet):
        assert SECRET not in page
        assert not [word for word in words.split() if f">{word}<" in page]


def test_somebody_who_stopped_half_way_leaves_nothing_either(tablet: Page) -> None:
    go_to(tablet, "area_best")
    tablet.locator("#q-area_best textarea").fill(SECRET)
    tablet.get_by_role("button", name="Stop and keep it for later").click()
    tablet.wait_for_url("**/paused")
    words = words_on(content(tablet))
    tablet.get_by_role("button", name="Clear it for the next person").click()
    expect(tablet.locator("#q-area_best textarea")).to_have_value("")
    for page in seen_by_going_back(tablet):
        assert SECRET not in page
        assert not [word for word in words.split() if f">{word}<" in page]


def test_control_where_nobody_clears_it_the_words_are_still_there(tablet: Page) -> None:
    words = answer_and_send(tablet)
    tablet.goto("/s/youth/thanks")
    assert words_on(content(tablet)) == words
    assert "sent" in held(tablet)
