"""Who comes to the door without a sign-up: the right adult's yes, the right age, checks that somebody has seen."""

import pytest
import time_machine
from sqlalchemy import select

from engage.accounts.models import AuditRow
from engage.accounts.rules import Role
from engage.forums.models import SignUpRow
from engage.shared import db
from tests.doors import DURING, begin, make_adult, make_forum, make_young, put_at_door
from tests.people import make_person, sign_in
from tests.signing_up import only, rows

CHILD = {
    "place": "young",
    "first_name": "Walid",
    "initial": "B",
    "age": "15",
    "contact": "07700 900123",
    "relation": "",
    "sure": "1",
}
PARENT = {"relation": "parent", "adult": "Mr B"}
WORKER = {
    "place": "professional", "first_name": "Ola", "contact": "07700 900124", "agency": "*",
    "agency_other": "Police (invented)", "role": "Officer", "relation": "",
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


def walk_in(client, here, typed):
    return client.fill_in(door(here), f"{door(here)}/walk-in", photos="none", **typed)


def check_in(client, here, *sign_ups: int) -> str:
    for number, one in enumerate(sign_ups):
        typed = {"key": f"{number:032x}", "collector": "", "sure": "1", "sign_up": one, "did": "check_in"}
        assert client.fill_in(door(here), door(here), **typed).status_code == 303
    return client.get(door(here)).text


@pytest.mark.parametrize("relation", ["local_authority", "delegated_carer"])
def test_a_walk_in_in_care_comes_in_with_the_yes_of_who_may_give_it(team, here, relation):
    begin()
    assert walk_in(team, here, CHILD | {"relation": relation, "adult": "Ms Lee"}).status_code == 303
    assert (only(SignUpRow).presence, only(SignUpRow).looked_after) == ("in", True)


def test_the_door_lets_nobody_in_on_a_young_persons_place_who_is_too_old_for_the_forum(team, here):
    begin()
    answer = walk_in(team, here, CHILD | {"age": "24"})
    assert answer.status_code == 422
    assert "This forum is for ages 11 to 18." in answer.text
    assert 'value="Walid"' in answer.text
    assert rows(SignUpRow) == []


@pytest.mark.parametrize("missing", ["agency_other", "role"])
def test_an_adult_at_the_door_says_agency_and_role(team, here, missing):
    begin()
    answer = walk_in(team, here, WORKER | {missing: ""})
    assert answer.status_code == 422
    assert f"Type their {missing.partition('_')[0]}" in answer.text
    assert rows(SignUpRow) == []


def test_an_adult_whose_checks_nobody_has_seen_does_not_count_until_the_door_has_seen_them(app, here):
    helper = make_person(Role.DOOR)
    put_at_door(here, helper)
    client = sign_in(app.test_client(), helper)
    everybody = [make_adult(here), make_adult(here, seen=False), make_young(here)]
    unseen = everybody[1]
    begin()
    assert "Too few adults" in check_in(client, here, *everybody)
    assert client.fill_in(door(here), f"{door(here)}/checks", sign_up=unseen).status_code == 303
    assert "Enough adults" in client.get(door(here)).text
    assert db.session.get_one(SignUpRow, unseen, populate_existing=True).checks_seen_by == helper.id
    assert "saw an adult's checks" in db.session.scalars(select(AuditRow.did)).all()


def test_checks_are_seen_of_adults_of_this_forum_only(team, here):
    other, child = make_adult(make_forum(theme="Another one (invented)"), seen=False), make_young(here)
    for sign_up in (other, child, ""):
        assert team.fill_in(door(here), f"{door(here)}/checks", sign_up=sign_up).status_code in {404, 422}
    assert not any(one.checks_seen_by for one in rows(SignUpRow))


def test_a_walk_in_whose_checks_were_seen_at_the_door_counts_at_once(team, here):
    begin()
    walk_in(team, here, WORKER)
    assert only(SignUpRow).checks_seen_by is None
    walk_in(team, here, WORKER | {"first_name": "Kim", "checks": "y"})
    assert [one.checks_seen_by is not None for one in rows(SignUpRow)] == [False, True]


def test_what_an_adult_said_about_their_checks_stands_on_their_page_and_in_the_list(team, here):
    yes, no = make_adult(here, seen=False), make_adult(here, seen=False)
    db.session.get_one(SignUpRow, no).checks_said = False
    db.session.commit()
    begin()
    walk_in(team, here, WORKER)
    stranger = rows(SignUpRow)[-1].id
    page = f"/desk/forums/{here.id}/people"
    said = {yes: "yes, they have one", no: "no, they have none", stranger: "nobody asked: they came to the door"}
    for one, words in said.items():
        assert words in team.get(f"{page}/{one}").text
    assert "not seen yet, and says there is none" in team.get(page).text


def test_what_is_refused_at_the_door_keeps_the_page_and_what_was_typed(team, here):
    begin()
    assert walk_in(team, here, CHILD | PARENT).status_code == 303
    again = walk_in(team, here, CHILD | PARENT)
    assert again.status_code == 422
    assert "is on this list already" in again.text
    assert 'value="Walid"' in again.text
    db.session.execute(db.Model.metadata.tables["forum"].update().values(professional=15))
    db.session.commit()
    full = walk_in(team, here, WORKER)
    assert full.status_code == 409
    assert "There is no place left for this person" in full.text
    assert 'value="Officer"' in full.text
    assert [one.name for one in rows(SignUpRow)] == ["Walid"]


def test_nobody_walks_in_before_the_doors_open_or_after_the_forum(team, database):
    here = make_forum()
    early = walk_in(team, here, WORKER)
    begin()
    db.session.execute(db.Model.metadata.tables["forum"].update().values(state="ended"))
    db.session.commit()
    late = walk_in(team, here, WORKER)
    assert (early.status_code, late.status_code) == (409, 409)
    assert "The doors are not open yet" in early.text
    assert "The forum is over" in late.text
    assert rows(SignUpRow) == []
