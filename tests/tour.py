"""`make tour`: take the README's pictures from the demo, so that they stay true."""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.bench.serving import served
from tests.phone.conftest import CHROMIUM, DESK, FLAGS, PHONE, environment
from tests.phone.walking import PASSWORD, fill_in_survey

PICTURES = Path(__file__).parents[1] / "docs" / "tour"
PUBLIC_PAGES = {"concern": "dark-path-from-the-station", "scoreboard": "scoreboard", "wave": "waves/youth-2026"}
DESK_PAGES = {
    "today": ("amara.voice@example.org", "/desk/"),
    "reading": ("amara.voice@example.org", "/desk/reading/"),
    "coding": ("amara.voice@example.org", "/desk/coding/"),
    "new": ("amara.voice@example.org", "/desk/emerging/"),
    "themes": ("amara.voice@example.org", "/desk/themes/"),
    "results": ("helen.pqa@example.org", "/desk/results/"),
    "pack": ("helen.pqa@example.org", "/desk/packs/"),
}


def main() -> int:
    if CHROMIUM is None:
        print("The pictures need a browser: the Debian package `chromium` brings it")
        return 1
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        subprocess.run([sys.executable, "-m", "engage.cli", "demo"], env=environment(folder), check=True)
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        with served("wsgi:app", environment(folder)) as server:
            root = f"http://127.0.0.1:{server.port}"
            phone_pictures(browser, root, four_words(folder))
            door_picture(browser, root)
            for picture, (email, path) in DESK_PAGES.items():
                desk_picture(browser, root, picture, email=email, path=path)
        browser.close()
    return 0


def four_words(folder: Path) -> str:
    """Ask the demo for the words of an invented young person whose concern was answered."""
    code = "from wsgi import app; from engage import demo; app.app_context().push(); print(demo.receipt('loop'))"
    command = [sys.executable, "-c", code]
    return subprocess.run(command, env=environment(folder), check=True, capture_output=True, text=True).stdout.strip()


def phone_pictures(browser: Browser, root: str, words: str) -> None:
    page = browser.new_page(viewport=PHONE, base_url=root)
    page.goto("/s/youth")
    for _ in range(60):
        if page.locator("#q-safe_area_dark").is_visible():
            break
        fill_one(page)
    page.locator("#q-safe_area_dark input[type=radio]").nth(1).check(force=True)
    keep(page, "question")
    fill_in_survey(page, {"area_best": "the library"})
    page.locator("#send").click()
    page.wait_for_url("**/thanks")
    keep(page, "receipt-words")
    for name, path in PUBLIC_PAGES.items():
        page.goto(f"/you-said-we-did/{path}")
        keep(page, name)
    page.goto("/receipt")
    page.locator("input[name=words]").fill(words)
    page.locator("main form button").first.click()
    page.wait_for_load_state()
    keep(page, "receipt")
    page.goto("/forums/")
    page.get_by_role("link", name="Being safe online").click()
    keep(page, "forum")
    page.close()


def fill_one(page: Page) -> None:
    card = page.locator(".card:visible")
    code = (card.get_attribute("id") or "").removeprefix("q-")
    wanted = {"consent": "yes", "age": "15"}.get(code)
    choices = card.locator(f"input[value='{wanted}']" if wanted else "input[type=radio], input[type=checkbox]")
    if code and choices.count():
        choices.first.check(force=True)
    page.locator("#next").click()


def door_picture(browser: Browser, root: str) -> None:
    page = browser.new_page(viewport=PHONE, base_url=root)
    sign_in(page, "casper.door@example.org")
    page.get_by_role("link", name=re.compile("You are at the door")).click()
    keep(page, "door")
    page.close()


def sign_in(page: Page, email: str) -> None:
    page.goto("/sign-in")
    page.locator("input[name=email]").fill(email)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main button[type=submit], main input[type=submit]").first.click()


def desk_picture(browser: Browser, root: str, name: str, *, email: str, path: str) -> None:
    page = browser.new_page(viewport=DESK, base_url=root)
    sign_in(page, email)
    page.goto(path)
    if name == "results":
        page.get_by_role("link", name=re.compile("Youth Perception Survey 20")).first.click()
    if name == "pack":
        page.get_by_role("link", name=re.compile("^Version")).first.click()
    keep(page, name)
    page.close()


def keep(page: Page, name: str) -> None:
    page.wait_for_timeout(300)
    page.screenshot(path=PICTURES / f"{name}.png")


if __name__ == "__main__":
    sys.exit(main())
