"""Every kind of question on a phone: by thumb, by keyboard, from right to left, and the same rules as the server."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from engage.safeguarding.models import AlertRow
from engage.shared import db
from engage.surveys.models import AnswerRow, SittingRow, WrittenRow
from engage.surveys.rules.definition import Definition, parse
from engage.surveys.rules.routing import options_shown
from tests.kinds import document, every_kind, make_kinds_wave, options
from tests.phone.conftest import PHONE
from tests.phone.in_process import served_here
from tests.phone.test_access import SHOW_ALL, findings, small_targets, too_wide

Opened = Callable[..., Page]


@pytest.fixture
def definition() -> Definition:
    return every_kind()


def shuffled_with_not_sure() -> Definition:
    asked = document()
    (who,) = (item for item in asked["sections"][1]["items"] if item["code"] == "who")
    who.update(options=options(*"bcdefgh", "other"), shuffle=True, keep_last=["other"], unsure=True)
    return parse(asked)


@pytest.fixture
def opened(app: Flask, database: object, chromium: Browser, definition: Definition) -> Iterator[Opened]:
    """Open the survey of every kind, or another one, in a phone."""
    make_kinds_wave(definition)
    db.session.rollback()  # what the test looked at is over: the server writes
    with served_here(app) as address:
        contexts = []

        def open_it(to: str = "", *, dark: bool = False) -> Page:
            context = chromium.new_context(
                base_url=address, viewport=PHONE, has_touch=True, color_scheme="dark" if dark else "light"
            )  # type: ignore[arg-type]
            contexts.append(context)
            page = context.new_page()
            page.goto(f"/s/kinds{to}")
            return page

        yield open_it
        for context in contexts:
            context.close()


def tick(page: Page, code: str, value: str) -> None:
    page.locator(f"label.tile:has([name={code}][value='{value}'])").click()


def go_to(page: Page, code: str) -> None:
    for _ in range(30):
        now = page.evaluate("document.querySelector('.card.on').id").removeprefix("q-")
        if now == code:
            return
        if now == "consent":
            tick(page, now, "yes")
        page.locator("#next").click()
    raise AssertionError(f"{code} never came")


def back_to(page: Page, code: str) -> None:
    while not page.locator(f"#q-{code}.on").count():
        page.go_back()


def order_of(page: Page) -> list[str]:
    return list(page.locator("#q-order li").evaluate_all("rows => rows.map(row => row.dataset.v)"))


def test_a_list_with_other_opens_its_box_and_is_said_later(opened: Opened) -> None:
    page = opened()
    go_to(page, "way")
    box = page.locator("[name='way:other']")
    expect(box).to_be_hidden()
    page.locator("select[name=way]").select_option("other")
    box.fill("scooter")
    expect(page.locator("select[name=way]")).to_have_value("other")
    go_to(page, "buses")
    page.locator("#q-buses input[type=text]").fill("૧૨")  # digits of a Gujarati keyboard
    page.keyboard.press("Enter")
    expect(page.locator("#q-one_word h2")).to_be_focused()
    go_to(page, "place")
    tick(page, "place", "tree")
    go_to(page, "why")
    expect(page.locator("#q-why h2")).to_have_text("Why Tree?")
    go_to(page, "often")
    expect(page.locator("#q-often h2")).to_have_text("How often by Other?")


def test_words_beside_other_go_when_it_is_taken_back(opened: Opened, database: object) -> None:
    page = opened()
    go_to(page, "way")
    way = page.locator("select[name=way]")
    for chosen in ("other", ""):
        way.select_option(chosen)
        if chosen:
            page.locator("[name='way:other']").fill("nobody, my stepdad hits me")
            page.locator("#next").click()
            back_to(page, "way")
    go_to(page, "what")
    tick(page, "what", "other")
    page.locator("[name='what:other']").fill("a slide")
    tick(page, "what", "other")
    tick(page, "what", "other")
    expect(page.locator("[name='what:other']")).to_have_value("")
    go_to(page, "last")
    page.locator("#send").click()
    page.wait_for_url("**/thanks")
    db.session.rollback()
    assert list(db.session.scalars(select(WrittenRow.words))) == []
    assert list(db.session.scalars(select(AlertRow))) == []
    assert db.session.scalar(select(AnswerRow.option).where(AnswerRow.item == "way")) == "skipped"


def test_an_order_is_made_with_buttons_and_a_keyboard(opened: Opened) -> None:
    page = opened()
    go_to(page, "order")
    before = order_of(page)
    colour = "row => getComputedStyle(row).backgroundColor"
    plain = page.locator("#q-order li").first.evaluate(colour)
    last = page.get_by_role("button", name=f"Up: {before[2].capitalize()}")
    last.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    assert order_of(page) == [before[2], before[0], before[1]]
    expect(page.locator("#q-order .pick")).to_have_text(f"{before[2].capitalize()} is now number 1.")
    expect(last).to_be_focused()
    assert page.locator("#q-order li").first.evaluate(colour) != plain, "only what counts looks chosen"
    tick(page, "order", "dont_know")
    expect(page.locator("#q-order .ranked")).to_have_count(0)
    page.locator("#q-order .right").click()
    expect(page.locator("[name=order]:checked")).to_have_count(0)
    go_to(page, "one_word")  # saved on the way
    page.locator("#q-one_word input[type=text]").fill("Green")
    page.locator("#next").click()
    expect(page.locator("#status")).to_have_text("Saved")
    page.reload()
    back_to(page, "order")
    assert order_of(page) == [before[2], before[0], before[1]]
    expect(page.locator("#q-order .ranked")).to_have_count(1)


@pytest.mark.parametrize("definition", [shuffled_with_not_sure()])
def test_not_sure_stays_last_where_the_others_are_shuffled(opened: Opened, definition: Definition) -> None:
    page = opened()
    go_to(page, "who")
    seed = int(page.locator("[data-seed]").get_attribute("data-seed") or "")
    shown = page.locator("#q-who .tiles:not(.unsaid) input").evaluate_all("all => all.map(one => one.value)")
    assert shown == [*options_shown(definition.item("who"), seed), "dont_know"]


def test_what_a_phone_sends_is_kept_as_it_was_meant(opened: Opened, database: object) -> None:
    page = opened("?lang=ar")
    go_to(page, "order")
    order = order_of(page)
    page.locator("#q-order li").first.locator(".down").click()
    go_to(page, "sure")
    tick(page, "sure", "dont_know")
    go_to(page, "who")
    tick(page, "who", "other")
    page.locator("[name='who:other']").fill("عمي")
    go_to(page, "last")
    page.locator("#send").click()
    page.wait_for_url("**/thanks")
    db.session.rollback()
    chosen = db.session.scalars(select(AnswerRow.option).where(AnswerRow.item == "order").order_by(AnswerRow.option))
    assert list(chosen) == [f"1.{order[1]}", f"2.{order[0]}", f"3.{order[2]}"]
    assert db.session.scalar(select(AnswerRow.option).where(AnswerRow.item == "sure")) == "dont_know"
    assert db.session.scalar(select(WrittenRow.words).where(WrittenRow.item == "who")) == "عمي"


def test_who_says_no_leaves_nothing_behind(opened: Opened, database: object) -> None:
    page = opened()
    go_to(page, "one_word")
    page.locator("#q-one_word input[type=text]").fill("Green")
    page.locator("#next").click()
    expect(page.locator("#status")).to_have_text("Saved")
    back_to(page, "consent")
    tick(page, "consent", "no")
    page.locator("#next").click()
    page.wait_for_url("**/activity")
    db.session.rollback()
    assert list(db.session.scalars(select(SittingRow))) == []


def test_every_card_gets_its_names_and_its_last_two_tiles_once_it_is_shown(opened: Opened) -> None:
    page = opened()
    assert page.locator("[value=rather_not_say]").count() < 11
    go_to(page, "last")  # past all but two cards: those are for other answers
    faulty = """() => [...document.querySelectorAll("fieldset")].filter(card => {
      const fields = [...card.querySelectorAll("input, select, textarea")], code = card.id.slice(2);
      return fields.some(field => field.name.split(":")[0] != code && field.name != "_shared");
    }).map(card => card.id)"""
    assert page.evaluate(faulty) == []
    expect(page.locator("[value=rather_not_say]")).to_have_count(11)
    expect(page.locator("[name=what][value=dont_know][type=checkbox]")).to_have_count(1)


def test_another_language_and_easy_words_keep_what_was_typed(opened: Opened) -> None:
    page = opened()
    go_to(page, "one_word")
    page.locator("#q-one_word input[type=text]").fill("Green")
    with page.expect_navigation():
        page.get_by_role("button", name="Easy words").click()
    expect(page.locator("#q-one_word input[type=text]")).to_have_value("Green")
    go_to(page, "who")
    expect(page.locator("#q-who h2")).to_have_text("Who?")
    page.get_by_role("button", name="العربية").click()
    expect(page.locator("#q-who h2")).to_have_text("Who? بالعربية")
    expect(page.locator("#q-one_word input[type=text]")).to_have_value("Green")


def test_reading_aloud_is_offered_where_the_phone_itself_has_a_voice(opened: Opened) -> None:
    voices = """
      const told = new EventTarget();
      told.getVoices = () => [{lang: "en-GB", localService: LOCAL}];
      told.speak = said => { window.spoken = said.text; told.speaking = true; };
      told.cancel = () => told.speaking = false;
      Object.defineProperty(window, "speechSynthesis", {value: told});
      window.SpeechSynthesisUtterance = function (text) { this.text = text; };
    """
    page = opened()
    for local in ("false", "true"):
        page = page.context.new_page()
        page.add_init_script(voices.replace("LOCAL", local))
        page.goto("/s/kinds")
        expect(page.locator("#aloud")).to_be_visible(visible=local == "true")
    page.locator("#aloud").click()
    assert page.evaluate("spoken").startswith("What is this?")
    page.locator("#next").click()
    assert page.evaluate("speechSynthesis.speaking") is False
    page.goto("/s/kinds?lang=pl")
    expect(page.locator("#aloud")).to_be_hidden()


@pytest.mark.parametrize("to", ["", "?lang=ar&easy=1"])
def test_every_kind_is_for_everyone(opened: Opened, to: str) -> None:
    for dark in (False, True):
        page = opened(to, dark=dark)
        page.evaluate(SHOW_ALL)
        assert findings(page) == []
        assert not too_wide(page)
        assert small_targets(page) == []
