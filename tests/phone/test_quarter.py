"""One quarter in a browser, its days moved by hand: from two closed waves to "young people say it's better", the pack,
a decision on it, and a scoreboard that is right to the day. Everybody and every answer is invented."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from urllib.parse import urlsplit

import pytest
import time_machine
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, expect

from engage.accounts.rules import Person, Role
from engage.analysis.actions.emerging import look_for_new
from engage.analysis.jobs import KINDS, do_all
from engage.shared import db, wanted
from engage.shared.clock import today
from engage.youwesaid.actions import concern as concerns
from engage.youwesaid.actions.felt_check import report_due
from engage.youwesaid.jobs import KINDS as ANSWERING
from engage.youwesaid.queries.loop import scoreboard
from engage.youwesaid.rules.concerns import NewConcern, Refusal
from tests.ended import make_ended, say, usual
from tests.people import make_agency, make_person, sign_in
from tests.phone.conftest import DESK
from tests.phone.in_process import served_here
from tests.phone.walking import press

CLOSED = date(2026, 7, 9)  # the second wave; the first closed a week before
AGREED, DONE, REFUSED = date(2026, 7, 11), date(2026, 7, 30), date(2026, 7, 20)
ASKED, AGAIN = date(2026, 9, 25), date(2026, 9, 28)
ROOM = "/desk/packs/2026-07"  # July to September
TITLE, APPROVE = "Vapes at school gates", "Approve these words"
Opens = Callable[[Person | None, str], Page]


class Clock:
    """The day it is, on the server and in the test; the browser keeps its own."""

    def __init__(self) -> None:
        self._held: time_machine.travel | None = None

    def set(self, day: date) -> None:
        self.stop()
        self._held = time_machine.travel(f"{day}T10:00:00+00:00", tick=True)
        self._held.start()

    def stop(self) -> None:
        if self._held:
            self._held.stop()
        self._held = None


@pytest.fixture
def clock() -> Iterator[Clock]:
    clock = Clock()
    clock.set(CLOSED)
    yield clock
    clock.stop()


@pytest.fixture
def address(app: Flask, database: None) -> Iterator[str]:
    with served_here(app) as here:
        yield here


@pytest.fixture
def opens(app: Flask, address: str, chromium: Browser) -> Iterator[Opens]:
    """Open a page of this quarter's server as somebody, or as nobody."""
    contexts: list[BrowserContext] = []

    def open_page(person: Person | None, path: str) -> Page:
        context = chromium.new_context(base_url=address, viewport=DESK)
        contexts.append(context)
        if person:
            cookie = sign_in(app.test_client(), person).get_cookie("engage")
            context.add_cookies([{"name": "engage", "value": cookie.value, "url": address}])
        page = context.new_page()
        page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def team(database: None, clock: Clock) -> dict[str, Person]:
    council, police = make_agency("Council (invented)"), make_agency("Police (invented)", "police")
    return {
        "amara": make_person(Role.VOICE, name="Amara"),
        "joel": make_person(Role.VOICE, name="Joel"),
        "helen": make_person(Role.PQA, name="Helen"),
        "farida": make_person(Role.AGENCY, agency_id=council, name="Farida"),
        "gwen": make_person(Role.AGENCY, agency_id=police, name="Gwen"),
        "tobi": make_person(Role.AMBASSADOR, name="Tobi"),
        "leyla": make_person(Role.AMBASSADOR, name="Leyla"),
    }


def work() -> None:
    """What the worker would do now."""
    db.session.commit()
    do_all({**KINDS, **ANSWERING})
    assert [one.failed for one in wanted.waiting()] == []


def two_waves_close(team: dict[str, Person]) -> None:
    read = (team["amara"].id, CLOSED)
    say(make_ended("before", days_ago=7), *usual(200, 3), read=read)
    say(make_ended("after", days_ago=0, minimum=8), *usual(200, 2, vapes=14), read=read)
    for code in ("before", "after"):
        wanted.want("snapshot", f"wave:{code}")
    look_for_new("wave:after")
    work()


