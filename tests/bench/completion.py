"""A whole completion of the demo wave in a browser, from the link to the four words: bytes down and up, requests."""

import os
import subprocess
import sys
import tempfile

from playwright.sync_api import Browser, Request, sync_playwright

from tests.bench.phone_page import CHROMIUM, FLAGS
from tests.bench.serving import served
from tests.bench.table import Row
from tests.phone.walking import fill_in_survey

MOST = 40 * 1024
SAID = {"area_change": "More lights on the path by the river, it is dark when we walk home from school"}


def rows() -> list[Row]:
    if CHROMIUM is None:
        return [Row("whole completion", "skipped: no Chromium", "", "", "", "", None)]
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        ours = {"ENGAGE_FOLDER": folder, "ENGAGE_DEMO": "1"}
        subprocess.run([sys.executable, "-m", "engage.cli", "demo"], env={**os.environ, **ours}, check=True)
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        with served("wsgi:app", ours) as server:
            size, count = _completed(browser, f"http://127.0.0.1:{server.port}/s/youth")
        browser.close()
    return [
        Row("whole completion, down and up", size, "bytes", f"<= {MOST}", "LimeSurvey 532 k", "", size <= MOST),
        Row("whole completion, requests", count, "", "", "LimeSurvey 25", "", None),
    ]


def _completed(browser: Browser, address: str) -> tuple[int, int]:
    context = browser.new_context(viewport={"width": 360, "height": 740}, is_mobile=True, has_touch=True)
    page = context.new_page()
    sent: list[Request] = []
    page.on("requestfinished", lambda one: sent.append(one))  # noqa: PLW0108  (a built-in cannot be listened with)
    page.goto(address)
    fill_in_survey(page, SAID)
    page.locator("#send").click()
    page.locator(".words").wait_for()
    page.wait_for_load_state("networkidle")
    size = sum(sum(one.sizes().values()) for one in sent)
    context.close()
    return size, len(sent)
