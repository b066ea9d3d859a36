"""The page behind "something has changed" says what: the hours and the hall as they were, and as they are."""

from dataclasses import replace
from datetime import time, timedelta

import pytest
import time_machine
from sqlalchemy import select

from engage.accounts.rules import Role
from engage.forums.actions import setting_up
from engage.forums.queries import forums as forum_queries
from engage.shared import db
from engage.shared.clock import now
from engage.shared.outbox import LetterRow
from tests.forums import SMALL, book, join, make_forum, young
from tests.people import make_person


@pytest.fixture
def forum_id(database) -> int:
    return make_forum(limits=SMALL)


def move(forum_id: int, **changes: object) -> None:
    plan = replace(forum_queries.forum(forum_id).plan, **changes)
    setting_up.rewrite(forum_id, plan, by=make_person(Role.VOICE), at=now() + timedelta(minutes=5))
    db.session.commit()


def test_young_person_adult_and_leader_read_the_old_and_the_new(visitor, forum_id):
    child = join(forum_id, young(14, contact="bo@example.org"))
    group = book(forum_id, [young(17, contact="", first_name="Ana")])
    move(forum_id, starts=time(17, 30), venue="Finchley Youth Theatre (invented)")
    for link in (f"mine/{child.token}", f"consent/{child.guardian_token}", f"group/{group.token}"):
        shown = visitor.get(f"/forums/{link}").text
        assert "What has changed" in shown
        assert "New hours: 17:30 to 19:30" in shown
        assert "Before: 17:00 to 19:30" in shown
        assert "Canada Villa (invented hall), 1 Invented Road" in shown
        assert "Finchley Youth Theatre (invented), 1 Invented Road" in shown
        assert "The day is the same" in shown


def test_the_letter_says_nothing_of_it(forum_id):
    join(forum_id, young(16))
    move(forum_id, venue="Finchley Youth Theatre (invented)")
    letter = db.session.scalars(select(LetterRow).where(LetterRow.kind == "changed")).one()
    assert "Finchley" not in f"{letter.subject}{letter.body}"
    assert "/forums/mine/" in letter.body


def test_what_is_told_is_the_whole_way_from_what_they_knew(visitor, forum_id):
    child = join(forum_id, young(16))
    move(forum_id, starts=time(17, 30))
    move(forum_id, venue="Elsewhere (invented)")
    shown = visitor.get(f"/forums/mine/{child.token}").text
    assert "Before: 17:00 to 19:30" in shown
    assert "Canada Villa (invented hall), 1 Invented Road" in shown


def test_changed_back_is_said_too(visitor, forum_id):
    child = join(forum_id, young(16))
    move(forum_id, starts=time(17, 30))
    move(forum_id, starts=time(17))
    shown = visitor.get(f"/forums/mine/{child.token}").text
    assert "changed back: the hours and the place are as they were" in shown
    assert "New hours" not in shown


def test_whoever_signs_up_afterwards_reads_nothing_of_it(visitor, forum_id):
    join(forum_id, young(16))
    move(forum_id, starts=time(17, 30))
    with time_machine.travel(now() + timedelta(hours=1)):
        late = join(forum_id, young(16))
        assert "What has changed" not in visitor.get(f"/forums/mine/{late.token}").text
