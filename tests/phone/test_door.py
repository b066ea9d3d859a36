"""The door on a phone: taps are kept while the network is gone, and each is stored once."""

from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, Route, expect
from sqlalchemy import select, update

from engage.accounts.rules import Role
from engage.forums.actions.setting_up import see_checks
from engage.forums.models import CheckInRow, SignUpRow
from engage.forums.queries.links import path
from engage.forums.rules.consents import Purpose
from engage.forums.rules.links import Opens
from engage.shared import db
from engage.shared.clock import now, today
from tests import doors
from tests.people import make_person
from tests.phone.conftest import PHONE
from tests.phone.evening import Evening, child, door, going_on, tap, three_days_ago
from tests.phone.test_access import findings, small_targets, too_wide

COVERED = """() => {
    const top = document.querySelector(".door-top"), box = document.activeElement.getBoundingClientRect();
    return !top.contains(document.activeElement) && box.top < top.getBoundingClientRect().bottom && scrollY > 0;
}"""
NOT_SENT = "do not close this page"


def test_taps_are_kept_while_the_network_is_gone_and_stored_once_when_it_is_back(evening: Evening, page: Page) -> None:
    tap(page, "Amina", "check_in")
    expect(page.get_by_text("Everything is sent.")).to_be_visible()
    page.context.set_offline(True)
    tap(page, "Bartek", "check_in")
    tap(page, "Amina", "step_out")
    tap(page, "Chidi", "check_in")
    expect(page.locator(".unsent")).to_contain_text("3 not sent yet, do not close this page")
    expect(page.locator(".unsent")).to_contain_text("There is no network")
    expect(child(page, "Bartek").locator(".where")).to_have_text("In (not sent yet)")
    expect(page.locator(".meter")).to_contain_text("In the room: 2 under 18")
    expect(page.get_by_text("counted here, not sent yet")).to_be_visible()
    assert findings(page) == []
    assert len(evening.lines()) == 1
    page.context.set_offline(False)
    expect(page.get_by_text("Everything is sent.")).to_be_visible()
    expect(page.locator(".unsent")).to_be_hidden()
    expect(page.get_by_text("counted here, not sent yet")).to_be_hidden()
    stored = [("Amina", "check_in"), ("Bartek", "check_in"), ("Amina", "step_out"), ("Chidi", "check_in")]
    assert evening.lines() == stored
    page.reload()
    expect(child(page, "Amina").locator(".where")).to_have_text("Out for a moment")
    assert evening.lines() == stored


def test_where_adults_are_too_few_a_child_comes_in_with_the_second_press_also_without_a_network(page: Page) -> None:
    page.context.set_offline(True)
    for name in ("Rosa", "Samir"):
        tap(page, name, "step_out")
    tap(page, "Amina", "check_in")
    few = child(page, "Amina").get_by_text(
        "Too few adults in the room: 1 under 18, 0 adults. Let them in all the same?"
    )
    expect(few).to_be_visible()
    expect(child(page, "Amina").locator(".where")).to_have_text("Not here yet")
    assert findings(page) == []
    tap(page, "Amina", "check_in")
    expect(few).to_be_hidden()
    expect(child(page, "Amina").locator(".where")).to_have_text("In (not sent yet)")
    expect(page.locator("[data-meter=adults]")).to_have_text("0")
    for name in ("Rosa", "Samir"):
        tap(page, name, "come_back")
    page.context.set_offline(False)
    expect(page.get_by_text("Everything is sent.")).to_be_visible()


def test_ten_minutes_without_a_network_are_stored_with_the_minute_of_each_tap(evening: Evening, page: Page) -> None:
    page.clock.install()
    page.reload()
    page.context.set_offline(True)
    tap(page, "Amina", "check_in")
    page.clock.run_for(10 * 60 * 1000)
    expect(page.locator(".unsent")).to_contain_text("1 not sent yet")
    tap(page, "Bartek", "check_in")
    page.context.set_offline(False)
    page.clock.run_for(5_000)
    expect(page.get_by_text("Everything is sent.")).to_be_visible()
    with evening.app.app_context(), db.reading():
        first, second = db.session.scalars(select(CheckInRow.at).order_by(CheckInRow.at)).all()
    assert timedelta(minutes=9) < second - first < timedelta(minutes=11)


def test_a_lost_answer_is_asked_for_again_and_doubles_nothing(evening: Evening, page: Page) -> None:
    lost: list[int] = []

    def lose_first(route: Route) -> None:
        if len(lost) < 2:
            lost.append(route.fetch().status)  # the server has it, the phone never hears
            route.abort()
        else:
            route.continue_()

    page.route("**/door/sync", lose_first)
    tap(page, "Amina", "check_in")
    expect(page.locator(".unsent")).to_contain_text(NOT_SENT)
    expect(page.get_by_text("Everything is sent.")).to_be_visible()
    assert lost == [200, 200]
    assert evening.lines() == [("Amina", "check_in")]


