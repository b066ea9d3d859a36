"""Too few adults at the door: asked about once, never a reason to leave a child outside, and kept in the audit."""

import json
from datetime import UTC, datetime

import pytest
import time_machine
from sqlalchemy import select

from engage.accounts.models import AuditRow
from engage.accounts.rules import Role
from engage.forums.models import SignUpRow
from engage.forums.queries.links import token
from engage.forums.rules.door import Meter, too_few
from engage.forums.rules.links import Opens
from engage.shared import db
from tests.doors import DURING, begin, make_adult, make_forum, make_young
from tests.people import make_person, sign_in
from tests.signing_up import rows

ASKED = "Too few adults in the room: 1 under 18, 0 adults. Let them in all the same?"
LET_IN = "door: let in where adults were too few"
WALID = {
    "place": "young", "first_name": "Walid", "age": "17", "contact": "07700 900123", "photos": "none", "relation": "",
}  # fmt: skip


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


def a_pass(child: int) -> str:
    return f"/desk/forums/pass/{token(Opens.PASS, db.session.get_one(SignUpRow, child).key)}"


def check_in(client, page, sign_up, **more):
    typed = {"did": "check_in", "collector": "", **more, "key": more.get("key", "a") * 32}
    return client.fill_in(page, page, sign_up=sign_up, **typed)


def words(page: str) -> str:
    return " ".join(page.split())


def kept() -> list[tuple[str, str]]:
    db.session.rollback()
    found = select(AuditRow.about, AuditRow.reason).where(AuditRow.did == LET_IN).order_by(AuditRow.id)
    return [(about, reason) for about, reason in db.session.execute(found)]


@pytest.mark.parametrize("way", ["door", "pass"])
def test_a_child_is_asked_about_once_where_adults_are_too_few_and_then_let_in(team, here, way):
    child = make_young(here, "Amina")
    begin()
    page = door(here) if way == "door" else a_pass(child)
    asked = check_in(team, page, child)
    assert asked.status_code == 409
    assert ASKED in asked.text
    assert asked.text.count('name="sure" value="1"') == 1
    assert (rows(SignUpRow)[0].presence, kept()) == ("expected", [])
    assert check_in(team, page, child, sure="1").status_code == 303
    assert rows(SignUpRow)[0].presence == "in"
    reason = "Too few adults in the room: 1 under 18, 0 adults"
    assert kept() == [(f"forum {here.id}, sign-up {child}", reason)]


def test_somebody_who_has_not_signed_up_is_asked_about_too_and_what_was_typed_is_kept(team, here):
    begin()
    asked = team.fill_in(door(here), f"{door(here)}/walk-in", **WALID)
    assert asked.status_code == 409
    assert ASKED in asked.text
    assert 'value="Walid"' in asked.text
    assert "Let them in all the same</button>" in asked.text
    assert rows(SignUpRow) == []
    assert team.fill_in(door(here), f"{door(here)}/walk-in", **WALID, sure="1").status_code == 303
    assert (rows(SignUpRow)[0].presence, len(kept())) == ("in", 1)


@pytest.mark.parametrize("way", ["door", "pass"])
def test_a_child_who_comes_back_in_is_asked_about_as_well(team, here, way):
    child = make_young(here, "Amina")
    begin()
    page = door(here) if way == "door" else a_pass(child)
    check_in(team, page, child, sure="1", key="a")
    check_in(team, page, child, did="step_out", key="b")
    asked = check_in(team, page, child, did="come_back", key="c")
    assert (asked.status_code, ASKED in asked.text) == (409, True)
    assert rows(SignUpRow)[0].presence == "away"
    assert check_in(team, page, child, did="come_back", key="d", sure="1").status_code == 303
    assert (rows(SignUpRow)[0].presence, len(kept())) == ("in", 2)


def test_nobody_is_asked_about_while_there_are_enough_adults_nor_about_an_adult(team, here):
    adults, child = [make_adult(here), make_adult(here)], make_young(here)
    begin()
    for key, one in zip("abc", (*adults, child), strict=True):
        assert check_in(team, door(here), one, key=key).status_code == 303
    assert [one.presence for one in rows(SignUpRow)] == ["in"] * 3
    assert kept() == []


def test_a_phone_that_had_no_network_brings_everybody_in_and_the_audit_says_so(team, here):
    child = make_young(here)
    begin()
    sent = json.dumps([{"key": "a" * 32, "sign_up": child, "did": "check_in"}])
    assert team.fill_in(door(here), f"{door(here)}/sync", marks=sent).get_json()["told"] == {"a" * 32: ""}
    assert (rows(SignUpRow)[0].presence, len(kept())) == ("in", 1)


def test_before_the_doors_open_the_reason_is_said_and_nobody_is_asked(team, here):
    child = make_young(here)
    with time_machine.travel(datetime(2026, 11, 24, 12, tzinfo=UTC), tick=False):
        sign_in(team, make_person(Role.VOICE))
        assert check_in(team, door(here), child).status_code == 303


def test_the_page_of_a_pass_says_whether_there_are_enough_adults(team, here):
    child = make_young(here)
    begin()
    check_in(team, door(here), child, sure="1")
    page = words(team.get(a_pass(child)).text)
    assert 'data-says="few"' in page
    assert "Too few adults." in page
    assert '<span data-meter="minors">1</span> under 18' in page


def test_one_adult_is_one_adult():
    assert "9 under 18, 1 adult. Let" in too_few(Meter(9, 1, 2))
    assert too_few(Meter(9, 2, 2)) == ""
