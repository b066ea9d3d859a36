"""A card that is used again at the very moment in which the night moves it lets nobody in a second time."""

import threading
import time

import pytest
from sqlalchemy import text

from engage.shared import db
from engage.shared.clock import today
from engage.shared.errors import NotOpen
from engage.surveys.actions.cards import BATCH, mark_used_cards, use_card
from tests.pages.test_cards import make_codes
from tests.pages.test_unlinkable_cards import own_app as own_app  # noqa: PLC0414  (a fixture)
from tests.surveys import make_wave

WAITS = text("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()")


def used_again_while_the_night_moves_it(app):
    """True where a spent card lets somebody in again whose try fell between the night's work and its commit."""
    codes = make_codes(make_wave(by_card=True), BATCH)
    for code in codes:
        use_card(code, today=today())
    db.session.commit()
    let_in = []

    def try_again():
        with app.app_context():
            try:
                use_card(codes[0], today=today())
                db.session.commit()
                let_in.append(True)
            except NotOpen:
                db.session.rollback()

    mark_used_cards()
    second = threading.Thread(target=try_again)
    second.start()
    wait_until_it_waits()
    db.session.commit()
    second.join()
    return bool(let_in)


def wait_until_it_waits():
    with db.engine().connect().execution_options(isolation_level="AUTOCOMMIT") as looking:
        for _ in range(1_000):
            if looking.execute(WAITS).scalar():
                return
            time.sleep(0.01)
    pytest.fail("nobody waits for the night")


@pytest.mark.parametrize("own_app", ["postgres"], indirect=True)
def test_a_card_that_the_night_moves_lets_in_no_second_time(own_app):
    assert not used_again_while_the_night_moves_it(own_app)


@pytest.mark.parametrize("own_app", ["postgres"], indirect=True)
def test_control_without_holding_the_card_it_would(own_app, monkeypatch):
    monkeypatch.setattr(db, "locked", db.session.get)
    assert used_again_while_the_night_moves_it(own_app)
