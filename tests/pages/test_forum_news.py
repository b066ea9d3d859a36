"""What changes about a place is told to whom it concerns: a forum cancelled or moved, a place taken away."""

from dataclasses import replace
from datetime import time

import pytest
from sqlalchemy import select

from engage.accounts.rules import Role
from engage.forums.actions import changing, setting_up
from engage.forums.actions.adding import AlreadyThere
from engage.forums.models import ForumRow
from engage.forums.queries import forums as forum_queries
from engage.forums.queries import sign_ups
from engage.shared import db
from engage.shared.clock import now
from engage.shared.outbox import LetterRow
from tests.forums import SMALL, audited, book, fill, join, make_forum, state_of, young
from tests.pages.test_forum_consent import SIGNED
from tests.people import make_person, sign_in


@pytest.fixture
def forum_id(database) -> int:
    return make_forum(limits=SMALL)


@pytest.fixture
def organiser(app, database):
    return sign_in(app.test_client(), make_person(Role.VOICE))


def letters(*kinds: str) -> list[tuple[str, str]]:
    """Kind and address of every letter of these kinds."""
    db.session.rollback()
    found = db.session.scalars(select(LetterRow).order_by(LetterRow.kind, LetterRow.key))
    return [(row.kind, row.to) for row in found if row.kind in kinds]


def test_a_cancelled_forum_says_so_and_why_to_everybody_and_their_adults(app, organiser, forum_id):
    child = join(forum_id, young(14, contact="bo@example.org"))
    group = book(forum_id, [young(17, contact="", first_name="Ana")])
    page = f"/desk/forums/{forum_id}"
    assert organiser.fill_in(page, f"{page}/cancel", reason="No heating").status_code == 303
    assert len(letters("off")) == 3  # the child, their adult, the leader of the group
    visitor = app.test_client()
    for link in (f"mine/{child.token}", f"consent/{child.guardian_token}", f"group/{group.token}"):
        shown = visitor.get(f"/forums/{link}").text
        assert "This forum has been cancelled" in shown
        assert "No heating" in shown
        assert "Nobody asks you why" not in shown


def test_the_team_takes_a_place_away_only_with_a_reason_that_those_it_concerns_read(app, organiser, forum_id):
    child = join(forum_id, young(14, contact="bo@example.org"))
    page = f"/desk/forums/{forum_id}/people/{child.id}"
    assert "Cancel it, and write to them" in organiser.get(page).text
    refused = organiser.fill_in(page, f"{page}/cancel", reason=" ")
    assert (refused.status_code, state_of(child.id)) == (422, "awaiting_consent")
    assert "Say why: they read it." in refused.text
    organiser.fill_in(page, f"{page}/cancel", reason="The lift is broken")
    assert len(letters("taken_back")) == 2
    assert "took a place away" in audited()
    visitor = app.test_client()
    for link in (f"mine/{child.token}", f"consent/{child.guardian_token}"):
        shown = visitor.get(f"/forums/{link}").text
        assert "The lift is broken" in shown
        assert "Nobody asks you why" not in shown
        assert "Join the line again" not in shown
    assert "The lift is broken" in organiser.get(page).text


def test_the_letter_about_a_place_taken_away_tells_nothing(organiser, forum_id):
    child = join(forum_id, young(16))
    page = f"/desk/forums/{forum_id}/people/{child.id}"
    organiser.fill_in(page, f"{page}/cancel", reason="The lift is broken")
    written = db.session.scalars(select(LetterRow).where(LetterRow.kind == "taken_back")).one()
    assert "lift" not in f"{written.subject}{written.body}"
    assert "/forums/mine/" in written.body


def test_the_leader_of_a_group_hears_that_somebody_lost_their_place(organiser, forum_id):
    group = book(forum_id, [young(17, contact=""), young(17, contact="")])
    page = f"/desk/forums/{forum_id}/people/{group.members[0].id}"
    organiser.fill_in(page, f"{page}/cancel", reason="Too far")
    assert len(letters("changed")) == 1