def test_closing_the_page_with_taps_not_sent_is_asked_about(page: Page) -> None:
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.context.set_offline(True)
    tap(page, "Amina", "check_in")
    page.close(run_before_unload=True)
    expect(page.locator(".unsent")).to_contain_text("1 not sent yet")
    assert asked == ["beforeunload"]
    page.context.set_offline(False)
    expect(page.get_by_text("Everything is sent.")).to_be_visible()


def test_a_name_is_found_by_its_first_letters_and_a_collector_is_asked_for(evening: Evening, page: Page) -> None:
    page.get_by_label("Find by first name").fill("bar")
    expect(page.locator("form.at-door:visible")).to_have_count(1)
    page.get_by_label("Find by first name").fill("")
    with evening.app.app_context():
        # Daria has a yes to leave alone, Amina too: take Amina's back
        db.session.execute(
            update(db.Model.metadata.tables["forum_consent"])
            .where(db.Model.metadata.tables["forum_consent"].c.sign_up_id == evening.children["Amina"])
            .where(db.Model.metadata.tables["forum_consent"].c.purpose == Purpose.LEAVE_ALONE)
            .values(state="withdrawn")
        )
        db.session.commit()
    page.reload()
    tap(page, "Amina", "check_in")
    tap(page, "Amina", "check_out")
    expect(child(page, "Amina").locator(".where")).to_contain_text("In")
    child(page, "Amina").get_by_label("Who came for them?").fill("Her aunt")
    tap(page, "Amina", "check_out")
    expect(child(page, "Amina").locator(".where")).to_have_text("Gone home")
    assert [did for _, did in evening.lines()] == ["check_in", "check_out"]


def test_checks_seen_at_the_door_count_at_once_and_what_has_the_focus_is_never_covered(
    evening: Evening, page: Page
) -> None:
    with evening.app.app_context(), three_days_ago():
        team = make_person(Role.VOICE)
        other = doors.make_forum(by=team, **going_on())
        for name in ("Amina", "Bartek", "Chidi", "Daria"):
            doors.make_young(other, name)
        doors.make_adult(other, "Carol", seen=False)
        dee = doors.make_adult(other, "Dee", seen=False)
        doors.begin(now())
    page.goto(f"/desk/forums/{other.id}/door")
    tap(page, "Carol", "check_in")
    expect(page.locator("[data-meter=adults]")).to_have_text("0")
    expect(page.get_by_text("Everything is sent.")).to_be_visible()
    child(page, "Carol").get_by_role("button", name="I have seen their checks").click()
    expect(page.locator("[data-meter=adults]")).to_have_text("1")
    with evening.app.app_context():
        see_checks(dee, by=team, today=today())  # on another phone
        db.session.commit()
    tap(page, "Dee", "check_in")
    expect(page.locator("[data-meter=adults]")).to_have_text("2")
    expect(child(page, "Dee").get_by_text("Checks not seen yet")).to_be_hidden()
    page.get_by_text("Somebody who has not signed up").click()
    page.get_by_role("button", name="Check in").last.focus()
    for _ in range(16):
        page.keyboard.press("Shift+Tab")
        assert page.evaluate(COVERED) is False


def test_the_phones_camera_opens_a_pass_and_the_same_pass_twice_says_so(evening: Evening, page: Page) -> None:
    with evening.app.app_context():
        key = db.session.get_one(SignUpRow, evening.children["Daria"]).key
        address = path(Opens.PASS, key).replace("/forums/pass", "/desk/forums/pass")
    page.goto(address)
    page.get_by_role("button", name="Check in").click()
    expect(page.get_by_text("Done. Daria K: in.")).to_be_visible()
    page.goto(address)
    expect(page.get_by_text("This pass was shown before: Daria K is in already, since")).to_be_visible()
    assert findings(page) == []
    assert evening.lines() == [("Daria", "check_in")]


def test_without_script_each_tap_is_a_plain_form(evening: Evening, page: Page, chromium: Browser) -> None:
    context = chromium.new_context(base_url=evening.site, viewport=PHONE, java_script_enabled=False)
    plain = door(evening, context)
    tap(plain, "Bartek", "check_in")
    expect(child(plain, "Bartek").locator(".where")).to_have_text("In")
    tap(plain, "Bartek", "check_out")
    expect(child(plain, "Bartek").locator(".where")).to_have_text("Gone home")
    assert evening.lines() == [("Bartek", "check_in"), ("Bartek", "check_out")]
    context.close()


@pytest.mark.parametrize("size", [PHONE, {"width": 320, "height": 640}, {"width": 1280, "height": 800}])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_door_is_for_everyone(page: Page, size: dict[str, int], scheme: str) -> None:
    page.set_viewport_size(size)  # type: ignore[arg-type]
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.reload()
    tap(page, "Amina", "check_in")
    page.get_by_text("Somebody who has not signed up").click()
    assert findings(page) == []
    assert not too_wide(page)
    assert small_targets(page) == []
