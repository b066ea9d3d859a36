"""From pressing the exit to the other page being asked for, in a real browser; and what can be found afterwards."""

import json
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from flask import Flask
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.bench.phone_page import CHROMIUM, FLAGS, SLOWER
from tests.bench.table import Row
from tests.faults.killing import SURVEY, installed
from tests.phone.in_process import served_here
from tests.phone.test_survey import go_to

MOST, TIMES, BACKS = 300.0, 10, 5  # milliseconds
PRIVATE = "nobody at home may read this"
PHONE = {"width": 360, "height": 740}
PRESSED = "pressed "
CLOCK = """
const tell = event => event.key === "Shift" || event.type === "click" && event.target.closest(".exit")
  ? console.log("pressed " + (performance.timeOrigin + performance.now())) : 0;
for (const kind of ["click", "keydown"]) addEventListener(kind, tell, true);
"""
STORED = """async () => [localStorage.length, sessionStorage.length, (await indexedDB.databases()).length,
  (await caches.keys()).length]"""
Press = Callable[[Page], None]


@dataclass
class Neutral:
    """Another site; it notes when it was asked."""

    address: str
    asked: list[float]  # seconds since 1970


def rows() -> list[Row]:
    """How long it takes from each kind of page by each way out, and what Back, a reload and the storage give away."""
    if CHROMIUM is None:
        return [Row("exit", "skipped: no Chromium", "", "", "", "", None)]
    with (
        _neutral() as neutral,
        tempfile.TemporaryDirectory() as folder,
        patch.dict(os.environ, {"ENGAGE_EXIT_TO": neutral.address}),
        installed(Path(folder)) as (installation, _),
        sync_playwright() as playwright,
    ):
        site = f"http://127.0.0.1:{installation.port}"
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        found = [_row(way, browser, site, neutral) for way in WAYS]
        found += [_recoverable(browser, site, neutral), _control(browser, site, neutral)]
        browser.close()
    return found


@contextmanager
def _neutral() -> Iterator[Neutral]:
    neutral, app = Neutral("", []), Flask("neutral")

    @app.get("/weather")
    def weather() -> str:
        neutral.asked.append(time.time())
        return "<!DOCTYPE html><title>Weather</title><link rel=icon href='data:,'><h1>Elsewhere</h1>"

    with served_here(app) as address:
        neutral.address = address.replace("127.0.0.1", "localhost") + "/weather"
        yield neutral


def _survey(page: Page) -> None:
    page.goto(SURVEY)
    go_to(page, "area_change")
    page.locator("#q-area_change textarea").fill(PRIVATE)


def _survey_sent_by_parts(page: Page) -> None:
    page.goto(SURVEY)
    expect(page.locator("#f")).to_be_visible()


def _forums(page: Page) -> None:
    page.goto("/forums/")


def _receipt(page: Page) -> None:
    page.goto("/receipt")


def _by_link(page: Page) -> None:
    page.locator("a.exit").click(no_wait_after=True)


def _by_shift(page: Page) -> None:
    for _ in range(3):
        page.keyboard.press("Shift")


@dataclass(frozen=True)
class Way:
    """A way out: from where, by what, on what."""

    name: str
    come: Press
    leave: Press = _by_link
    script: bool = True
    slower: int = 1


WAYS = (
    Way("half way through the survey, the link", _survey),
    Way("half way through the survey, Shift", _survey, _by_shift),
    Way(f"the link, on a {SLOWER} times slower phone", _survey, slower=SLOWER),
    Way("the survey without a script", _survey_sent_by_parts, script=False),
    Way("the forums, the link", _forums),
    Way("the four words, Shift", _receipt, _by_shift),
)


def _row(way: Way, browser: Browser, site: str, neutral: Neutral) -> Row:
    times = sorted(_once(way, browser, site, neutral) for _ in range(TIMES))
    words = f"slowest of {TIMES}, median {times[TIMES // 2]:.0f}"
    if way.slower > 1:
        return Row(f"exit: {way.name}", times[-1], "ms", "", words, "", None)
    return Row(f"exit: {way.name}", times[-1], "ms", f"< {MOST:.0f}", words, "", times[-1] < MOST)


def _once(way: Way, browser: Browser, site: str, neutral: Neutral) -> float:
    context = browser.new_context(base_url=site, viewport=PHONE, java_script_enabled=way.script)
    page, said = context.new_page(), list[str]()
    page.add_init_script(CLOCK)
    page.on("console", lambda line: said.append(line.text))
    way.come(page)
    context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": way.slower})
    page.locator("a.exit").hover()  # without a script the clock is ours, and finding the link is not the exit's
    before = time.time() * 1000
    _left(page, neutral, way.leave)
    context.close()
    pressed = [float(line.removeprefix(PRESSED)) for line in said if line.startswith(PRESSED)]
    return neutral.asked[-1] * 1000 - (pressed[-1] if way.script else before)


def _left(page: Page, neutral: Neutral, leave: Press) -> None:
    leave(page)
    page.wait_for_url(neutral.address)
    expect(page.locator("h1")).to_have_text("Elsewhere")


def _recoverable(browser: Browser, site: str, neutral: Neutral) -> Row:
    found = _found_after(browser, site, neutral, _by_link)
    words = f"Back x {BACKS}, reload, storage, cookie, the page again"
    return Row("exit: places where something is found", len(found), ", ".join(found), "0", words, "", not found)


def _control(browser: Browser, site: str, neutral: Neutral) -> Row:
    found = _found_after(browser, site, neutral, lambda page: page.evaluate(f"location.href = {neutral.address!r}"))
    words = "an exit that only follows a link"
    return Row("control: places where something is found", len(found), "", "> 0", words, "", bool(found))


def _found_after(browser: Browser, site: str, neutral: Neutral, leave: Press) -> list[str]:
    context = browser.new_context(base_url=site, viewport=PHONE)
    page = context.new_page()
    page.goto("/help")
    _survey(page)
    page.locator("#next").click()
    expect(page.locator("#status")).to_have_text("Saved")
    _left(page, neutral, leave)
    found = [f"Back {back}" for back in range(1, BACKS + 1) if _holds(page, page.go_back)]
    found += ["reload"] if _holds(page, page.reload) else []
    found += ["the page again"] if _holds(page, lambda: page.goto(SURVEY)) else []
    page.goto("/help")
    stored = page.evaluate(STORED)
    found += [f"storage {json.dumps(stored)}"] if any(stored) else []
    context.close()
    return found


def _holds(page: Page, go: Callable[[], object]) -> bool:
    """Go somewhere, and say whether the private words, or a survey that was begun, are there."""
    go()
    page.wait_for_load_state()
    typed = page.evaluate("[...document.querySelectorAll('textarea')].map(box => box.value).join()")
    return PRIVATE in page.content() + typed
