"""The person at home takes the phone after sending: by no way does it give the words, the answers or the messages."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from engage.receipts.words import hashed
from engage.safeguarding.actions import leave_message, raise_alert
from engage.safeguarding.models import AlertRow
from engage.safeguarding.rules.alerts import NewAlert
from engage.shared import clock, db
from engage.shared.keeping import SECRET_OF_SENT
from engage.surveys.views import holding
from tests.people import make_person
from tests.phone.conftest import PHONE
from tests.phone.in_process import served_here
from tests.phone.test_shared_tablet import SECRET, answer_and_send
from tests.phone.walking import content
from tests.surveys import make_wave

MESSAGE = "You were brave to tell us"
ADDRESSES = ("/s/youth", "/s/youth/thanks", "/s/youth/mine", "/s/youth/paused", "/s/youth/contact", "/receipt")
Leave = Callable[[Page], None]
LATE = SECRET_OF_SENT + timedelta(seconds=30)


@dataclass(frozen=True)
class Sent:
    """A phone on the page with the four words."""

    page: Page
    words: str

    def given_by(self, page: str) -> list[str]:
        """What a page gives away of the one who answered."""
        told = [word for word in self.words.split() if f">{word}<" in page]
        return [*told, *(text for text in (SECRET, MESSAGE) if text in page)]


@pytest.fixture
def phone(app: Flask, database: None, chromium: Browser) -> Iterator[Sent]:
    make_wave()
    db.session.rollback()
    with served_here(app) as site:
        page = chromium.new_context(viewport=PHONE, locale="en", base_url=site).new_page()  # type: ignore[arg-type]
        page.goto("/help")
        page.goto("/s/youth")
        words = answer_and_send(page)
        leave_a_message(words)
        yield Sent(page, words)
        page.context.close()


def leave_a_message(words: str) -> None:
    raise_alert(NewAlert("Invented", "Youth survey", "area_best", "hurt", 0.9, hashed(words)), at=clock.now())
    alert_id = db.session.scalars(select(AlertRow.id)).one()
    leave_message(alert_id, MESSAGE, by=make_person("safeguarding"), at=clock.now())
    db.session.commit()


def by_the_button(page: Page) -> None:
    page.get_by_role("link", name="I've kept them").click()
    expect(page.locator("h1")).to_have_text("This survey was sent from here")


def by_another_page(page: Page) -> None:
    page.get_by_role("link", name="See what happened: type your four words").click()
    page.wait_for_url("**/receipt")


def what_is_found(phone: Sent) -> list[str]:
    """Go back, forth and to every address, reload each, and press whatever leads on."""
    page, found = phone.page, list[str]()
    for go in [page.go_back] * 4 + [page.go_forward] * 4:
        go(wait_until="commit")
        found += phone.given_by(content(page))
    for address in ADDRESSES:
        page.goto(address)
        found += phone.given_by(content(page))
        page.reload()
        found += phone.given_by(content(page))
    return found


LEAVE = pytest.mark.parametrize("leave", [by_the_button, by_another_page])


@LEAVE
def test_once_the_four_words_were_left_nobody_at_home_finds_anything(phone: Sent, leave: Leave) -> None:
    assert phone.given_by(content(phone.page)) == phone.words.split()
    leave(phone.page)
    assert what_is_found(phone) == []
    phone.page.goto("/s/youth")
    links = phone.page.locator("main a")
    expect(links).to_have_count(2)  # where whoever kept four words types them
    assert [link.get_attribute("href") for link in links.all()] == ["/receipt", "/s/youth/mine"]


def test_control_a_phone_that_puts_nothing_away_gives_all_three(phone: Sent, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(holding, "_mark", dict)
    page = phone.page
    by_the_button(page)
    assert set(phone.words.split()) <= set(what_is_found(phone))
    for address, told in {"/s/youth/mine": SECRET, "/receipt": MESSAGE}.items():
        page.goto(address)
        page.locator("[name=words]").fill(phone.words)
        page.locator("main form button").click()
        expect(page.get_by_text(told)).to_be_visible()


def test_a_phone_picked_up_later_shows_the_words_no_more(phone: Sent, monkeypatch: pytest.MonkeyPatch) -> None:
    page, late = phone.page, clock.now() + LATE
    page.reload()
    assert phone.given_by(content(page)) == phone.words.split()  # it went dark for a moment
    monkeypatch.setattr(holding, "now", lambda: late)
    page.evaluate("delay => { const now = Date.now; Date.now = () => now() + delay }", LATE.total_seconds() * 1000)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")  # somebody looks at it again
    expect(page.locator("h1")).to_have_text("This survey was sent from here")
    assert what_is_found(phone) == []