def test_an_adult_who_takes_everything_back_does_not_leave_the_young_person_unaware(visitor, forum_id):
    child = join(forum_id, young(14, contact="bo@example.org"))
    link = f"/forums/consent/{child.guardian_token}"
    visitor.fill_in(link, **SIGNED)
    visitor.fill_in(link, to=f"{link}/withdraw/attend")
    assert letters("said_no") == [("said_no", "bo@example.org")]


@pytest.mark.parametrize(
    "moved", [{"venue": "Another hall"}, {"address": "2 Invented Road"}, {"starts": time(18)}, {"ends": time(20)}]
)
def test_another_hall_or_other_hours_are_told_to_everybody_who_comes(forum_id, moved):
    join(forum_id, young(14, contact="bo@example.org"))
    plan = forum_queries.forum(forum_id).plan
    by = make_person(Role.VOICE)
    assert not setting_up.rewrite(forum_id, replace(plan, about="Other words"), by=by, at=now())
    assert letters("changed") == []
    assert setting_up.rewrite(forum_id, replace(plan, **moved), by=by, at=now())
    db.session.commit()
    assert len(letters("changed")) == 2  # the child and their adult


def test_a_forum_that_nobody_signed_up_for_moves_in_silence(forum_id):
    plan = forum_queries.forum(forum_id).plan
    assert not setting_up.rewrite(forum_id, replace(plan, venue="Elsewhere"), by=make_person(Role.VOICE), at=now())


def put(forum_id: int, state: str) -> None:
    db.session.get_one(ForumRow, forum_id).state = state
    db.session.commit()


def test_a_forum_is_told_about_only_once_something_is_written_and_owes_it_again_when_it_is_taken_back(
    organiser, forum_id
):
    put(forum_id, "ended")
    page = f"/desk/forums/{forum_id}"
    assert "We told them what happened" not in organiser.get(page).text
    assert organiser.fill_in(page, f"{page}/feed_back").status_code in (404, 405)
    organiser.fill_in(f"{page}/after", words="The path is lit.", concern="")
    assert forum_queries.forum(forum_id).state == "fed_back"
    answer = db.session.connection().exec_driver_sql("SELECT id FROM forum_answer").scalar()
    organiser.fill_in(f"{page}/after", f"{page}/after/{answer}/back")
    db.session.rollback()
    owing = forum_queries.forum(forum_id)
    assert (owing.state, owing.fed_back_on) == ("ended", None)


def make_waiting(forum_id: int, **changes: object):
    people = fill(forum_id)
    return people, join(forum_id, young(14, **changes))


def test_who_waits_under_16_reads_that_an_adult_has_to_say_yes_and_the_adult_that_no_place_is_kept(visitor, forum_id):
    _, child = make_waiting(forum_id, contact="bo@example.org")
    mine, adult = f"/forums/mine/{child.token}", f"/forums/consent/{child.guardian_token}"
    assert "an adult has to say yes" in visitor.get(mine).text
    assert "You need do nothing now" not in visitor.get(mine).text
    assert "There is no place yet" in visitor.get(adult).text
    assert len(letters("ask_waiting", "waiting_adult")) == 2
    assert letters("ask", "waiting") == letters("waiting")  # nobody is told of a place that is kept
    visitor.fill_in(adult, **SIGNED)
    assert "You need do nothing now" in visitor.get(mine).text


def test_what_the_adult_took_back_they_may_say_again_and_the_page_says_what_follows(visitor, forum_id):
    child = join(forum_id, young(14, contact="bo@example.org"))
    link = f"/forums/consent/{child.guardian_token}"
    visitor.fill_in(link, **SIGNED)
    visitor.fill_in(link, to=f"{link}/withdraw/attend")
    assert "No place is kept for them now" in visitor.get(link).text
    mine = visitor.get(f"/forums/mine/{child.token}").text
    assert "Your adult has said no" in mine
    assert "Nobody asks you why" not in mine
    assert visitor.fill_in(link, **SIGNED).status_code == 303
    assert state_of(child.id) == "offered"


