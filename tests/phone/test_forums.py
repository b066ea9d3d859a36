"""A young person's way on a phone: from the list of forums to a place, with the adult's yes in between."""

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from unittest.mock import patch

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from engage.cli import prepared
from engage.forums.actions import changing, consents, setting_up, signing_up
from engage.forums.models import ForumRow
from engage.forums.queries.forums import as_forum
from engage.forums.rules.places import Limits
from engage.forums.rules.signing_up import Group
from engage.settings import from_environment, make_keys
from engage.shared import db, outbox
from engage.shared.clock import now
from tests.bench.serving import served
from tests.forums import YES, make_forum, professional, young
from tests.people import make_person
from tests.phone.conftest import DESK, PHONE, address, environment
from tests.phone.test_access import findings, small_targets, too_wide

ONE_YOUNG_PLACE = Limits(2, 1, 0, 1, 0, 1, 5, 2)
HOW = {
    "phone": {},
    "dark": {"color_scheme": "dark"},
    "desk, right to left": {"viewport": DESK, "locale": "ar"},
}
ALSO = {
    "desk": {"viewport": DESK},
    "right to left": {"locale": "ar"},
    "desk, dark, right to left": {"viewport": DESK, "color_scheme": "dark", "locale": "ar"},
}
Opens = Callable[..., Page]


@dataclass
class Town:
    """A running server with forums in every state, and the addresses of their pages."""

    app: Flask
    site: str
    pages: list[str]

    def letters(self, kind: str) -> list[str]:
        """The links in the letters of one kind that wait to be sent."""
        with self.app.app_context(), db.reading():
            bodies = db.session.scalars(select(outbox.LetterRow.body).where(outbox.LetterRow.kind == kind)).all()
            return [re.findall(r"https?://[^/]+(/forums/\S+)", body)[0] for body in bodies]


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    folder = tmp_path_factory.mktemp("town")
    make_keys(folder)
    with patch.dict(os.environ, environment(folder)):
        app = prepared(from_environment())
    with served("wsgi:app", environment(folder)) as server:
        with app.app_context():
            pages = make_pages()
        yield Town(app, address(server), pages)


def make_pages() -> list[str]:
    forum_id, slug = make_open("Getting home safely")
    confirmed = sign_up(forum_id, young(17, access="A quiet room", home="alone"))
    held = sign_up(forum_id, young(14))
    agreed = sign_up(forum_id, young(14))
    consents.answer(agreed.id, YES, at=now())
    group = signing_up.sign_up_group(
        forum_id, Group(professional(), (young(17, contact=""), young(18, contact=""))), at=now(), language="en"
    )
    full, full_slug = make_open("Phones at school", limits=ONE_YOUNG_PLACE)
    first, offered, waiting = (sign_up(full, young()) for _ in range(3))
    changing.cancel(first.id, at=now())
    off, off_slug = make_open("Waiting for help")
    gone = sign_up(off, young())
    held_already, over_slug = make_open("Places to go")
    over = db.session.get_one(ForumRow, held_already)
    over.state, over.meets_on = "ended", over.meets_on.replace(year=2025)
    moved = replace(as_forum(db.session.get_one(ForumRow, forum_id)).plan, venue="Another hall (invented)")
    setting_up.rewrite(forum_id, moved, by=make_person("voice"), at=now() + timedelta(seconds=1))
    setting_up.cancel_forum(off, "The hall is flooded.", by=make_person("voice"))
    db.session.commit()
    mine = [f"/forums/mine/{one.token}" for one in (confirmed, held, offered, waiting, first, gone)]
    return [
        "/forums/", *(f"/forums/{one}" for one in (slug, full_slug, off_slug, over_slug)),
        *(f"/forums/{slug}/{way}" for way in ("come", "group", "work", "come/check")), "/forums/again",
        *mine, *(f"{mine[1]}/{page}" for page in ("change", "choices", "adult", "cancel")),
        f"/forums/group/{group.token}", f"/forums/pass/{held.pass_token}",
        *(f"/forums/consent/{one.guardian_token}" for one in (held, agreed)),
    ]  # fmt: skip


def make_open(theme: str, **more: object) -> tuple[int, str]:
    forum_id = make_forum(theme=theme, **more)
    return forum_id, db.session.get_one(ForumRow, forum_id).slug


