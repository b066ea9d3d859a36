"""Leaving the survey on a phone: to another language, to another site, to the next person, and what stays behind."""

import re

import pytest
from playwright.sync_api import expect

from tests.phone.conftest import Opens
from tests.phone.test_survey import go_to


def test_another_language_keeps_what_was_answered_a_moment_ago(opens: Opens) -> None:
    page = opens("/s/youth")
    go_to(page, "area_change")
    page.locator("#q-area_change textarea").fill("More lights by the river")
    page.locator("button[lang=pl]").click()
    expect(page.locator("html")).to_have_attribute("lang", "pl")
    expect(page.locator("#q-area_change textarea")).to_have_value("More lights by the river")


def test_without_signal_another_language_waits_until_all_is_kept(opens: Opens) -> None:
    page = opens("/s/youth")
    go_to(page, "area_change")
    page.context.set_offline(True)
    page.locator("#q-area_change textarea").fill("More lights by the river")
    page.locator("button[lang=pl]").click()
    expect(page.locator("#status")).to_contain_text("Not saved yet")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("#q-area_change textarea")).to_have_value("More lights by the river")


def test_leaving_in_the_middle_leaves_nothing_to_go_back_to(opens: Opens) -> None:
    page = opens("/help")
    page.goto("/s/youth")
    go_to(page, "safe_home")
    page.context.route("**/leave", lambda route: route.fulfill(body="<p>elsewhere", content_type="text/html"))
    page.locator("a.exit").click()
    expect(page.locator("body")).to_have_text("elsewhere")
    page.go_back()
    expect(page).to_have_url(re.compile("/help$"))


def test_leaving_in_the_very_moment_of_arriving_leaves_nothing_to_go_back_to(opens: Opens) -> None:
    """The script has not begun then; a tap begins it before the link is followed."""
    page = opens("/help")
    at_once = 'setTimeout(() => document.querySelector(".exit").click())'
    only_here = f'if (location.pathname == "/s/youth") addEventListener("DOMContentLoaded", () => {at_once})'
    page.add_init_script(only_here)
    page.context.route("**/leave", lambda route: route.fulfill(body="<p>elsewhere", content_type="text/html"))
    page.goto("/s/youth", wait_until="commit")
    expect(page.locator("body")).to_have_text("elsewhere")
    page.go_back()
    expect(page).to_have_url(re.compile("/help$"))


def test_back_goes_a_card_back_and_forth_again(opens: Opens) -> None:
    page = opens("/s/youth")
    go_to(page, "age")
    page.go_back()
    expect(page.locator(".card.on")).not_to_have_id("q-age")
    page.go_forward()
    expect(page.locator(".card.on")).to_have_id("q-age")


def test_that_others_use_the_phone_outlasts_a_reload_and_the_next_person(opens: Opens) -> None:
    page = opens("/s/youth")
    page.locator(".shared").click()
    go_to(page, "area_change")
    page.locator("#q-area_change textarea").fill("Something private")
    page.locator("#next").click()
    expect(page.locator("#status")).to_have_text("Saved")
    page.reload()
    expect(page.locator("[name=_shared]")).to_be_checked()
    go_to(page, "last")
    page.locator("#send").click()
    expect(page).to_have_url(re.compile("/thanks$"))
    page.goto("/s/youth")
    expect(page.locator("main a.button")).to_have_count(0)  # no way to somebody else's four words
    page.get_by_role("button", name="I'm somebody else").click()
    expect(page.locator("[name=_shared]")).to_be_checked()


@pytest.mark.parametrize("address", ["/s/youth", "/forums/"])
def test_exit_is_the_first_link_after_the_skip_link_and_stands_where_it_stood(opens: Opens, address: str) -> None:
    page = opens(address)
    classes = []
    for _ in range(3):
        page.keyboard.press("Tab")
        classes.append(page.evaluate("document.activeElement.className"))
    assert classes == ["skip", "exit", "brand"]
    brand, leave = (page.locator(name).bounding_box() for name in ("a.brand", "a.exit"))
    assert brand is not None
    assert leave is not None
    assert brand["x"] + brand["width"] <= leave["x"]