def somebody_asks_for_a_pool(team: dict[str, Person]) -> None:
    """Another concern of the same day, that cannot be."""
    new = NewConcern("A pool in every park", "Some of you asked for a pool.", "places", date(2026, 8, 7), CLOSED, ())
    concern_id = concerns.propose(new, by=team["amara"], today=CLOSED)
    concerns.hear(concern_id, by=team["helen"], today=CLOSED)
    why = Refusal("There is no money for pools.", "Leadership Forum", date(2027, 7, 1))
    concerns.refuse(concern_id, why, by=team["helen"], today=REFUSED)
    db.session.commit()


def confirm_what_is_new(page: Page) -> None:
    """What rose becomes a theme, and the theme a concern."""
    page.get_by_role("link", name="vape").first.click()
    page.locator("form[action$='/confirm'] input[name=name]").fill("Vapes")
    press(page, "Make it a theme")
    page.goto("/desk/themes/")
    press(page, "Vapes")
    press(page, "Turn into a concern")
    page.locator("input[name=title]").fill(TITLE)
    page.locator("textarea[name=you_said]").fill("About 15 of you told us that vapes are sold at school gates.")
    page.locator("select[name=topic]").select_option("school")
    page.locator("input[name=promised_on]").fill("2026-08-07")
    press(page, "Propose to the panel")
    expect(page.get_by_text("Proposed.")).to_be_visible()


def ask(page: Page, agency: str, what: str) -> None:
    page.goto("/desk/concerns/")
    press(page, TITLE)
    page.locator("details:has(form[action$='/ask']) > summary").click()
    page.locator("form[action$='/ask'] select[name=agency_id]").select_option(label=agency)
    page.locator("form[action$='/ask'] textarea[name=what]").fill(what)
    press(page, "Ask")


def act(page: Page, what: str, verb: str, **typed: str) -> None:
    page.goto("/desk/actions/")
    press(page, what)
    for name, words in typed.items():
        box = page.locator(f"[name={name}]").first
        box.select_option(index=0) if name == "owner_id" else box.fill(words)
    press(page, verb)


def publish(opens: Opens, team: dict[str, Person]) -> None:
    page = opens(team["amara"], "/desk/concerns/")
    press(page, TITLE)
    press(page, "Write an update")
    page.locator("textarea[name=we_did]").fill("Police stop at four gates, and shops were checked.")
    press(page, "Hand it to a fact-checker")
    for name, words in (
        ("helen", "The facts are right"),
        ("tobi", "Approve these words"),
        ("leyla", "Approve these words"),
    ):
        press(opens(team[name], page.url), words)
    page.reload()
    press(page, "Publish")
    expect(page.get_by_text("It is on the public page now")).to_be_visible()


def ask_young_people(opens: Opens, team: dict[str, Person], *, until: str, better: int, worse: int) -> str:
    """Ask by a poster, tapped once, and at a forum, by hands. Gives the address of the felt-check."""
    page = opens(team["amara"], "/desk/concerns/")
    press(page, TITLE)
    page.goto(f"{page.url}/felt")
    page.locator("input[name=closes_on]").fill(until)
    press(page, "Ask now")
    poster = opens(None, urlsplit(page.locator(".link").first.inner_text()).path)
    poster.locator("form:has(input[name=answer][value=better]) button").click()
    expect(poster).to_have_url(re.compile("/kept$"))
    page.get_by_text("Add what a forum said").click()
    typed = {
        "forum": "Youth forum",
        "met_on": str(today()),
        "better": better,
        "no_change": 0,
        "worse": worse,
        "dont_know": 2,
    }
    for name, value in typed.items():
        page.locator(f"form[action$='/hands'] [name={name}]").fill(str(value))
    press(page, "Keep it")
    return page.url


