"""Back, forward and reload while signing up: nothing is lost, nothing is asked twice, nothing stays once it is sent."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from unittest.mock import patch

import pytest
from playwright.sync_api import Browser, Page, expect

from engage.cli import prepared
from engage.forums.models import ForumRow
from engage.settings import from_environment, make_keys
from engage.shared import db
from tests.bench.serving import served
from tests.forums import make_forum
from tests.phone.conftest import PHONE, address, environment

TYPED = ("Zuzanna", "zuzanna@example.org", "a quiet room")


@dataclass
class Here:
    """A running server with one open forum, and a phone that others use too."""

    page: Page
    way: str

    def boxes(self) -> tuple[str, ...]:
        names = ("input[name=first_name]", "input[name=contact]", "textarea[name=access]")
        return tuple(self.page.locator(name).input_value() for name in names)

    def press(self) -> None:
        self.page.locator("main form button[type=submit]").first.click()
        self.page.wait_for_load_state()

    def back(self) -> None:
        self.page.go_back()
        self.page.wait_for_load_state()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Callable[[], str]]]:
    """The address of a running server, and what opens one more forum there."""
    folder = tmp_path_factory.mktemp("back")
    make_keys(folder)
    with patch.dict(os.environ, environment(folder)):
        app = prepared(from_environment())

    def new_forum() -> str:
        with app.app_context():
            return f"/forums/{db.session.get_one(ForumRow, make_forum()).slug}/come"

    with served("wsgi:app", environment(folder)) as server:
        yield address(server), new_forum


@pytest.fixture(params=[True, False], ids=["script", "no script"])
def here(request: pytest.FixtureRequest, chromium: Browser, site: tuple[str, Callable[[], str]]) -> Iterator[Here]:
    base, new_forum = site
    context = chromium.new_context(base_url=base, viewport=PHONE, locale="en", java_script_enabled=request.param)
    page, way = context.new_page(), new_forum()
    page.goto("/forums/")
    page.goto(way)
    yield Here(page, way)
    context.close()


def fill_in(here: Here) -> None:
    name, contact, access = TYPED
    here.page.locator("input[name=first_name]").fill(name)
    here.page.locator("input[name=age]").fill("17")
    here.page.locator("input[name=contact]").fill(contact)
    here.page.locator("textarea[name=access]").fill(access)


def choose(here: Here) -> None:
    here.page.locator("input[name=home][value=alone]").check(force=True)


def test_back_from_the_page_that_checks_finds_every_answer(here: Here) -> None:
    fill_in(here)
    here.press()
    expect(here.page.locator(".summary")).to_be_visible()  # how to get home is missing
    assert here.boxes() == TYPED
    choose(here)
    here.press()
    expect(here.page.get_by_role("heading", name="Check your answers")).to_be_visible()
    here.page.reload()
    expect(here.page.get_by_text(TYPED[2])).to_be_visible()
    here.back()
    assert here.boxes() == TYPED
    expect(here.page.locator(".summary")).to_have_count(0)
    here.page.go_forward()
    expect(here.page.get_by_text(TYPED[1])).to_be_visible()
    here.page.get_by_role("link", name="Change something").click()
    assert here.boxes() == TYPED


def test_back_after_sending_asks_nothing_and_shows_nothing_of_it(here: Here) -> None:
    fill_in(
        here,
    )
    choose(here)
    here.press()
    here.press()
    expect(here.page.locator(".standing")).to_be_visible()
    here.back()
    expect(here.page.get_by_role("heading", name="Nothing is kept here")).to_be_visible()
    here.back()
    assert here.boxes() == ("", "", "")
    expect(here.page.locator("body")).not_to_contain_text(TYPED[0])
    here.page.goto(here.way)
    assert here.boxes() == ("", "", "")


@pytest.mark.parametrize("here", [True], ids=["script"], indirect=True)  # without script the browser asks first
def test_back_to_a_form_that_came_back_with_what_is_missing_sends_nothing_again(here: Here) -> None:
    fill_in(here)
    choose(here)
    here.press()
    here.press()
    here.page.goto(f"{here.page.url}/change")
    contact = here.page.locator("input[name=contact]")
    contact.fill("")
    here.press()
    expect(here.page.locator(".summary")).to_be_visible()
    contact.fill("new@example.org")
    here.press()
    expect(here.page.locator(".standing")).to_be_visible()
    here.back()
    expect(contact).to_have_value("new@example.org")


def test_what_was_typed_is_deleted_when_somebody_says_so(here: Here) -> None:
    fill_in(
        here,
    )
    choose(here)
    here.press()
    here.page.get_by_role("button", name="Delete what I typed").click()
    assert here.boxes() == ("", "", "")
    here.back()
    expect(here.page.get_by_role("heading", name="Nothing is kept here")).to_be_visible()
    here.back()
    assert here.boxes() == ("", "", "")
