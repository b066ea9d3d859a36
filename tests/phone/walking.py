"""How a person goes through the pages: fill in a survey, sign in, press a button."""

import re

from playwright.sync_api import Error, Locator, Page, expect

from tests.phone.conftest import Opens

PASSWORD = "demo-only-not-secret"
CHOSEN = {"consent": "yes", "age": "15"}


def fill_in_survey(page: Page, said: dict[str, str]) -> None:
    """Answer every card on the way, writing `said` where it fits, up to the last card; with or without script."""
    expect(page.locator("#f")).to_be_visible()
    for _ in range(80):
        if page.locator("#send").is_visible():
            return
        for card in page.locator(".card:visible").all():
            answer(card, said)
        go_on(page)
    raise AssertionError("the survey has no end")


def go_on(page: Page) -> None:
    """Press Next; without script another page comes, and nothing is looked at before it is there."""
    page.wait_for_load_state()
    if page.locator("html.js").count():
        page.locator("#next").click()
        return
    with page.expect_navigation():
        page.locator("#next").click()


def answer(card: Locator, said: dict[str, str]) -> None:
    code = (card.get_attribute("id") or "").removeprefix("q-")
    boxes = card.locator("textarea")
    if boxes.count():
        boxes.fill(said.get(code, ""))
        return
    choices = card.locator(f"input[name='{code}']:not([type=text])")
    if choices.count():
        wanted = CHOSEN.get(code)
        (card.locator(f"input[value='{wanted}']") if wanted else choices.first).check(force=True)


def sign_in(opens: Opens, email: str) -> Page:
    page = opens("/sign-in")
    page.locator("input[name=email]").fill(email)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main button[type=submit], main input[type=submit]").first.click()
    expect(page.locator("h1")).to_have_text("Today")
    return page


def say_why(page: Page) -> None:
    """Pick a reason where one is asked: nobody is on the rota at a weekend."""
    reason = page.locator("select[name=reason]")
    if reason.count():
        reason.select_option(index=1)
        page.locator("form:has(select[name=reason]) button[type=submit]").click()
        page.wait_for_load_state()


def press(page: Page, words: str | re.Pattern[str]) -> None:
    """Press the one button or link with these words and wait for the page that comes."""
    page.get_by_role("button", name=words).or_(page.get_by_role("link", name=words)).first.click()
    page.wait_for_load_state()


def reload_until(page: Page, words: str, *, seconds: int = 120) -> None:
    """Look at the page again until these words stand there: the worker needs a moment."""
    for _ in range(seconds * 2):
        if page.get_by_text(words).count():
            return
        page.wait_for_timeout(500)
        page.reload()
    raise AssertionError(f"{words!r} never came")


def content(page: Page) -> str:
    """What the page holds, once it stands still: while it is leaving for another there is nothing to read."""
    for _ in range(100):
        page.wait_for_load_state()
        try:
            return page.content()
        except Error:
            page.wait_for_timeout(100)
    raise AssertionError("the page never stands still")
