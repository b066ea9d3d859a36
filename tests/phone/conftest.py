"""A real browser on a real server with the demo in it; without Chromium these tests say which package brings it."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from unittest.mock import patch

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from sqlalchemy import delete, update

from engage import create_app
from engage.forums.models import CheckInRow, SignUpRow
from engage.safe import versions
from engage.settings import from_environment, make_keys
from engage.shared import db
from tests.bench.serving import Server, served
from tests.phone.evening import Evening, door, set_up

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 800}
Opens = Callable[..., Page]
expect.set_options(timeout=20_000)  # a busy machine of two cores is slow, not wrong


@pytest.hookimpl(tryfirst=True)  # before those who run tests side by side look for the mark
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/phone" in item.path.as_posix():
            item.add_marker(pytest.mark.phone)
            item.add_marker(pytest.mark.xdist_group("phone"))  # one browser and one server for all of them


@pytest.fixture(scope="session")
def demo_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with keys and the demo in a database, made by the command a newcomer's `make run` uses."""
    folder = tmp_path_factory.mktemp("demo")
    subprocess.run([sys.executable, "-m", "engage.cli", "demo"], env=environment(folder), check=True, timeout=900)
    return folder


def environment(folder: Path) -> dict[str, str]:
    return {**os.environ, "ENGAGE_FOLDER": str(folder), "ENGAGE_DEMO": "1", "ENGAGE_HOST": "127.0.0.1"}


@pytest.fixture(scope="session")
def site(demo_folder: Path) -> Iterator[str]:
    """The address of a running demo, its worker beside it."""
    worker = subprocess.Popen([sys.executable, "-m", "engage.cli", "worker"], env=environment(demo_folder))
    try:
        with served("wsgi:app", environment(demo_folder)) as server:
            yield address(server)
    finally:
        worker.terminate()
        worker.wait(30)


def address(server: Server) -> str:
    return f"http://127.0.0.1:{server.port}"


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("no browser here: the Debian package `chromium` brings it (or set CHROMIUM to its path)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def opens(chromium: Browser, site: str) -> Iterator[Opens]:
    """Open a page of the demo in a fresh context: `opens("/s/youth", script=False, language="ar", dark=True)`."""
    contexts: list[BrowserContext] = []

    def open_page(
        path: str, *, script: bool = True, language: str = "en", dark: bool = False, desk: bool = False
    ) -> Page:
        context = chromium.new_context(
            base_url=site,
            viewport=DESK if desk else PHONE,
            java_script_enabled=script,
            locale=language,
            color_scheme="dark" if dark else "light",
            has_touch=not desk,
        )
        contexts.append(context)
        page = context.new_page()
        page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture(scope="module")
def evening(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Evening]:
    folder = tmp_path_factory.mktemp("evening")
    make_keys(folder)
    with patch.dict(os.environ, environment(folder)):
        app = create_app(from_environment())
    with app.app_context():
        versions.upgrade()
    with served("wsgi:app", environment(folder)) as server:
        found = Evening(app, address(server))
        with app.app_context():
            set_up(found)
        yield found


@pytest.fixture
def page(evening: Evening, chromium: Browser) -> Iterator[Page]:
    """The door on a phone, with nobody in yet."""
    with evening.app.app_context():
        db.session.execute(delete(CheckInRow))
        db.session.execute(update(SignUpRow).where(SignUpRow.age.is_not(None)).values(presence="expected"))
        db.session.commit()
    context = chromium.new_context(base_url=evening.site, viewport=PHONE, has_touch=True)
    yield door(evening, context)
    context.close()
