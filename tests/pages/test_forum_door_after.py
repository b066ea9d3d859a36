"""The door when it is over, a pass that was just used, two people who come for one child, and a night past midnight."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine

from engage.accounts.rules import Role
from engage.forums.models import CheckInRow, SignUpRow
from engage.forums.queries.links import token
from engage.forums.rules.consents import Purpose
from engage.forums.rules.door import Meter
from engage.forums.rules.links import Opens
from engage.shared import db
from tests.doors import DURING, begin, make_forum, make_young
from tests.people import make_person, sign_in
from tests.signing_up import rows

END = datetime(2026, 11, 24, 19, 0, tzinfo=UTC)
COLLECTED = frozenset({Purpose.ATTEND})


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(DURING, tick=False):
        yield


@pytest.fixture
def team(visitor):
    return sign_in(visitor, make_person(Role.VOICE))


@pytest.fixture
def here(database):
    return make_forum()


def door(here) -> str:
    return f"/desk/forums/{here.id}/door"


def tap(client, page, sign_up, did, **more):
    key = more.pop("key") * 32
    return client.fill_in(page, page, **{"collector": "", "sure": "1", **more}, key=key, sign_up=sign_up, did=did)


def words(page: str) -> str:
    return " ".join(page.split())


def test_a_pass_just_used_says_that_they_are_in_and_only_the_next_time_that_it_was_shown_before(team, here):
    child = make_young(here, "Zack")
    begin()
    address = f"/desk/forums/pass/{token(Opens.PASS, db.session.get_one(SignUpRow, child).key)}"
    after = team.get(tap(team, address, child, "check_in", key="a").location).text
    assert "shown before" not in after
    assert "Done. Zack K: in" in words(after)
    assert "This pass was shown before: Zack K is in already, since 17:30." in words(team.get(address).text)
    refused = team.get(tap(team, address, child, "check_in", key="b").location).text
    assert "shown before" in refused


def test_once_it_is_over_the_door_names_every_child_who_is_still_in_instead_of_counting_adults(team, here):
    amina, ben, grown = make_young(here, "Amina"), make_young(here, "Ben"), make_young(here, "Gia", age=18)
    begin()
    for key, one in zip("abc", (amina, ben, grown), strict=True):
        tap(team, door(here), one, "check_in", key=key)
    tap(team, door(here), ben, "step_out", key="d")
    with time_machine.travel(END - timedelta(minutes=1), tick=False):
        sign_in(team, make_person(Role.VOICE))
        assert "Too few adults" in team.get(door(here)).text
    with time_machine.travel(END, tick=False):
        sign_in(team, make_person(Role.VOICE))
        page = words(team.get(door(here)).text)
        assert "Still here:</strong>" in page
        assert ">Amina K, Ben K</span>" in page
        assert "few adults.<" not in page
        for key, one in (("e", amina), ("f", ben)):
            tap(team, door(here), one, "check_out", key=key, collector="Mum")
        assert "Everybody under 18 has gone home" in words(team.get(door(here)).text)


def test_while_many_are_still_in_the_top_counts_them_instead_of_covering_the_list():
    few, many = Meter(8, 2, 2, ("Amina K",) * 8), Meter(9, 2, 2, ("Amina K",) * 9)
    assert few.still_here.count("Amina K") == 8
    assert many.still_here == "9 under 18"


def test_the_second_person_who_came_for_one_child_is_kept_and_told_and_read_by_the_team(team, here):
    child = make_young(here, "Amir", given=COLLECTED)
    begin()
    tap(team, door(here), child, "check_in", key="a")
    tap(team, door(here), child, "check_out", key="b", collector="His aunt")
    told = ""
    for _ in range(2):
        tap(team, door(here), child, "check_out", key="c", collector="A man who says he is his uncle")
        told += words(team.get(door(here)).text)
    assert told.count("Amir K is out already, with His aunt") == 1
    kept = [(one.did, one.collector) for one in sorted(rows(CheckInRow), key=lambda one: one.key)]
    assert kept[1:] == [("check_out", "His aunt"), ("also_named", "A man who says he is his uncle")]
    page = words(team.get(f"/desk/forums/{here.id}/people/{child}").text)
    assert "Check out, with His aunt" in page
    assert "Somebody else came for them: A man who says he is his uncle" in page


def test_the_same_collector_named_twice_is_no_second_one(team, here):
    child = make_young(here, "Amir", given=COLLECTED)
    begin()
    tap(team, door(here), child, "check_in", key="a")
    for key, collector in (("b", "His aunt"), ("c", " his AUNT"), ("d", "")):
        tap(team, door(here), child, "check_out", key=key, collector=collector)
    assert sorted(one.did for one in rows(CheckInRow)) == ["check_in", "check_out"]


def test_the_door_says_to_the_minute_when_access_ends_also_past_midnight(team, database, monkeypatch):
    day = date(2026, 11, 25)
    here = make_forum(meets_on=day, starts=time(21, 30), ends=time(1, 30), closes_on=date(2026, 11, 24))
    assert "Your access ends by itself on Thursday at 05:30" in words(team.get(door(here)).text)
