"""The leader of a group is written to once, however many of the group it is about."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from engage.forums.actions import changing, offers
from engage.forums.actions.offers import expire_late
from engage.shared import db
from engage.shared.clock import now
from engage.shared.outbox import LetterRow
from tests.forums import SMALL, book, fill, join, make_forum, states_of, young


@pytest.fixture
def forum_id(database) -> int:
    return make_forum(limits=SMALL)


@pytest.fixture
def waiting(forum_id):
    """A group of three that waits kept together, for whom two places would be free."""
    fill(forum_id, 3)
    return book(forum_id, [young(17, contact="") for _ in range(3)], together=True)


def letters(kind: str) -> int:
    db.session.rollback()
    return len(db.session.scalars(select(LetterRow.key).where(LetterRow.kind == kind)).all())


def test_a_group_that_is_split_gets_one_letter_about_its_offers(forum_id, waiting):
    changing.split_group(waiting.id, at=now())
    db.session.commit()
    assert states_of(forum_id)["offered"] == 2
    assert letters("offer") == 1


def test_so_does_one_that_takes_them_or_lets_them_run_out(visitor, forum_id, waiting):
    changing.split_group(waiting.id, at=now())
    db.session.commit()
    page = f"/forums/group/{waiting.token}"
    before = letters("place")
    visitor.fill_in(page, f"{page}/accept")
    assert states_of(forum_id)["confirmed"] == 5
    assert letters("place") == before + 1


def test_offers_that_ran_out_are_one_letter_too(forum_id, waiting):
    changing.split_group(waiting.id, at=now())
    db.session.commit()
    expire_late(now() + timedelta(days=2))
    db.session.commit()
    assert states_of(forum_id)["expired"] == 2
    assert letters("expired") == 1


def test_places_taken_too_late_are_let_go_and_said_once(forum_id, waiting):
    changing.split_group(waiting.id, at=now())
    ids = [one.id for one in waiting.members]
    offers.accept_group(ids, at=now() + timedelta(days=2))
    db.session.commit()
    assert states_of(forum_id)["expired"] == 2
    assert letters("expired") == 1


def test_each_of_two_groups_has_its_own_letter(forum_id):
    people = fill(forum_id)
    for _ in range(2):
        book(forum_id, [young(17, contact="")], together=True)
    alone = join(forum_id, young(17))
    for one in people[:3]:
        changing.cancel(one.id, at=now())
    db.session.commit()
    assert states_of(forum_id)["offered"] == 3
    assert letters("offer") == 3
    assert alone.state == "waitlisted"
