"""Who says that nobody holds a DBS check for them has a place once somebody has seen one, and reads just that."""

import pytest
import time_machine
from sqlalchemy import select

from engage.accounts.rules import Role
from engage.forums.actions import setting_up
from engage.forums.models import SignUpRow
from engage.shared import db, outbox
from engage.shared.clock import today
from tests import doors
from tests.forums import book, join, make_forum, professional, young
from tests.people import make_person, sign_in
from tests.signing_up import WORKER, only, sign_up, slug_of

ONCE = "You have a place, once somebody has seen your check"


@pytest.fixture
def forum_id(database) -> int:
    return make_forum()


def letters() -> list[str]:
    return sorted(db.session.scalars(select(outbox.LetterRow.kind)))


@pytest.mark.parametrize(("said", "heading"), [("no", ONCE), ("yes", "You have a place")])
def test_the_page_says_what_a_place_without_a_check_is(visitor, forum_id, said, heading):
    address = sign_up(visitor, slug_of(forum_id), WORKER | {"checks": said}, "work").headers["Location"]
    page = visitor.get(address).text
    assert f'<h1 id="standing-heading">{heading}</h1>' in page
    assert ("Your pass" in page, "Without it, the safeguarding lead decides" in page) == (said == "yes", said == "no")
    assert letters() == ["place" if said == "yes" else "place_check"]


def test_once_it_is_seen_the_place_is_theirs_and_they_hear_of_it_once(visitor, forum_id):
    address = sign_up(visitor, slug_of(forum_id), WORKER | {"checks": "no"}, "work").headers["Location"]
    for _ in range(2):
        setting_up.see_checks(only(SignUpRow).id, by=make_person(Role.VOICE), today=today())
        db.session.commit()
    assert "Your pass" in visitor.get(address).text
    assert letters() == ["place", "place_check"]


def test_who_said_yes_hears_nothing_more_when_it_is_seen(forum_id):
    made = join(forum_id, professional())
    setting_up.see_checks(made.id, by=make_person(Role.VOICE), today=today())
    assert letters() == ["place"]


def test_the_team_reads_the_same(visitor, forum_id):
    made = join(forum_id, professional(checks=False))
    team = sign_in(visitor, make_person(Role.VOICE))
    for page in ("", f"/{made.id}"):
        assert "comes, once their check is seen" in team.get(f"/desk/forums/{forum_id}/people{page}").text


def test_a_leader_without_a_check_reads_it_among_their_group(visitor, forum_id):
    booked = book(forum_id, [young(17, contact="")], leader_comes=True)
    leader = db.session.scalars(select(SignUpRow).where(SignUpRow.age.is_(None))).one()
    leader.checks_said = False
    db.session.commit()
    assert "Has a place, once somebody has seen their check" in visitor.get(f"/forums/group/{booked.token}").text


def test_the_door_is_told_before_they_come_in(visitor, database):
    here = doors.make_forum()
    db.session.get_one(SignUpRow, doors.make_adult(here, seen=False)).checks_said = False
    db.session.commit()
    with time_machine.travel(doors.DURING, tick=False):
        page = sign_in(visitor, make_person(Role.VOICE)).get(f"/desk/forums/{here.id}/door").text
    assert "Says there is no check: ask the lead before they come in" in page
