"""Nobody decides about an alert unread: what came after they opened it is opened first."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select

from engage.accounts.rules import Role
from engage.safeguarding import actions
from engage.safeguarding.models import AlertRow
from engage.safeguarding.rules.alerts import NewAlert
from engage.shared import db
from tests.people import make_person, sign_in

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
WORSE = "i will do it tonight, i have the pills"


def send(words: str, at: datetime) -> None:
    actions.raise_alert(NewAlert(words, "Survey", "x", "hurt", 0.5, b"r" * 32), at=at)
    db.session.commit()


@pytest.fixture
def lead(app, database):
    with time_machine.travel(NOW, tick=False) as moved:
        send("i feel low", NOW)
        reader = sign_in(app.test_client(), make_person(Role.SAFEGUARDING))
        alert_id = db.session.scalars(select(AlertRow.id)).one()
        db.session.rollback()

        def press(verb: str, **typed: str) -> int:
            moved.shift(timedelta(seconds=1))
            return reader.fill_in("/desk/alerts/rota/", f"/desk/alerts/{alert_id}/{verb}", **typed).status_code

        press.shows = lambda: reader.get(f"/desk/alerts/{alert_id}/").text
        press.now = lambda: moved.shift(timedelta(seconds=1)) or NOW + timedelta(seconds=2)
        yield press


def test_a_sentence_that_came_after_it_was_opened_must_be_opened_too(lead):
    assert lead("open", reason="lead") == 303
    send(WORSE, lead.now())
    page = lead.shows()
    assert "These words are sealed" in page
    assert WORSE not in page
    assert lead("acknowledge") == 409
    assert lead("close", outcome="signposted", notes="n") == 409
    assert lead("open") == 303  # the reason was picked in this half hour
    assert WORSE in lead.shows()
    assert lead("acknowledge") == 303
    assert lead("close", outcome="signposted", notes="n") == 303


def test_control_the_same_words_sent_again_close_nothing(lead):
    lead("open", reason="lead")
    send("i feel low", lead.now())
    assert "i feel low" in lead.shows()
    assert lead("acknowledge") == 303


def test_what_the_screen_adds_counts_from_when_it_came_though_it_was_said_before(lead):
    lead("open", reason="lead")
    lead.now()
    send(WORSE, NOW - timedelta(days=1))
    assert lead("acknowledge") == 409
