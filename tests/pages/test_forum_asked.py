"""What people are told about who was asked: the young person, the adult before, a group whose leader cancels."""

import re

import pytest
import time_machine
from sqlalchemy import select

from engage.accounts.rules import Role
from engage.forums.actions import consents, offers
from engage.forums.models import SignUpRow
from engage.forums.queries import sign_ups
from engage.shared import db
from engage.shared.clock import now
from engage.shared.outbox import LetterRow
from tests import doors, forums
from tests.people import make_person, sign_in
from tests.signing_up import FOURTEEN, sign_up, slug_of

GRAN = {"relation": "carer", "guardian_contact": "gran@example.org"}


def letters(kind: str) -> list[str]:
    db.session.rollback()
    return sorted(row.to for row in db.session.scalars(select(LetterRow).where(LetterRow.kind == kind)))


@pytest.fixture
def group(database):
    """Two with an adult, of whom one has said yes; only the first gave a way to reach them."""
    members = [forums.young(14), forums.young(14, contact="")]
    booked = forums.book(forums.make_forum(), members)
    consents.answer(booked.members[0].id, forums.YES, at=now())
    db.session.commit()
    return booked, members


def test_a_leader_is_asked_before_all_places_are_cancelled(visitor, group):
    page = f"/forums/group/{group[0].token}"
    assert f'action="{page}/cancel"' not in visitor.get(page).text
    question = visitor.get(f"{page}/cancel").text
    assert "Cancel all places of your group?" in question
    assert "Places that end: 2." in question
    assert forums.state_of(group[0].members[0].id) == "confirmed"


def test_who_said_yes_and_who_can_be_reached_hears_that_the_leader_cancelled(visitor, group):
    booked, (first, _) = group
    page = f"/forums/group/{booked.token}"
    assert visitor.fill_in(f"{page}/cancel").status_code == 303
    assert forums.state_of(booked.members[0].id) == "cancelled"
    assert letters("cancelled") == [first.contact]
    assert letters("cancelled_adult") == [first.guardian.contact]
    adult = visitor.get(sign_ups.guardian_path(booked.members[0].id)).text
    assert "The leader of their group cancelled the places of the whole group." in adult


def test_an_adults_page_names_no_leader_where_a_member_cancelled(visitor, group):
    mine = f"/forums/mine/{group[0].members[0].token}"
    visitor.fill_in(f"{mine}/cancel")
    assert "The leader of their group" not in visitor.get(sign_ups.guardian_path(group[0].members[0].id)).text


def test_the_adult_of_a_walk_in_whose_yes_the_door_wrote_down_is_asked_nothing(visitor, database):
    with time_machine.travel(doors.DURING, tick=False):
        here = doors.make_forum()
        doors.begin()
        team, page = sign_in(visitor, make_person(Role.VOICE)), f"/desk/forums/{here.id}/door"
        came = {
            "place": "young", "first_name": "Walid", "age": "15", "contact": "07700 900123", "relation": "parent",
            "adult": "Mr B", "photos": "none", "sure": "1",
        }  # fmt: skip
        assert team.fill_in(page, f"{page}/walk-in", **came).status_code == 303
        assert db.session.scalars(select(SignUpRow.presence)).all() == ["in"]
        assert letters("ask") == letters("ask_waiting") == []


def test_who_asks_another_adult_reads_whom_and_that_the_place_is_kept_and_the_first_adult_hears(visitor, database):
    child = forums.young(14)
    made = forums.join(forums.make_forum(), child)
    consents.answer(made.id, forums.YES, at=now())
    db.session.commit()
    mine = f"/forums/mine/{made.token}"
    assert "The adult we have asked" not in visitor.get(mine).text
    visitor.fill_in(f"{mine}/adult", **GRAN)
    page = visitor.get(mine).text
    assert "The adult we have asked: Carer with parental responsibility. They have not answered yet." in page
    assert "Your place is kept meanwhile." in page
    assert "gran@example.org" not in page
    assert letters("asked_other") == [child.guardian.contact]


def test_the_same_adult_reached_once_more_is_not_told_of_somebody_else(visitor, database):
    child = forums.young(14)
    made = forums.join(forums.make_forum(), child)
    typed = {"relation": "parent", "guardian_contact": child.guardian.contact}
    visitor.fill_in(f"/forums/mine/{made.token}/adult", **typed)
    assert letters("asked_other") == []
    assert len(letters("ask")) == 2


def test_the_own_page_says_what_a_young_person_said_before_their_adult_answers(visitor, database):
    mine = sign_up(visitor, slug_of(forums.make_forum()), FOURTEEN | {"medical": "yes"}).headers["Location"]
    said = visitor.get(mine).text
    assert said.count("You: yes. Your adult: not yet") == 1
    assert said.count("Not answered yet") == 1, "somebody collects them: to leave alone is for the adult to say"
    typed = {"leave_alone": "yes", "photo_inside": "yes", "photo_public": "no", "medical": "yes"}
    visitor.fill_in(f"{mine}/choices", **typed)
    page = visitor.get(mine).text
    assert page.count("You: yes. Your adult: not yet") == 3
    assert "Not answered yet" not in page
    shown = re.findall(r"<input[^>]*\bchecked\b[^>]*>", visitor.get(f"{mine}/choices").text)
    ticked = sorted(re.search(r'name="(\w+)"', one)[1] + re.search(r'value="(\w+)"', one)[1] for one in shown)
    assert ticked == sorted(name + value for name, value in typed.items()), (
        "their own yes is not lost when it is changed"
    )


def test_of_a_group_nothing_is_said_for_who_has_not_answered(visitor, group):
    assert "You: yes" not in visitor.get(f"/forums/mine/{group[0].members[1].token}").text


def test_a_place_taken_too_late_gives_no_reason_that_is_not_known(visitor, database):
    limits = forums.LIMITS.__class__(2, 1, 0, 1, 0, 1, 5, 2)
    forum_id = forums.make_forum(limits=limits)
    first, second = (forums.join(forum_id, forums.young()) for _ in range(2))
    mine = f"/forums/mine/{first.token}"
    visitor.fill_in(f"{mine}/cancel")
    waits = db.session.get_one(SignUpRow, second.id, populate_existing=True)
    assert waits.state == "offered"
    offers.accept(second.id, at=waits.offered_until.replace(tzinfo=now().tzinfo))
    db.session.commit()
    page = visitor.get(f"/forums/mine/{second.token}").text
    assert "The time to say yes is over" in page
    assert "somebody else" not in page
