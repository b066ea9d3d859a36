"""A survey on a bad line, a large screen font and a small screen: nothing is lost, everything can be reached."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from engage.shared import db
from tests.phone.conftest import PHONE, Opens
from tests.phone.in_process import served_here
from tests.surveys import make_wave

Opened = Callable[..., Page]
ZOOMED = {"width": 320, "height": 200}  # 1280 by 800, enlarged four times


@pytest.fixture
def opened(app: Flask, database: object, chromium: Browser) -> Iterator[Opened]:
    make_wave()
    db.session.rollback()
    with served_here(app) as address:
        contexts = []

        def open_it(to: str = "", *, script: bool = True, size: dict[str, int] = PHONE) -> Page:
            context = chromium.new_context(base_url=address, viewport=size, java_script_enabled=script)  # type: ignore[arg-type]
            contexts.append(context)
            page = context.new_page()
            if script:
                page.clock.install()
            page.goto(f"/s/youth{to}")
            return page

        yield open_it
        for context in contexts:
            context.close()


def here(page: Page) -> str:
    return str(page.evaluate("document.querySelector('.card.on').id")).removeprefix("q-")


def go_to(page: Page, code: str) -> None:
    for _ in range(60):
        now = here(page)
        if now == code:
            return
        if now in {"consent", "age"}:
            page.locator(f"label.tile:has([name={now}])").first.click()
        page.locator("#next").click()
    raise AssertionError(f"{code} never came")


def test_two_minutes_without_a_network_in_the_middle_lose_nothing(opened: Opened) -> None:
    page = opened()
    go_to(page, "area_best")
    page.locator("#q-area_best textarea").fill("The river")
    page.context.set_offline(True)
    page.locator("#next").click()
    expect(page.locator("#status")).to_have_text("Not saved yet")
    page.locator("#q-area_change textarea").fill("More lights")
    for _ in range(12):
        page.clock.run_for(10_000)
        expect(page.locator("#status")).to_have_text("Not saved yet")
    page.locator("#next").click()
    assert here(page) == "places_to_go", "the way on needs no network"
    page.context.set_offline(False)
    page.clock.run_for(10_000)
    expect(page.locator("#status")).to_have_text("Saved")
    other = page.context.new_page()
    other.goto("/s/youth")
    expect(other.locator("#q-area_best textarea")).to_have_value("The river")
    expect(other.locator("#q-area_change textarea")).to_have_value("More lights")


def go_on(page: Page, *, loads: bool) -> None:
    if not loads:
        page.locator("#next").click()
        return
    with page.expect_navigation():  # without a script each part is a page of its own
        page.locator("#next").click()


@pytest.mark.parametrize("script", [True, False])
def test_four_times_enlarged_nothing_lies_beside_the_screen(opened: Opened, script: bool) -> None:  # noqa: FBT001  (a case)
    page = opened(script=script, size=ZOOMED)
    for _ in range(6):
        width = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        assert width[0] <= width[1], here(page)
        if script and here(page) in {"consent", "age"}:
            page.locator(f"label.tile:has([name={here(page)}])").first.click()
        elif not script and page.locator("[name=consent]").first.is_visible():
            page.locator("[name=consent]").first.check(force=True)
        go_on(page, loads=not script)
    assert here(page) not in {"about", "consent"}


def test_the_screen_says_when_it_will_be_cleared_and_how_to_keep_it(opened: Opened) -> None:
    page = opened()
    page.locator(".shared").click()
    go_to(page, "area_best")
    page.locator("#q-area_best textarea").fill("The river")
    page.clock.run_for(70_000)
    expect(page.locator("#still")).to_contain_text("this screen is cleared in a minute")
    page.locator("#still .plain").click()
    page.wait_for_url("**/paused")
    expect(page.locator(".words li")).to_have_count(4)
    page.get_by_role("link", name="Go on now").click()
    expect(page.locator("#q-area_best textarea")).to_have_value("The river")


def test_help_is_drawn_a_moment_later_also_where_the_script_does_not_run_on(opens: Opens) -> None:
    page = opens("/help")
    page.add_init_script("addEventListener = () => { throw Error('as where a phone has no more memory'); }")
    page.goto("/s/youth", wait_until="commit")
    for one in (page.locator(".help li a").first, page.locator(".foot a").last):
        expect(one).to_be_visible()
    assert (
        page.evaluate("document.getElementById('q-consent').checkVisibility()") is False
    )  # the style knows of a script
    assert page.evaluate("document.documentElement.className") == "js"
