"""What goes wrong at a forum ends in a plain sentence, a right state and a line of the audit."""

import re
from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine

from engage.accounts.rules import Role
from engage.forums.actions import changing
from engage.forums.actions.door import raise_still_in
from engage.forums.models import ConsentRow
from engage.forums.queries.forums import forum
from engage.forums.queries.links import token
from engage.forums.rules.links import Opens
from engage.forums.rules.signing_up import Changed
from engage.safeguarding.models import AlertRow
from engage.shared import db
from engage.shared.clock import now
from tests import doors, forums
from tests.doors import DURING, begin, make_young
from tests.pages.test_forum_door import lines, row
from tests.pages.test_forum_few import LET_IN as FEW
from tests.people import make_person, sign_in

AT = datetime(2026, 11, 20, 12, tzinfo=UTC)
NIGHT = {"meets_on": date(2026, 10, 24), "starts": time(22), "ends": time(1, 30)}  # half past one comes twice


@pytest.fixture
def team(visitor):
    with time_machine.travel(DURING, tick=False):
        yield sign_in(visitor, make_person(Role.VOICE))


@pytest.fixture
def here(database):
    return doors.make_forum()


def audited() -> list[str]:
    db.session.rollback()
    return forums.audited()


def test_a_walk_in_sent_twice_is_stored_once(team, here):
    begin()
    page = f"/desk/forums/{here.id}/door"
    key = re.search(r'name="key" value="([0-9a-f]{32})"', team.get(page).text.split("door/walk-in")[1])[1]
    typed = {"place": "young", "first_name": "Walid", "age": "17", "contact": "07700 900123", "key": key}
    for _ in range(2):
        assert team.fill_in(page, f"{page}/walk-in", **typed, photos="none", relation="", sure="1").status_code == 303
    assert (lines(), team.get(page).text.count(">\n      Walid")) == (1, 1)
    altered = team.fill_in(page, f"{page}/walk-in", **{**typed, "key": "x"}, photos="none", relation="", sure="1")
    assert altered.status_code == 422


def test_a_walk_in_of_17_speaks_for_themselves(team, here):
    begin()
    page = f"/desk/forums/{here.id}/door"
    typed = {"place": "young", "first_name": "Walid", "age": "17", "contact": "07700 900123", "alone": "y"}
    assert team.fill_in(page, f"{page}/walk-in", **typed, photos="public", relation="", sure="1").status_code == 303
    after = team.get(page).text
    assert "May leave alone" in after
    assert "Photos: yes" in after


def test_the_same_pass_twice_moves_nobody_and_is_written_down(team, here):
    child = make_young(here, "Amina")
    begin()
    address = f"/desk/forums/pass/{token(Opens.PASS, row(child).key)}"
    for key in ("a" * 32, "b" * 32):
        team.fill_in(address, address, key=key, sign_up=child, did="check_in", collector="", sure="1")
    assert "This pass was shown before: Amina K is in already" in team.get(address).text
    assert (row(child).presence, lines()) == ("in", 1)
    assert [did for did in audited() if did.startswith("door: ")] == [
        "door: check in",
        FEW,
        "door: refused to check in",
    ]


def test_15_turning_16_decides_for_themselves(visitor, database):
    forum_id = forums.make_forum()
    held = forums.join(forum_id, forums.young(15))
    page = visitor.get(f"/forums/mine/{held.token}").text
    assert "Your place is kept for you" in page
    assert changing.change(held.id, Changed(age=16), at=now()) == "confirmed"
    db.session.commit()
    assert "You have a place" in visitor.get(f"/forums/mine/{held.token}").text
    assert db.session.get_one(ConsentRow, (held.id, "attend")).relation == "self"
    assert "changed an age" in audited()


def test_a_group_larger_than_the_places_left_waits_on_and_hears_how_to_go_on(visitor, database):
    forum_id = forums.make_forum(limits=forums.SMALL)
    people = forums.fill(forum_id)
    group = forums.book(forum_id, [forums.young(17, contact="") for _ in range(3)])
    changing.cancel(people[0].id, at=now())
    db.session.commit()
    assert {forums.state_of(one.id) for one in group.members} == {"waitlisted"}
    assert "left out a group too large for the places left" in audited()
    page = visitor.get(f"/forums/group/{group.token}").text
    assert "On the waiting list" in page
    assert "split" in page.lower()
    forums.check_ledger(forum_id)


def test_the_night_the_clocks_change_ends_when_the_clock_shows_its_end_for_the_last_time(visitor, database):
    with time_machine.travel(datetime(2026, 10, 1, tzinfo=UTC), tick=False):
        doors.BEFORE, before = datetime(2026, 10, 1, 12, tzinfo=UTC), doors.BEFORE
        here = doors.make_forum(**NIGHT, closes_on=date(2026, 10, 23))
        child = make_young(here, "Amina")
        doors.BEFORE = before
    begin(here.doors_at)
    with time_machine.travel(here.starts_at, tick=False):
        page = f"/desk/forums/{here.id}/door"
        tap = {"key": "a" * 32, "sign_up": child, "did": "check_in", "collector": "", "sure": "1"}
        assert sign_in(visitor, make_person(Role.VOICE)).fill_in(page, page, **tap).status_code == 303
        assert "until 01:30" in visitor.get(page).text
    for at, state, alerts in (
        (datetime(2026, 10, 25, 0, 50, tzinfo=UTC), "live", 0),  # ten to two, the first time
        (datetime(2026, 10, 25, 1, 31, tzinfo=UTC), "ended", 0),
        (datetime(2026, 10, 25, 1, 46, tzinfo=UTC), "ended", 1),
    ):
        begin(at)
        assert raise_still_in(at) == alerts
        db.session.commit()
        assert forum(here.id).state == state
    assert here.ends_at - here.starts_at == timedelta(hours=4, minutes=30)
    assert db.session.query(AlertRow).count() == 1
    assert "a forum ended" in audited()


@pytest.mark.parametrize("address", ["/forums/mine/", "/forums/consent/", "/forums/pass/"])
def test_an_altered_link_opens_nothing_and_is_written_down(visitor, here, address):
    page = visitor.get(f"{address}{'A' * 38}")
    assert page.status_code == 404
    assert "This link is not complete or was changed" in page.text
    assert audited()[-1] == "refused a link that opens nothing"
