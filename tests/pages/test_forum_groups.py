"""Groups: nobody of one is dropped, a leader who waits knows what comes next, the organiser sees who leads whom."""

import pytest
from sqlalchemy import select

from engage.accounts.rules import Role
from engage.forums.actions import changing
from engage.forums.models import SignUpRow
from engage.forums.rules.places import Member, Place, Taken, fit_one_by_one
from engage.shared import db
from engage.shared.clock import now
from engage.shared.outbox import LetterRow
from tests import forums
from tests.people import make_person, sign_in
from tests.signing_up import WORKER, check, rows, sign_up, slug_of

GROUP = {**WORKER, "together": "together", "members-0-first_name": "Ana", "members-0-age": "17"}


@pytest.fixture
def slug(database) -> str:
    return slug_of(forums.make_forum())


@pytest.fixture
def waiting(database):
    """A full forum, and a group of three who wait behind one other person."""
    forum_id = forums.make_forum(limits=forums.SMALL)
    people = forums.fill(forum_id)
    forums.join(forum_id, forums.young())
    return forum_id, people, forums.book(forum_id, [forums.young(17, contact="") for _ in range(3)])


@pytest.mark.parametrize("row", [{"age": "13"}, {"age": "13", "relation": "parent"}, {"needs": "a ramp"}, {"age": "x"}])
def test_somebody_of_a_group_without_a_first_name_is_asked_about_and_not_dropped(visitor, slug, row):
    page = check(visitor, slug, GROUP | {f"members-1-{name}": words for name, words in row.items()}, "group")
    assert page.status_code == 422
    assert "Type a first name, or empty the boxes of this person" in page.text


def test_a_row_that_is_quite_empty_is_nobody(visitor, slug):
    assert sign_up(visitor, slug, GROUP | {"members-1-needs": " "}, "group").status_code == 303
    assert sorted(one.name for one in rows(SignUpRow)) == ["Ana", "Sam Hill"]


def test_one_more_person_leads_to_the_boxes_of_that_person(visitor, slug):
    answer = visitor.fill_in(f"/forums/{slug}/group", to=f"/forums/{slug}/group/more", **GROUP)
    assert answer.headers["Location"] == f"/forums/{slug}/group#person-4"
    page = visitor.get(answer.headers["Location"])
    assert page.status_code == 200
    assert 'id="person-4"' in page.text


def test_a_group_that_waits_reads_how_many_are_ahead_and_what_comes_next(visitor, waiting):
    page = visitor.get(f"/forums/group/{waiting[2].token}").text
    assert "Before you in the line: 1" in page
    assert "When there are places for all of you, we write to you and keep them for a day." in page
    assert "only for" not in page


def letters() -> int:
    db.session.rollback()
    return sum(one.kind == "few" for one in db.session.scalars(select(LetterRow)))


def test_the_leader_hears_once_that_places_came_free_and_were_too_few(visitor, waiting):
    forum_id, people, group = waiting
    assert letters() == 0
    for one in people[:3]:  # the first goes to the one ahead; the second is too few for three, the third still
        changing.cancel(one.id, at=now())
        db.session.commit()
    assert forums.state_of(group.members[0].id) == "waitlisted"
    assert letters() == 1
    assert "There are places free now, but only for 2 of you." in visitor.get(f"/forums/group/{group.token}").text
    forums.check_ledger(forum_id)


def test_people_fit_one_by_one_until_a_limit_is_met():
    five = [Member(Place.YOUNG, age=17)] * 5
    assert fit_one_by_one(five, Taken(young=3), forums.SMALL) == 2
    assert fit_one_by_one(five, Taken(young=5), forums.SMALL) == 0


def test_the_organiser_sees_each_group_with_its_leader_and_how_to_reach_them(app, visitor, slug):
    sign_up(visitor, slug, GROUP, "group")
    ana = next(one for one in rows(SignUpRow) if one.name == "Ana")
    organiser = sign_in(app.test_client(), make_person(Role.VOICE))
    page = organiser.get(f"/desk/forums/{ana.forum_id}/people").text
    assert page.count("Group of Sam Hill, Health (invented), kept together") == 2
    assert "sam@example.org" in organiser.get(f"/desk/forums/{ana.forum_id}/people/{ana.id}").text
