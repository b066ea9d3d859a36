"""One evening on a phone: from the public list to the door, from a table to a theme, and back to the public page."""

import os
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from unittest.mock import patch

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import select, update

from engage import create_app
from engage.accounts.models import PersonRow
from engage.accounts.queries import person_by_id
from engage.forums.actions import keeping, setting_up
from engage.forums.models import ForumRow
from engage.forums.queries.forums import forum
from engage.settings import from_environment
from engage.shared import db
from engage.shared.clock import LONDON, now, today
from tests.forums import make_plan
from tests.phone.conftest import Opens, environment
from tests.phone.walking import press, reload_until, sign_in

THEME = "Benches by the river (invented)"
SAID = "there is nowhere to sit by the river, put benches under the lamps"
CODED = "Benches and places to sit"
CONCERN = "Nowhere to sit by the river"
HAPPENED = "Three benches stand under the lamps since Monday."
TEAM, DOOR, PANEL = "amara.voice@example.org", "casper.door@example.org", "helen.pqa@example.org"


@pytest.fixture
def demo(demo_folder: Path) -> Iterator[Flask]:
    """The demo's own app, to set the forum up and to let its day come."""
    with patch.dict(os.environ, environment(demo_folder)):
        app = create_app(from_environment())
    with app.app_context():
        yield app


def test_what_is_said_at_a_forum_comes_back_to_who_was_there(opens: Opens, demo: Flask) -> None:
    forum_id = set_up()
    mine = sign_up(opens)
    let_its_day_come(forum_id)

    page = sign_in(opens, DOOR)
    check_in_without_a_network(page)
    write_down(page)
    let_it_end(forum_id)

    team = sign_in(opens, TEAM)
    code(team, forum_id)
    propose(team)
    agree(opens)
    say_what_happened(team, forum_id)

    mine.reload()
    expect(mine.get_by_role("heading", name="You were there")).to_be_visible()
    expect(mine.get_by_text(HAPPENED)).to_be_visible()
    press(mine, "All that happened because of this forum")
    expect(mine.get_by_text(HAPPENED)).to_be_visible()
    press(mine, "How it goes on")
    expect(mine.get_by_role("heading", name=CONCERN)).to_be_visible()
    expect(mine.get_by_text(re.compile(rf"Forum {forum_id}: {re.escape(THEME)}"))).to_be_visible()


def set_up() -> int:
    people = dict(db.session.execute(select(PersonRow.email, PersonRow.id)).tuples().all())
    team = person_by_id(people[TEAM])
    forum_id = setting_up.set_up(make_plan(theme=THEME), by=team)
    setting_up.open_forum(forum_id, by=team, today=today())
    setting_up.put_at_door(forum_id, people[DOOR])
    db.session.commit()
    return forum_id


def sign_up(opens: Opens) -> Page:
    """Sign up from the public list, check the answers, and end on the page of one's own."""
    page = opens("/forums/")
    press(page, THEME)
    press(page, "I want to come")
    page.locator("input[name=first_name]").fill("Imke")
    page.locator("input[name=age]").fill("17")
    page.locator("input[name=contact]").fill("imke@example.org")
    page.locator("input[name=home][value=alone]").check(force=True)
    page.locator("input[name=photos][value=none]").check(force=True)
    for _ in range(2):  # once to check the answers, once to send them
        page.locator("main form button[type=submit]").first.click()
        page.wait_for_load_state()
    expect(page.locator(".standing")).to_have_attribute("data-state", "confirmed")
    expect(page.locator(".pass img")).to_be_visible()
    return page


def let_its_day_come(forum_id: int) -> None:
    """It began an hour ago."""
    began = (now() - timedelta(hours=1)).astimezone(LONDON)
    ends = (began + timedelta(hours=3)).time()
    _set(forum_id, meets_on=began.date(), closes_on=began.date() - timedelta(days=1), starts=began.time(), ends=ends)
    _look_at_the_clock(forum_id, "live")


def let_it_end(forum_id: int) -> None:
    _set(forum_id, ends=(now() - timedelta(minutes=1)).astimezone(LONDON).time())
    _look_at_the_clock(forum_id, "ended")


