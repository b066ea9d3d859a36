"""A survey begun on one phone and sent from another raises one alert for each box, not one for each phone."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from engage.receipts.words import hashed
from engage.safeguarding.actions import raise_alert
from engage.safeguarding.models import AlertRow
from engage.safeguarding.rules.alerts import NewAlert
from engage.shared import db
from engage.shared.clock import now
from tests.surveys import ANSWERS, make_wave, token, words_on

WORRYING = "my stepdad hits me every night"
SAID = {**ANSWERS, "anything_new": WORRYING}


@pytest.fixture
def wave(database):
    return make_wave()


def alerts():
    db.session.rollback()
    db.session.expire_all()
    return list(db.session.scalars(select(AlertRow).order_by(AlertRow.raised_at)))


def refuse_and_pause(visitor):
    """Send something the page refuses, stop, and give the four words."""
    page = visitor.get("/s/youth").text
    assert (
        visitor.post("/s/youth", data={**SAID, "area_happy": "made up", "csrf_token": token(page)}).status_code == 422
    )
    visitor.post("/s/youth/pause", data={**SAID, "csrf_token": token(page)})
    return words_on(visitor.get("/s/youth/paused").text)


def send_elsewhere(app, words, **said):
    other = app.test_client()
    other.fill_in("/s/youth/mine", words=words)
    page = other.get("/s/youth").text
    assert other.post("/s/youth", data={**SAID, **said, "csrf_token": token(page)}).status_code == 303


def test_what_was_heard_on_the_first_phone_is_not_raised_again_by_the_second(app, visitor, wave):
    words = refuse_and_pause(visitor)
    send_elsewhere(app, words)
    [alert] = alerts()
    assert (alert.words, alert.receipt_hash) == (WORRYING, hashed(words))


def test_more_on_the_second_phone_is_added_to_the_same_alert(app, visitor, wave):
    send_elsewhere(app, refuse_and_pause(visitor), anything_new="i want to die")
    [alert] = alerts()
    assert alert.kind == "suicide"
    assert WORRYING in alert.words


def test_the_workers_screen_finds_the_alert_of_the_second_phone(app, visitor, wave):
    page = visitor.get("/s/youth").text
    visitor.post("/s/youth/pause", data={**ANSWERS, "csrf_token": token(page)})
    words = words_on(visitor.get("/s/youth/paused").text)
    send_elsewhere(app, words)
    raise_alert(NewAlert(WORRYING, "elsewhere", "anything_new", "hurt", 0.5, hashed(words)), at=now())
    db.session.commit()
    assert len(alerts()) == 1


def test_control_an_ear_that_knows_only_the_receipt_raises_a_second_one(app, visitor, wave, monkeypatch):
    ear = app.extensions["ears"]["surveys"]
    words = refuse_and_pause(visitor)
    deaf = replace(ear, secret=lambda: None, holder=ear.secret)
    monkeypatch.setitem(app.extensions["ears"], "surveys", deaf)
    send_elsewhere(app, words)
    assert len(alerts()) == 2
