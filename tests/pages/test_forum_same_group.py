"""One group sent by two people at the same instant is booked once; looked at first and written later, it is twice."""

import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import func, select

from engage import create_app
from engage.forums.actions import signing_up
from engage.forums.actions.adding import AlreadyThere
from engage.forums.actions.same_group import same_group
from engage.forums.models import GroupRow
from engage.forums.rules.signing_up import Group
from engage.shared import db
from engage.shared.clock import now
from tests.conftest import make_settings
from tests.forums import check_ledger, make_forum, professional, young

RIVALS = 6


@pytest.fixture(params=["sqlite", "postgres"])
def busy_app(request: pytest.FixtureRequest, tmp_path) -> Iterator[Flask]:
    settings = make_settings(tmp_path)
    if request.param == "postgres":
        settings = replace(settings, database_url=request.getfixturevalue("empty_postgres"))
    app = create_app(settings)
    with app.app_context():
        db.create_tables()
        yield app
        db.session.remove()
        db.engine().dispose()


def send_at_once(app: Flask, forum_id: int) -> int:
    """Send one group by everybody at the same moment, each from a form of their own; give how many were booked."""
    members = (young(17, contact="", first_name="Ana"), young(16, contact="", first_name="Ben"))
    group, at, ready = Group(professional(), members, leader_comes=False), now(), threading.Barrier(RIVALS)

    def one() -> None:
        with app.app_context():
            ready.wait()
            with suppress(AlreadyThere):
                signing_up.sign_up_group(forum_id, group, at=at, language="en")
                db.session.commit()
            db.session.rollback()
            db.session.remove()

    threads = [threading.Thread(target=one) for _ in range(RIVALS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    db.session.rollback()
    return db.session.scalar(select(func.count(GroupRow.id)).where(GroupRow.forum_id == forum_id)) or 0


def look_first(looked: threading.Barrier) -> Callable[[int, Group], None]:
    """The guard off, as most systems do it: look whether it is there, then write."""

    def check(forum_id: int, group: Group) -> None:
        with db.reading():
            found = same_group(forum_id, group)
        looked.wait()
        if found is not None:
            raise AlreadyThere(signing_up.ALREADY)

    return check


def test_one_group_sent_at_once_by_several_is_booked_once(busy_app):
    forum_id = make_forum()
    assert send_at_once(busy_app, forum_id) == 1
    assert check_ledger(forum_id).young == 2


def test_with_the_guard_off_it_is_booked_again_and_again(busy_app, monkeypatch):
    monkeypatch.setattr(signing_up, "_check_new_group", look_first(threading.Barrier(RIVALS)))
    forum_id = make_forum()
    assert send_at_once(busy_app, forum_id) == RIVALS