def agree_and_act(opens: Opens, team: dict[str, Person], clock: Clock) -> None:
    """Two agencies act, one of them late; what they did is checked by somebody else, and published."""
    clock.set(AGREED)
    panel = opens(team["helen"], "/desk/concerns/")
    press(panel, TITLE)
    press(panel, "Agree: we have heard this")
    amara = opens(team["amara"], "/desk/concerns/")
    ask(amara, "Council (invented)", "Check the shops near four schools")
    ask(amara, "Police (invented)", "Stop at four school gates")
    for name, what in (("farida", "Check the shops"), ("gwen", "Stop at four school gates")):
        act(opens(team[name], "/desk/"), what, "Agree", owner_id="", due_on="2026-07-24")

    clock.set(date(2026, 7, 20))
    act(opens(team["farida"], "/desk/"), "Check the shops", "Say it's done", evidence="Eleven shops checked; list kept")
    act(opens(team["helen"], "/desk/"), "Check the shops", "Agree that it is done")

    clock.set(date(2026, 7, 27))  # the police are three days late, and everybody can see it
    expect(opens(team["gwen"], "/desk/").get_by_text("Late: what you agreed to do")).to_be_visible()
    expect(opens(team["helen"], "/desk/").get_by_text("Late actions of partners")).to_be_visible()

    clock.set(DONE)
    act(
        opens(team["gwen"], "/desk/"),
        "Stop at four school gates",
        "Say it's done",
        evidence="Four gates, a log",
    )
    act(opens(team["helen"], "/desk/"), "Stop at four school gates", "Agree that it is done")
    publish(opens, team)


def young_people_decide(opens: Opens, team: dict[str, Person], clock: Clock) -> None:
    """Twelve are too few to tell; of 25, twenty say that it is better."""
    clock.set(ASKED)
    twelve = ask_young_people(opens, team, until="2026-09-27", better=8, worse=3)
    clock.set(AGAIN)
    report_due(AGAIN)
    db.session.commit()
    expect(opens(team["helen"], twelve).get_by_text("Too few to tell").first).to_be_visible()
    panel = opens(team["helen"], ask_young_people(opens, team, until="2026-09-30", better=19, worse=5))
    panel.locator("form[action$='/report'] button").click()
    expect(panel.get_by_text("Young people say it's better").first).to_be_visible()
    public = opens(None, "/you-said-we-did/vapes-at-school-gates")
    expect(public.get_by_text("Young people say it's better").first).to_be_visible()


def test_one_quarter_from_two_waves_to_better(opens: Opens, team: dict[str, Person], clock: Clock) -> None:
    two_waves_close(team)
    somebody_asks_for_a_pool(team)
    confirm_what_is_new(opens(team["amara"], "/desk/emerging/?subject=wave:after"))

    agree_and_act(opens, team, clock)
    young_people_decide(opens, team, clock)
    decide_on_the_pack(opens, team)
    board_is_right_to_the_day(opens, team)


def decide_on_the_pack(opens: Opens, team: dict[str, Person]) -> None:
    page = opens(team["helen"], ROOM)
    page.locator("form[action$='/make'] button").click()
    press(page, "Issue it")
    for agency in ("Council (invented)", "Police (invented)"):
        expect(page.get_by_role("rowheader", name=agency).first).to_be_visible()
    page.goto(ROOM)
    press(page, "Record a decision")
    page.locator("textarea[name=words]").fill("Ask the trading standards team to go on until spring.")
    page.locator("textarea[name=views_changed]").fill("25 young people said whether they notice; 20 said it is better.")
    page.locator("select[name=owner_id]").select_option(index=1)  # nobody is chosen beforehand
    page.locator("input[name=due_on]").fill("2026-12-01")
    press(page, "Record it")
    expect(page.get_by_text("trading standards").first).to_be_visible()


def board_is_right_to_the_day(opens: Opens, team: dict[str, Person]) -> None:
    """Worked by hand: answered after 2 days (agreed on the 11th, said on the 9th) and 11 days (refused on the 20th), so
    half have an answer after 2; done after 21 days; both kept by 7 August; one of two cannot be; felt is 1 of 1."""
    with db.reading():
        board = scoreboard(on=AGAIN)
    assert (board.concerns, board.answered) == (2, 2)
    assert board.to_answer is not None
    assert board.to_answer.median == (AGREED - CLOSED).days == 2
    assert (board.kept.count, board.kept.base) == (2, 2)
    assert (board.cannot.count, board.cannot.base) == (1, 2)
    assert (board.felt.count, board.felt.base) == (1, 1)
    assert board.to_do is not None
    assert board.to_do.median == (DONE - CLOSED).days == 21
    for page in (opens(None, "/you-said-we-did/scoreboard"), opens(team["helen"], "/desk/scoreboard")):
        expect(page.get_by_text("2 days").first).to_be_visible()
        expect(page.get_by_text("21 days").first).to_be_visible()