def test_who_cancelled_by_mistake_joins_the_line_again(visitor, forum_id):
    mine = f"/forums/mine/{join(forum_id, young(16)).token}"
    visitor.fill_in(f"{mine}/cancel")
    assert "Join the line again" in visitor.get(mine).text
    assert visitor.fill_in(mine, to=f"{mine}/renew").status_code == 303
    assert "A place is free for you" in visitor.get(mine).text
    assert "joined the line again" in audited()


def test_after_a_young_persons_no_only_they_themselves_come_back(visitor, forum_id):
    child = join(forum_id, young(14, contact="bo@example.org"))
    mine, link = f"/forums/mine/{child.token}", f"/forums/consent/{child.guardian_token}"
    visitor.fill_in(link, **SIGNED)
    visitor.fill_in(f"{mine}/cancel")
    assert "Their no counts" in visitor.get(link).text
    visitor.fill_in(mine, to=f"{mine}/renew")
    assert "Their no counts" not in visitor.get(link).text
    assert state_of(child.id) == "offered"


def test_who_signed_up_anew_does_not_come_back_a_second_time(visitor, forum_id):
    once = young(16)
    first = join(forum_id, once)
    changing.cancel(first.id, at=now())
    db.session.commit()
    second = join(forum_id, once)
    mine = f"/forums/mine/{first.token}"
    answer = visitor.fill_in(mine, to=f"{mine}/renew")
    assert answer.status_code == 409
    assert "If you signed up once more, use that page" in answer.text
    assert (state_of(first.id), state_of(second.id)) == ("cancelled", "confirmed")


def test_who_comes_back_does_not_bring_the_others_of_their_group(visitor, forum_id):
    group = book(forum_id, [young(17, contact=""), young(17, contact="")])
    for one in group.members:
        changing.cancel(one.id, at=now())
    db.session.commit()
    mine = f"/forums/mine/{group.members[0].token}"
    visitor.fill_in(mine, to=f"{mine}/renew")
    assert [state_of(one.id) for one in group.members] == ["offered", "cancelled"]


def test_who_gives_no_way_to_reach_them_keeps_their_page_to_themselves(visitor, forum_id):
    people, child = make_waiting(forum_id, contact="")
    visitor.fill_in(f"/forums/consent/{child.guardian_token}", **SIGNED)
    changing.cancel(people[0].id, at=now())
    db.session.commit()
    assert state_of(child.id) == "offered"
    adult = sign_ups.guardian_path(child.id)
    mine = visitor.get(f"/forums/mine/{child.token}").text
    assert "We have sent you the link" not in mine
    assert "this page is your only way back" in mine
    written = [row for row in db.session.scalars(select(LetterRow)) if child.token in row.body or adult in row.body]
    assert sorted(row.kind for row in written) == ["ask_waiting", "offer_adult"]
    assert not any(child.token in row.body for row in written)


def test_who_gives_no_way_to_reach_them_still_signs_up_once(visitor, forum_id):
    once = young(14, contact="")
    join(forum_id, once)
    with pytest.raises(AlreadyThere):
        join(forum_id, once)


def test_an_own_way_to_be_reached_is_taken_away_again(visitor, forum_id):
    child = join(forum_id, young(14, contact="bo@example.org"))
    mine = f"/forums/mine/{child.token}"
    visitor.fill_in(f"{mine}/change", age="14", contact="", access="", diet="", home="collected")
    assert "bo@example.org" not in visitor.get(mine).text
    missing = visitor.fill_in(f"{mine}/change", age="16", contact="", access="", diet="", home="collected")
    assert "From 16 we need one way to reach you" in missing.text
