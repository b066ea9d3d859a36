"""An evening with a running server, a forum that is on now, and the door of it on a phone."""

from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import timedelta
from unittest.mock import patch

from flask import Flask
from playwright.sync_api import BrowserContext, Locator, Page
from sqlalchemy import select, update

from engage.accounts.rules import Role
from engage.forums.models import CheckInRow, SignUpRow
from engage.forums.rules.consents import Purpose
from engage.shared import db
from engage.shared.clock import LONDON, now
from tests import doors
from tests.conftest import PASSWORD
from tests.people import make_person

GIVEN = (frozenset(Purpose), frozenset({Purpose.ATTEND, Purpose.PHOTO_INSIDE, Purpose.LEAVE_ALONE}))


@dataclass
class Evening:
    """A running server, its forum, and the children of its door list by name."""

    app: Flask
    site: str
    forum_id: int = 0
    email: str = ""
    children: dict[str, int] = field(default_factory=dict)

    @property
    def page(self) -> str:
        return f"/desk/forums/{self.forum_id}/door"

    def lines(self) -> list[tuple[str, str]]:
        """Every line of the door in the order it was made, without the collectors."""
        names = {sign_up_id: name for name, sign_up_id in self.children.items()}
        with self.app.app_context(), db.reading():
            rows = db.session.execute(select(CheckInRow.sign_up_id, CheckInRow.did).order_by(CheckInRow.at))
            return [(names[sign_up_id], did) for sign_up_id, did in rows]


def going_on() -> dict[str, object]:
    """The days and hours of a forum that is on right now, whenever the test runs."""
    at = now().astimezone(LONDON)
    morning = at.replace(hour=0, minute=5, second=0, microsecond=0)
    starts, ends = max(morning, at - timedelta(hours=3)), at + timedelta(hours=5)
    return {
        "meets_on": at.date(), "starts": starts.time(), "ends": ends.time(), "closes_on": at.date(),
        "promised_on": at.date() + timedelta(days=30),
    }  # fmt: skip


def three_days_ago() -> AbstractContextManager[object]:
    """Let people sign up three days before now; once this is left, before `EVENING` again, for the next test."""
    return patch.object(doors, "BEFORE", now() - timedelta(days=3))


def set_up(evening: Evening) -> None:
    with three_days_ago():
        _fill(evening)


def _fill(evening: Evening) -> None:
    team = make_person(Role.VOICE, password=PASSWORD)
    here = doors.make_forum(by=team, **going_on())
    evening.forum_id, evening.email = here.id, team.email
    for number, name in enumerate(("Amina", "Bartek", "Chidi", "Daria")):
        evening.children[name] = doors.make_young(here, name, given=GIVEN[number % 2])
    adults = {name: doors.make_adult(here, name) for name in ("Rosa", "Samir")}
    evening.children |= adults  # on the list with them, and in from the start
    db.session.execute(update(SignUpRow).where(SignUpRow.id.in_(adults.values())).values(presence="in"))
    db.session.commit()
    doors.begin(now())


def door(evening: Evening, context: BrowserContext) -> Page:
    page = context.new_page()
    page.goto("/sign-in")
    page.get_by_label("E-mail").fill(evening.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.locator("main [type=submit]").first.click()
    page.wait_for_url("**/desk/**")
    page.goto(evening.page)
    return page


def child(page: Page, name: str) -> Locator:
    return page.locator(f"form.at-door[data-name^='{name}']")


def tap(page: Page, name: str, did: str) -> None:
    child(page, name).locator(f"button[value={did}]").click()