def sign_up(forum_id: int, person):
    return signing_up.sign_up(forum_id, person, at=now(), language="en")


@pytest.fixture
def opens(chromium: Browser, town: Town) -> Iterator[Opens]:
    contexts = []

    def open_page(path: str, **how: object) -> Page:
        context = chromium.new_context(**{"base_url": town.site, "viewport": PHONE, "locale": "en", **how})
        contexts.append(context)
        page = context.new_page()
        page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()


def fill_in(page: Page, name: str) -> None:
    page.locator("input[name=first_name]").fill(name)
    page.locator("input[name=age]").fill("14")
    page.locator("input[name=relation][value=parent]").check(force=True)
    page.locator("input[name=guardian_contact]").fill(f"mum-of-{name}@example.org")
    page.locator("textarea[name=access]").fill("a quiet room")
    page.locator("input[name=photos][value=none]").check(force=True)


def send_form(page: Page) -> None:
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_load_state()


def say_yes(adult: Page) -> None:
    for purpose in ("attend", "leave_alone", "photo_inside", "photo_public", "medical"):
        adult.locator(f"input[name={purpose}][value=yes]").check(force=True)
    adult.locator("input[name=signer]").fill("Mum")
    adult.locator("input[name=relation][value=parent]").check(force=True)
    adult.locator("main form:has(input[name=signer]) button").click()
    expect(adult.locator(".standing")).to_be_visible()


@pytest.mark.parametrize(("language", "script"), [("en", True), ("ar", False)], ids=["english", "arabic-no-script"])
def test_from_the_list_to_a_place(opens: Opens, town: Town, language: str, *, script: bool) -> None:
    how = {"locale": language, "java_script_enabled": script}
    page = opens("/forums/", **how)
    expect(page.locator("html")).to_have_attribute("dir", "rtl" if language == "ar" else "ltr")
    page.get_by_role("link", name="Getting home safely").click()
    page.locator(".ticket a.button").first.click()

    fill_in(page, f"bo{language}")
    send_form(page)
    expect(page.locator(".summary")).to_be_visible()  # how to get home is missing
    expect(page.locator("textarea[name=access]")).to_have_value("a quiet room")
    page.locator("input[name=home][value=collected]").check(force=True)
    send_form(page)
    expect(page.get_by_text("a quiet room")).to_be_visible()
    send_form(page)
    expect(page.locator(".standing")).to_have_attribute("data-state", "awaiting_consent")
    mine = page.url

    say_yes(opens(town.letters("ask")[-1], **how))

    page.goto(mine)
    expect(page.locator(".standing")).to_have_attribute("data-state", "confirmed")
    expect(page.locator(".pass img")).to_be_visible()
    calendar = page.request.get(f"{mine}/calendar.ics")
    assert calendar.status == 200
    assert "Getting home" not in calendar.text()


def test_boxes_for_the_adult_hide_at_16_and_lose_nothing(opens: Opens, town: Town) -> None:
    page = opens("/forums/")
    page.get_by_role("link", name="Getting home safely").click()
    page.locator(".ticket a.button").first.click()
    adult = page.locator("input[name=guardian_contact]")
    adult.fill("mum@example.org")
    page.locator("input[name=age]").fill("16")
    expect(adult).to_be_hidden()
    page.locator("input[name=age]").fill("15")
    expect(adult).to_have_value("mum@example.org")


@pytest.mark.parametrize("how", [*HOW, *(pytest.param(one, marks=pytest.mark.long) for one in ALSO)])
def test_every_page_of_forums_is_for_everyone(opens: Opens, town: Town, how: str) -> None:
    page = opens("/forums/", **(HOW | ALSO)[how])
    for path in town.pages:
        page.goto(path)
        assert findings(page) == [], path
        assert not too_wide(page), path
        assert small_targets(page) == [], path


def test_errors_and_the_page_that_checks_are_for_everyone(opens: Opens, town: Town) -> None:
    page = opens(town.pages[5])
    send_form(page)
    assert findings(page) == []
    fill_in(page, "ana")
    page.locator("input[name=home][value=alone]").check(force=True)
    send_form(page)
    expect(page.get_by_role("link", name="Change something")).to_be_visible()
    assert findings(page) == []
    assert not too_wide(page)