def _look_at_the_clock(forum_id: int, state: str) -> None:
    keeping.move_forum(forum_id, now())
    assert forum(forum_id).state == state
    db.session.commit()  # and nothing is held while the browser goes on


def _set(forum_id: int, **values: object) -> None:
    db.session.rollback()
    db.session.execute(update(ForumRow).where(ForumRow.id == forum_id).values(**values))
    db.session.commit()


def check_in_without_a_network(page: Page) -> None:
    page.get_by_role("link", name=re.compile(re.escape(THEME))).click()
    imke = page.locator("form.at-door[data-name^='Imke']")
    expect(page.get_by_label("Find by first name")).to_be_visible()  # the page's script is there
    page.context.set_offline(True)
    imke.locator("button[value=check_in]").click()
    expect(imke.get_by_text("Too few adults in the room")).to_be_visible()
    imke.locator("button[value=check_in]").click()
    expect(page.locator(".unsent")).to_contain_text("do not close this page")
    expect(imke.locator(".where")).to_have_text("In (not sent yet)")
    page.context.set_offline(False)
    expect(page.get_by_text("Everything is sent.")).to_be_visible()
    imke.locator("button[value=check_out]").click()
    expect(page.get_by_text("Everything is sent.")).to_be_visible()
    page.reload()
    expect(imke.locator(".where")).to_have_text("Gone home")


def write_down(page: Page) -> None:
    press(page, "Write down what was said at a table")
    page.get_by_label("Table").fill("blue")
    page.get_by_label("What was talked about").fill("The way home")
    page.get_by_label("What was said").fill(f"- {SAID}\n- my number is 07700 900456, call me")
    press(page, "Keep these notes")
    expect(page.get_by_text("Kept: 2 things that were said")).to_be_visible()


def code(page: Page, forum_id: int) -> None:
    """Read what was said, without the number in it, and put a theme on it."""
    page.goto("/desk/themes/")
    page.locator("details:not([open]):has(form[action$='/themes/new']) > summary").click()
    page.locator("form[action$='/themes/new'] input[name=name]").fill(CODED)
    page.locator("form[action$='/themes/new'] button").click()
    page.goto("/desk/reading/")
    reload_until(page, f"Forum {forum_id}: {THEME}")
    page.get_by_text("Only some of them").click()
    press(page, re.compile(f"^Forum {forum_id}: "))
    reload_until(page, SAID)
    expect(page.locator("main")).not_to_contain_text("07700 900456")
    page.locator("li.card", has_text=SAID).get_by_role("link", name=re.compile("^Open")).click()
    page.locator("form:has(select[name=theme]) select").select_option(label=CODED)
    press(page, "Put it on")
    press(page, "Read")
    page.goto("/desk/themes/")
    page.get_by_role("link", name=CODED, exact=True).first.click()
    expect(page.get_by_text(re.compile(rf"Forum {forum_id}: {re.escape(THEME)}")).first).to_be_visible()
    expect(page.get_by_text(SAID)).to_be_visible()


def propose(page: Page) -> None:
    press(page, "Turn into a concern")
    expect(page.locator("input[name=sources]")).to_have_value(re.compile(re.escape(THEME)))  # the forum is its source
    page.locator("input[name=title]").fill(CONCERN)
    page.locator("textarea[name=you_said]").fill("You told us that there is nowhere to sit by the river.")
    page.locator("select[name=topic]").select_option("places")
    page.locator("input[name=promised_on]").fill((today() + timedelta(days=40)).isoformat())
    press(page, "Propose to the panel")
    expect(page.get_by_text("Proposed.")).to_be_visible()


def agree(opens: Opens) -> None:
    page = sign_in(opens, PANEL)
    page.goto("/desk/concerns/")
    page.get_by_role("link", name=CONCERN, exact=True).click()
    press(page, "Agree: we have heard this")


def say_what_happened(page: Page, forum_id: int) -> None:
    page.goto(f"/desk/forums/{forum_id}")
    press(page, "What came of it")
    page.get_by_label("What happened").fill(HAPPENED)
    page.get_by_label(re.compile("Its page")).fill("/you-said-we-did/nowhere-to-sit-by-the-river")
    press(page, "Publish, and tell those who signed up")
    expect(page.get_by_text("It stands on the public page")).to_be_visible()
