"""Who has guessed too often is turned away, and would be looked at again with nothing to slow them down."""

import pytest

from engage.accounts.rules import Role
from engage.comeback import actions as comeback
from engage.shared import db, throttle
from engage.surveys.views import joining
from tests.people import PASSWORD, make_person

HERE = "127.0.0.1"
TURNED_AWAY, LOOKED_AT = {429}, {422}


@pytest.fixture
def one_more(visitor):
    """Somebody guessed receipts, codes of cards and a password as often as they may; gives what one more gets."""
    who = make_person(Role.VOICE, password=PASSWORD).email
    db.session.commit()
    throttle.count(comeback.PURPOSE, who=HERE, times=comeback.MOST)
    throttle.count(joining.PURPOSE, who=HERE, times=joining.MOST)
    throttle.count("sign-in", who=f"{who} {HERE}", times=10)
    ways = {
        "/receipt": {"words": "zebra zebra zebra zebra"},
        "/join/": {"code": "AAAA-AAAA"},
        "/sign-in": {"email": who, "password": "wrong"},
    }
    return lambda: {visitor.fill_in(path, **typed).status_code for path, typed in ways.items()}


def test_a_guess_too_many_is_turned_away(one_more):
    assert one_more() == TURNED_AWAY


def test_control_with_the_throttles_off_it_is_looked_at(one_more, monkeypatch):
    monkeypatch.setattr(throttle, "check", lambda *_args, **_more: None)
    assert one_more() == LOOKED_AT
