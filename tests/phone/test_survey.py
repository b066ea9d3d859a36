"""The survey on a phone: keyboard, Back, no signal, shared phones, languages, and the same rules as the server."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from engage.surveys.rules.definition import parse
from engage.surveys.views.inline import read
from engage.surveys.views.whole import item_rules
from tests.phone.conftest import Opens
from tests.phone.walking import content

VECTORS = json.loads((Path(__file__).parents[1] / "rules" / "routing_vectors.json").read_text(encoding="utf-8"))
MOST_BYTES = 14_000


def card(page: Page) -> str:
    return page.evaluate("document.querySelector('.card.on').id").removeprefix("q-")


def choose(page: Page, code: str, value: str) -> None:
    page.locator(f"label.tile:has([name={code}][value={value}])").click()


def go_to(page: Page, code: str) -> None:
    """Press Next, saying yes and 14, until this card is there."""
    for _ in range(60):
        now = card(page)
        if now == code:
            return
        if now in {"consent", "age"}:
            choose(page, now, "yes" if now == "consent" else "'14'")
        page.locator("#next").click()
    raise AssertionError(f"{code} never came")


def test_the_phone_and_the_server_agree_on_every_vector(chromium: Browser) -> None:
    page = chromium.new_page()
    page.add_script_tag(content=read("routing.js"))
    for vector in VECTORS["conditions"]:
        assert page.evaluate("v => holds(v.condition, v.answers)", vector) == vector["holds"], vector
    for vector in VECTORS["shuffles"]:
        assert page.evaluate("v => shuffled(v.options, v.seed, v.item)", vector) == vector["shuffled"], vector
    definition = parse(VECTORS["survey"])
    rules = {
        "items": [{"code": item.code, **item_rules(item)} for item in definition.items],
        "rotations": [[one.code, one.show, one.rows] for one in definition.rotations],
    }
    for vector in VECTORS["paths"]:
        asked = page.evaluate("([r, v]) => path(r, v.answers, v.seed)", [rules, vector])
        assert asked == vector["path"], vector
    page.close()


def test_the_phone_and_the_server_shuffle_the_same(opens: Opens) -> None:
    page = opens("/s/youth")
    go_to(page, "top_concerns")
    read = "card => [...card.querySelectorAll('[name=top_concerns]')].map(one => one.value)"
    fresh = page.locator("#q-top_concerns").evaluate(read)
    page.locator("#next").click()  # saves, so that the server fills the page from now on
    expect(page.locator("#status")).to_have_text("Saved")
    sent = page.request.get("/s/youth").text()
    card = sent[sent.index('id="q-top_concerns"') :]
    assert re.findall(r'name="top_concerns" value="(\w+)"', card[: card.index("</fieldset>")]) == fresh
    page.reload()
    assert page.locator("#q-top_concerns").evaluate(read) == fresh


def test_the_whole_survey_is_one_load(opens: Opens) -> None:
    page = opens("/help")
    line = page.context.new_cdp_session(page)
    loaded: list[float] = []
    line.on("Network.loadingFinished", lambda one: loaded.append(one["encodedDataLength"]))
    line.send("Network.enable")
    page.goto("/s/youth")
    page.wait_for_timeout(500)
    assert len(loaded) <= 2
    assert sum(loaded) <= MOST_BYTES


def test_a_keyboard_is_enough(opens: Opens) -> None:
    page = opens("/s/youth")
    page.locator("#next").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#q-consent h2")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.locator("#q-age h2")).to_be_focused()
    page.keyboard.press("Tab")
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    expect(page.locator("[name=age][value='14']")).to_be_checked()
    page.keyboard.press("Enter")
    expect(page.locator("#q-lives h2")).to_be_focused()


def test_yes_or_no_is_asked_for_in_words(opens: Opens) -> None:
    page = opens("/s/youth")
    page.locator("#next").click()
    page.locator("#next").click()
    expect(page.locator(".card.on .error")).to_have_text("Choose yes or no")
    choose(page, "consent", "no")
    page.locator("#next").click()
    expect(page).to_have_url(re.compile("/s/youth/activity$"))


def test_back_goes_back_a_card_and_loses_nothing(opens: Opens) -> None:
    page = opens("/s/youth")
    go_to(page, "area_happy")
    choose(page, "area_happy", "happy")
    page.locator("#next").click()
    assert card(page) == "family_friendly"
    page.go_back()
    assert card(page) == "area_happy"
    expect(page.locator("[name=area_happy][value=happy]")).to_be_checked()
    page.locator("#back").click()
    expect(page.locator("#q-area")).to_be_visible()


def test_a_fourth_choice_is_not_taken_and_said_so(opens: Opens) -> None:
    page = opens("/s/youth")
    go_to(page, "top_concerns")
    tiles = page.locator("#q-top_concerns .tiles >> nth=0").locator("label")
    for n in range(4):
        tiles.nth(n).click()
    expect(page.locator("#q-top_concerns :checked")).to_have_count(3)
    expect(page.locator("#q-top_concerns .pick")).to_have_text("You have chosen 3. Take one away first.")
    choose(page, "top_concerns", "dont_know")
    expect(page.locator("#q-top_concerns :checked")).to_have_count(1)
    expect(page.locator("#q-top_concerns .pick")).to_have_text("Choose up to 3")


def test_after_a_worrying_answer_the_page_offers_help(opens: Opens) -> None:
    page = opens("/s/youth")
    go_to(page, "safe_home")
    choose(page, "safe_home", "very_unsafe")
    page.locator("#next").click()
    expect(page.locator("#support")).to_be_visible()
    expect(page.locator(".help")).to_be_visible()
    page.locator("#next").click()
    assert card(page) == "safe_school"


def test_without_signal_nothing_is_lost_and_the_page_says_so(opens: Opens) -> None:
    page = opens("/s/youth")
    go_to(page, "area_change")
    page.context.set_offline(True)
    page.locator("#q-area_change textarea").fill("More lights by the river")
    page.locator("#next").click()
    expect(page.locator("#status")).to_have_text("Not saved yet")
    go_to(page, "last")
    page.locator("#send").click()
    expect(page.locator("#status")).to_contain_text("Not sent yet")
    page.context.set_offline(False)
    page.locator("#send").click()
    expect(page).to_have_url(re.compile("/thanks$"))
    expect(page.locator(".words li")).to_have_count(4)


def test_what_is_typed_while_something_else_is_being_saved_is_saved_next(opens: Opens) -> None:
    page, held = opens("/s/youth"), []
    go_to(page, "area_change")
    expect(page.locator("#status")).not_to_have_text("Not saved yet")
    page.route("**/save", lambda route: route.continue_() if held else held.append(route))
    box = page.locator("#q-area_change textarea")
    for words in ("More lights", "More lights by the river"):
        box.fill(words)
        page.locator("#next").click()
        page.go_back()
    expect(page.locator("#status")).to_have_text("")
    held[0].continue_()
    expect(page.locator("#status")).to_have_text("Saved")
    page.reload()
    expect(box).to_have_value("More lights by the river")


def test_a_reload_goes_on_where_it_stopped(opens: Opens) -> None:
    page = opens("/s/youth")
    go_to(page, "area_change")
    page.locator("#q-area_change textarea").fill("More lights")
    page.locator("#next").click()
    expect(page.locator("#status")).to_have_text("Saved")
    page.reload()
    assert card(page) in {"area_change", "places_to_go"}
    expect(page.locator("#q-area_change textarea")).to_have_value("More lights")
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_after_the_end_back_shows_no_answers(opens: Opens) -> None:
    page = opens("/s/youth")
    go_to(page, "area_change")
    page.locator("#q-area_change textarea").fill("Something private")
    go_to(page, "last")
    page.locator("#send").click()
    expect(page).to_have_url(re.compile("/thanks$"))
    for _ in range(3):
        page.go_back()
        assert "Something private" not in content(page)


def test_a_shared_phone_asks_and_then_clears_the_screen(opens: Opens) -> None:
    page = opens("/help")
    page.clock.install()
    page.goto("/s/youth")
    page.locator(".shared").click()
    go_to(page, "area_change")
    page.locator("#q-area_change textarea").fill("Something private")
    page.clock.run_for(70_000)
    expect(page.locator("#still")).to_be_visible()
    posted: list[str] = []
    page.on("request", lambda request: posted.append(request.url) if "/next-person" in request.url else None)
    page.clock.run_for(70_000)  # a slow line: the clock strikes again while the page is still leaving
    page.wait_for_load_state()
    expect(page.locator("#q-about")).to_be_visible()
    assert len(posted) == 1
    assert "Something private" not in content(page)


def test_the_thanks_page_of_a_shared_phone_asks_and_then_makes_room_once(opens: Opens) -> None:
    page = opens("/help")
    page.clock.install()
    page.goto("/s/youth")
    page.locator(".shared").click()
    go_to(page, "last")
    page.locator("#send").click()
    expect(page.locator(".words li")).to_have_count(4)
    words = page.locator(".words").inner_text()
    page.clock.run_for(70_000)
    expect(page.locator("dialog")).to_be_visible()
    page.locator("dialog button").click()
    page.clock.run_for(70_000)
    expect(page.locator("dialog")).to_be_visible()  # asked again: somebody was there a minute ago
    posted: list[str] = []
    page.on("request", lambda request: posted.append(request.url) if "/next-person" in request.url else None)
    page.clock.run_for(70_000)
    page.wait_for_load_state()
    expect(page.locator("#q-about")).to_be_visible()
    assert len(posted) == 1
    assert words.split()[0] not in page.locator("main").inner_text().split()
    page.goto("/s/youth/thanks")
    expect(page.locator(".words")).to_have_count(0)


def test_control_the_thanks_page_of_ones_own_phone_stays(opens: Opens) -> None:
    page = opens("/help")
    page.clock.install()
    page.goto("/s/youth")
    go_to(page, "last")
    page.locator("#send").click()
    expect(page.locator(".words li")).to_have_count(4)
    page.clock.run_for(300_000)
    expect(page.locator("dialog")).to_be_hidden()
    expect(page.locator(".words li")).to_have_count(4)


def test_shift_three_times_leaves(opens: Opens) -> None:
    page = opens("/s/youth")
    left: list[str] = []
    page.on("request", lambda request: left.append(request.url))
    page.route(
        "**/*", lambda route: route.fulfill(body="elsewhere") if "/leave" in route.request.url else route.fallback()
    )
    for _ in range(3):
        page.keyboard.press("Shift")
    page.wait_for_timeout(300)
    assert any(url.endswith("/leave") for url in left)


@pytest.mark.parametrize("script", [True, False])
def test_arabic_reads_from_the_right(opens: Opens, script: bool) -> None:  # noqa: FBT001  (a case, not a switch)
    page = opens("/s/youth?lang=ar", script=script)
    assert page.locator("html").get_attribute("dir") == "rtl"
    mark, leave = page.locator(".brand").bounding_box(), page.locator(".exit").bounding_box()
    assert mark
    assert leave
    assert mark["x"] > leave["x"]


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_nothing_lies_beside_the_screen_and_every_target_is_big_enough(opens: Opens, width: int) -> None:
    page = opens("/s/youth")
    page.set_viewport_size({"width": width, "height": 740})
    for code in ("about", "age", "area", "area_happy", "area_change", "ways_to_say", "top_concerns"):
        go_to(page, code)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), code
        sizes = page.evaluate(
            "[...document.querySelectorAll('.card.on .tile, .steps button, select, textarea')]"
            ".map(e => e.getBoundingClientRect()).filter(r => r.width).map(r => Math.min(r.width, r.height))"
        )
        assert min(sizes) >= 44, code
