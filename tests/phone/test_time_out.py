"""A phone that others use too asks after a minute and clears its screen after two; what was answered is kept."""

from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, Request, Route, expect

from engage.shared import db
from tests.phone.conftest import PHONE
from tests.phone.in_process import served_here
from tests.phone.test_bad_line import go_to, here
from tests.surveys import make_wave

NINTH = "area_best"  # its first eight cards: about, consent, age, lives, school_year, area, area_happy, family_friendly
BOX = f"#q-{NINTH} textarea"


@pytest.fixture
def site(app: Flask, database: None) -> Iterator[str]:
    make_wave()
    db.session.rollback()
    with served_here(app) as address:
        yield address


@pytest.fixture
def phone(site: str, chromium: Browser) -> Iterator[BrowserContext]:
    context = chromium.new_context(base_url=site, viewport=PHONE, locale="en")  # type: ignore[arg-type]
    yield context
    context.close()


def at_card_nine(phone: BrowserContext) -> Page:
    """A phone that others use too, with eight cards answered, one of them by hand."""
    page = phone.new_page()
    page.clock.install()
    page.goto("/s/youth")
    page.locator(".shared").click()
    go_to(page, "area_happy")
    page.locator("label.tile:has([value=happy])").first.click()
    go_to(page, NINTH)
    return page


def test_a_time_out_on_card_nine_is_put_off_and_then_keeps_all_nine_though_the_network_is_cut(
    phone: BrowserContext, chromium: Browser, site: str
) -> None:
    page = at_card_nine(phone)
    phone.set_offline(True)
    page.locator(BOX).fill("The river")
    page.clock.run_for(70_000)
    expect(page.locator("#still")).to_be_visible()
    page.locator("#still .button").click()  # "Yes, carry on"
    page.clock.run_for(50_000)
    assert here(page) == NINTH, "two minutes after the first touch, but not after this one"
    expect(page.locator(BOX)).to_have_value("The river")
    page.clock.run_for(90_000)
    expect(page.locator("#f")).to_be_hidden()
    expect(page.locator("#kicker")).to_have_text("Not saved yet")
    expect(page.locator(".exit, .help")).to_have_count(2)
    mine = phone.cookies()
    phone.set_offline(False)
    page.clock.run_for(20_000)
    expect(page.locator("#q-about")).to_be_visible()
    expect(page.locator(BOX)).to_have_value("")
    again = chromium.new_context(base_url=site, storage_state={"cookies": mine, "origins": []})  # type: ignore[typeddict-item]
    kept = again.new_page()
    kept.goto("/s/youth")
    expect(kept.locator(BOX)).to_have_value("The river")
    expect(kept.locator("[name=area_happy][value=happy]")).to_be_checked()
    expect(kept.locator("[name=consent][value=yes]")).to_be_checked()
    again.close()


def test_stopping_without_a_network_says_that_nothing_is_kept_yet_and_stays(phone: BrowserContext) -> None:
    page = at_card_nine(phone)
    phone.set_offline(True)
    page.locator(BOX).fill("The river")
    page.get_by_role("button", name="Stop and keep it for later").click()
    expect(page.locator("#status")).to_have_text("Not saved yet")
    expect(page.locator(BOX)).to_have_value("The river")
    phone.set_offline(False)
    page.get_by_role("button", name="Stop and keep it for later").click()
    page.wait_for_url("**/paused")
    expect(page.locator(".words li")).to_have_count(4)
    page.get_by_role("link", name="Go on now").click()
    expect(page.locator(BOX)).to_have_value("The river")


def test_near_its_end_a_long_answer_is_counted_and_what_was_wrong_goes_with_it(phone: BrowserContext) -> None:
    page = at_card_nine(phone)
    told = page.locator("#status[role=status]")
    page.locator(BOX).fill("a" * 1700)
    page.clock.run_for(1_500)
    expect(told).to_have_text("")
    page.locator(BOX).fill("a" * 1900)
    page.clock.run_for(1_500)
    expect(told).to_have_text("Write up to 2000 characters. You wrote 1900")
    page.locator(BOX).fill("a" * 2001)
    page.locator("#next").click()
    wrong = page.locator(f"#q-{NINTH} .error")
    expect(wrong).to_have_text("Write up to 2000 characters. You wrote 2001")
    page.locator(BOX).fill("a" * 2000)
    page.locator("#next").click()
    page.locator("#back").click()
    expect(page.locator(BOX)).to_be_visible()
    expect(wrong).to_have_count(0)


def test_a_page_that_became_too_old_says_so_and_then_goes_on_in_another_language_with_all_that_was_typed(
    phone: BrowserContext,
) -> None:
    page = at_card_nine(phone)
    page.locator(BOX).fill("The river")
    phone.clear_cookies()
    page.locator("button[lang=pl]").click()
    expect(page.locator("#summary")).to_contain_text("This page was open for a long time")
    assert here(page) == NINTH
    expect(page.locator(BOX)).to_have_value("The river")
    page.locator("button[lang=pl]").click()
    expect(page.locator("html")).to_have_attribute("lang", "pl")
    expect(page.locator(BOX)).to_have_value("The river")
    expect(page.locator("[name=area_happy][value=happy]")).to_be_checked()


@pytest.mark.parametrize("way", ["exit", "cleared"])
def test_a_page_that_became_too_old_does_not_come_back_once_somebody_left(phone: BrowserContext, way: str) -> None:
    page = at_card_nine(phone)
    page.locator(BOX).fill("The river")
    held: list[Route] = []
    sections: list[str] = []

    def hold(route: Route) -> None:
        held.append(route)

    def note(asked: Request) -> None:
        sections.extend([asked.url] if "/section/" in asked.url else [])

    page.route("**/save", hold)
    page.on("request", note)
    page.route("**/next-person", lambda route: route.abort())
    page.route("**/leave", lambda route: route.fulfill(body="elsewhere"))
    page.locator("#next").click()
    page.wait_for_timeout(200)
    if way == "exit":
        page.evaluate("document.body.hidden = true")  # as leaving does first, while the way out is still loading
    else:
        page.clock.run_for(130_000)
        expect(page.locator("#f")).to_be_hidden()
    held[0].fulfill(status=422)
    page.wait_for_timeout(500)
    assert sections == []
    assert not page.locator(BOX).is_visible()
