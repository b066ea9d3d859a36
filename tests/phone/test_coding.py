"""Answers are coded with the keyboard alone, and without script with the same page."""

import re

from playwright.sync_api import Page, expect

from tests.phone.conftest import Opens
from tests.phone.walking import PASSWORD, sign_in

PLACE = "/desk/coding/?subject=wave:care"


def done(page: Page) -> int:
    found = re.search(r"(\d+) of \d+", page.locator(".apart [role=status]").inner_text())
    assert found
    return int(found[1])


def words(page: Page) -> str:
    return page.locator(".bench .excerpt").inner_text()


def press(page: Page, key: str) -> None:
    with page.expect_navigation():
        page.keyboard.press(key)


def test_answers_are_coded_with_keys_alone(opens: Opens) -> None:
    page = sign_in(opens, "amara.voice@example.org")
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(PLACE)
    before, first = done(page), words(page)
    page.keyboard.press("2")
    expect(page.locator("[data-key='2']")).to_be_checked()
    page.keyboard.press("2")
    expect(page.locator("[data-key='2']")).not_to_be_checked()
    page.keyboard.press("2")
    press(page, "Enter")
    assert done(page) == before + 1
    second = words(page)
    assert second != first
    press(page, "s")
    third = words(page)
    press(page, "p")
    assert words(page) == second
    press(page, "n")
    assert done(page) == before + 2
    press(page, "u")
    assert (done(page), words(page)) == (before + 1, second)
    assert third not in (first, second)


def test_a_key_pressed_in_a_box_or_with_keys_off_does_nothing(opens: Opens) -> None:
    page = sign_in(opens, "amara.voice@example.org")
    page.goto(PLACE)
    page.locator("#item").focus()
    page.keyboard.press("2")
    expect(page.locator("#themes :checked")).to_have_count(0)
    page.goto(f"{PLACE}&keys=off")
    page.keyboard.press("2")
    expect(page.locator("#themes :checked")).to_have_count(0)


def test_without_script_the_same_page_saves_and_goes_on(opens: Opens) -> None:
    page = opens("/sign-in", script=False)
    page.locator("input[name=email]").fill("amara.voice@example.org")
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main button[type=submit], main input[type=submit]").first.click()
    page.goto(PLACE)
    before = done(page)
    page.locator("#themes label").first.click()
    page.get_by_role("button", name="Save and next").click()
    assert done(page) == before + 1
