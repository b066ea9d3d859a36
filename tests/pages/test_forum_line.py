"""Who waits, and for what: a group sent twice, an organisation at its cap, the line of one type, an adult's yes."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from engage.accounts.rules import Role
from engage.forums.actions import changing
from engage.forums.models import GroupRow, SignUpRow
from engage.forums.rules.places import Member, Place, Taken, room_for
from engage.safeguarding.actions import raise_alert
from engage.safeguarding.rules.alerts import STILL_IN, NewAlert
from engage.shared import db
from engage.shared.clock import now
from engage.shared.outbox import LetterRow
from tests import forums
from tests.people import make_person, sign_in
from tests.signing_up import WORKER, rows, sign_up, slug_of

GROUP = {**WORKER, "together": "together", "members-0-first_name": "Ana", "members-0-age": "17"}
ONE_EACH = replace(forums.LIMITS, agency_cap=1)


def words(page: str) -> str:
    return " ".join(page.split())


@pytest.fixture
def slug(database) -> str:
    return slug_of(forums.make_forum())


def twice(app, slug, **changes) -> tuple[object, object]:
    """The same group from two browsers."""
    first = sign_up(app.test_client(), slug, GROUP, "group")
    return first, sign_up(app.test_client(), slug, GROUP | changes, "group")


@pytest.mark.parametrize("changes", [{}, {"contact": "SAM@example.org", "members-0-first_name": " ana"}])
def test_a_group_sent_from_two_browsers_takes_its_places_once_and_its_leader_is_written_to(app, slug, changes):
    first, second = twice(app, slug, **changes)
    assert first.headers["Location"].startswith("/forums/group/")
    assert second.headers["Location"] == "/forums/again"
    assert (len(rows(SignUpRow)), len(rows(GroupRow))) == (2, 1)
    forums.check_ledger(rows(GroupRow)[0].forum_id)
    again = [one for one in db.session.scalars(select(LetterRow)) if one.kind == "again"]
    assert [one.to for one in again] == ["sam@example.org"]
    assert first.headers["Location"] in again[0].body
    assert "refused a second sign-up" in forums.audited()


@pytest.mark.parametrize("changes", [{"members-0-first_name": "Eve"}, {"contact": "kim@example.org"}])
def test_another_group_of_the_same_leader_or_the_same_names_of_another_one_is_no_second_one(app, slug, changes):
    assert twice(app, slug, **changes)[1].headers["Location"].startswith("/forums/group/")
    assert len(rows(GroupRow)) == 2


def test_a_group_that_was_cancelled_may_be_booked_once_more(app, slug):
    sign_up(app.test_client(), slug, GROUP, "group")
    changing.cancel_group(rows(GroupRow)[0].id, at=now())
    db.session.commit()
    assert sign_up(app.test_client(), slug, GROUP, "group").headers["Location"].startswith("/forums/group/")


def test_a_group_held_back_by_the_cap_of_its_organisation_reads_that_and_no_riddle(visitor, database):
    forum_id = forums.make_forum(limits=ONE_EACH)
    forums.list_agencies(forum_id, "Northway School (invented)")
    forums.join(forum_id, forums.professional())
    held = forums.book(forum_id, [forums.young(17, contact=""), forums.young(17, contact="")], leader_comes=True)
    page = words(visitor.get(f"/forums/group/{held.token}").text)
    assert "only for" not in page
    assert (
        "Places for people of one organisation: at most 1, so that the room stays mixed. Free for yours now: 0." in page
    )
    assert (
        "until one of these people frees a place, or you split the group below. Who could come now: 2 of you." in page
    )
    assert "not on our list count as one" not in page


def test_the_cap_is_said_only_where_it_is_what_holds_somebody_back():
    people = [Member(Place.YOUNG, age=17), Member(Place.PROFESSIONAL, agency="police")]
    assert room_for(people, Taken(), ONE_EACH, {"police": 1}).capped
    assert not room_for(people, Taken(), ONE_EACH, {"school": 1}).capped
    assert not room_for(people, Taken(professional=16), ONE_EACH, {"police": 1}).capped
    assert room_for(people, Taken(), replace(ONE_EACH, agency_cap=0), {"police": 9}).fit == 2


def test_only_those_who_wait_for_the_same_type_of_place_are_before_you(visitor, database):
    forum_id = forums.make_forum(limits=forums.SMALL)
    forums.fill(forum_id)
    taken = [forums.join(forum_id, forums.professional(f"Agency {number}")) for number in range(4)]
    adult, child, next_child = taken[-1], forums.join(forum_id, forums.young()), forums.join(forum_id, forums.young())
    assert adult.state == child.state == "waitlisted"
    assert "You are next in the line." in visitor.get(f"/forums/mine/{child.token}").text
    assert "Before you in the line: 1" in visitor.get(f"/forums/mine/{next_child.token}").text


def test_who_waits_for_an_adults_yes_is_said_to_the_leader_and_to_the_desk(app, visitor, database):
    forum_id = forums.make_forum(limits=forums.SMALL)
    forums.fill(forum_id)
    group = forums.book(forum_id, [forums.young(14, contact=""), forums.young(17, contact="")], together=False)
    page = visitor.get(f"/forums/group/{group.token}").text
    assert page.count("Waits for an adult&#39;s yes") == page.count("On the waiting list") == 1
    desk = sign_in(app.test_client(), make_person(Role.VOICE))
    listed = words(desk.get(f"/desk/forums/{forum_id}/people").text)
    assert listed.count("waits for an adult&#39;s yes") == listed.count(">waits<") == 1
    assert "waits for an adult&#39;s yes" in desk.get(f"/desk/forums/{forum_id}/people/{group.members[0].id}").text


def test_a_child_who_may_still_be_in_a_building_stands_before_older_alerts_and_is_told_apart(visitor, database):
    at = now()
    raise_alert(NewAlert("words", "a survey", "item 1", "harm", 1.0), at=at - timedelta(days=1))
    raise_alert(NewAlert("Amina K was still in", "Forum: the door", "forum 1", STILL_IN, 1.0), at=at)
    db.session.commit()
    page = words(sign_in(visitor, make_person(Role.SAFEGUARDING)).get("/desk/alerts/").text)
    assert 0 < page.index("Still at a forum</h2>") < page.index("Waiting for 1 day")
    assert page.count('<li class="card alarm"') == page.count("A child may still be there: look at once.") == 1
    assert "stands before all" in page


def test_no_hour_is_named_that_the_team_did_not_set(visitor, database):
    forum_id = forums.make_forum()
    page = words(visitor.get(f"/forums/mine/{forums.join(forum_id, forums.young()).token}").text)
    assert "16:00" not in page
    assert "doors open" not in page
    assert "It starts on" in page
