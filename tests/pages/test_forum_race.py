"""Two hundred rivals for sixty places at once: exactly sixty, the rest in line; with the guard off it overbooks."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask

from engage import create_app
from engage.forums.actions import ledger
from engage.shared import db
from tests import race
from tests.conftest import make_settings
from tests.forums import check_ledger, make_forum


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


@pytest.mark.parametrize("seed", [0, pytest.param(1, marks=pytest.mark.long)])
def test_two_hundred_rivals_get_exactly_sixty_places(busy_app, seed):
    forum_id = make_forum(limits=race.SIXTY)
    ran = race.run(busy_app, forum_id, seed=seed)
    assert ran.failures == []
    assert race.people_with_places(forum_id) == 60
    assert check_ledger(forum_id).all == 60
    lines = race.waiting_lines(forum_id)
    assert len(lines) == 140
    numbers = sorted({line for line, _ in lines})
    assert numbers == list(range(1, len(numbers) + 1))
    assert all(len({group for line, group in lines if line == number}) == 1 for number in numbers)


def test_with_the_guard_off_the_same_race_overbooks(busy_app, monkeypatch):
    monkeypatch.setattr(ledger, "take", race.take_what_was_counted)
    forum_id = make_forum(limits=race.SIXTY)
    assert race.run(busy_app, forum_id, guarded=False).failures == []
    assert race.people_with_places(forum_id) > 60
