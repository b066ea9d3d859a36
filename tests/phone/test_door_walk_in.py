"""Somebody who has not signed up, at a door without a network: kept in the page, sent once, opened again if refused."""

from playwright.sync_api import Page, expect

from tests.phone.evening import child, tap
from tests.phone.test_access import findings


def test_a_walk_in_waits_for_the_network_and_keeps_the_page(page: Page) -> None:
    page.context.set_offline(True)
    tap(page, "Amina", "check_in")
    page.get_by_text("Somebody who has not signed up").click()
    page.get_by_label("First name", exact=True).fill("Walid")
    page.get_by_label("Age, for young people").fill("17")
    page.get_by_label("A phone number").fill("07700 900123")
    page.get_by_role("button", name="Give a place").click()
    expect(page.get_by_label("What needs a look")).to_contain_text("Walid: there is no network, so no place yet")
    expect(page.get_by_label("What needs a look")).to_contain_text("write the name on the paper list")
    expect(page.locator(".unsent")).to_contain_text("2 not sent yet, do not close this page")
    expect(page.get_by_label("First name", exact=True)).to_have_value("")
    assert findings(page) == []
    page.context.set_offline(False)
    expect(child(page, "Walid").locator(".where")).to_have_text("In")
    expect(page.get_by_text("Everything is sent.")).to_be_visible()
    expect(page.locator(".places")).to_have_text(str(page.locator("form.at-door").count()))
    expect(page.get_by_label("What needs a look")).to_be_hidden()
    tap(page, "Walid", "step_out")
    expect(child(page, "Walid").locator(".where")).to_have_text("Out for a moment")


def test_a_walk_in_refused_when_the_network_is_back_is_opened_again_as_it_was_typed(page: Page) -> None:
    page.context.set_offline(True)
    page.get_by_text("Somebody who has not signed up").click()
    page.get_by_label("First name", exact=True).fill("Yusuf")
    page.get_by_label("A phone number").fill("07700 900124")
    page.get_by_label("Age, for young people").fill("24")
    page.get_by_role("button", name="Give a place").click()
    page.context.set_offline(False)
    look = page.get_by_label("What needs a look")
    expect(look).to_contain_text("Yusuf has no place yet.")
    page.get_by_role("button", name="Open what was typed").click()
    expect(look).to_be_hidden()
    expect(page.get_by_label("First name", exact=True)).to_have_value("Yusuf")
    page.get_by_label("Age, for young people").fill("17")
    page.get_by_role("button", name="Give a place").click()
    expect(child(page, "Yusuf").locator(".where")).to_have_text("In")
    expect(look).to_be_hidden()


def test_a_walk_in_whom_the_adults_are_too_few_for_is_let_in_by_one_press_more(page: Page) -> None:
    for name in ("Rosa", "Samir"):
        tap(page, name, "step_out")
    expect(page.get_by_text("Everything is sent.")).to_be_visible()
    page.context.set_offline(True)
    page.get_by_text("Somebody who has not signed up").click()
    page.get_by_label("First name", exact=True).fill("Wren")
    page.get_by_label("Age, for young people").fill("17")
    page.get_by_label("A phone number").fill("07700 900126")
    page.get_by_role("button", name="Give a place").click()
    page.context.set_offline(False)
    expect(page.get_by_label("What needs a look")).to_contain_text("Too few adults in the room")
    page.get_by_role("button", name="Let them in all the same").click()
    expect(child(page, "Wren").locator(".where")).to_have_text("In")
    expect(page.get_by_label("What needs a look")).to_be_hidden()
    for name in ("Rosa", "Samir"):
        tap(page, name, "come_back")
    expect(page.get_by_text("Everything is sent.")).to_be_visible()


def test_somebody_typed_without_a_network_is_asked_for_what_is_missing_at_once(page: Page) -> None:
    page.context.set_offline(True)
    page.get_by_text("Somebody who has not signed up").click()
    page.get_by_label("First name", exact=True).fill("Zoe")
    page.get_by_label("Age, for young people").fill("14")
    page.get_by_label("A phone number").fill("07700 900125")
    page.get_by_role("button", name="Give a place").click()
    expect(page.get_by_label("Under 16: who said yes?")).to_be_focused()
    expect(page.get_by_label("What needs a look")).to_be_hidden()
    assert page.evaluate("document.querySelector('[name=relation]').validationMessage") != ""
