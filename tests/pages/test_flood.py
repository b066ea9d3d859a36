"""A flood of worrying words from nowhere is gathered into few alerts, and not one hearing is lost."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from engage.receipts.words import hashed
from engage.safeguarding import ear
from engage.safeguarding.models import AlertRow
from engage.safeguarding.rules.alerts import BEFORE, GATHERED, LONGEST
from engage.shared import db
from engage.shared.clock import now
from tests.surveys import ANSWERS, make_wave, token, words_on

MOST, MANY = 4, 9


@pytest.fixture(autouse=True)
def wave(database, monkeypatch):
    monkeypatch.setattr(ear, "MOST_ALONE", MOST)
    return make_wave()


def flood(app, many=MANY, more="", field="anything_new"):
    """Send worrying words from phones that never opened the survey; the page refuses each, the ear hears it."""
    sent = [f"my stepdad hits me, {number} {more}".strip() for number in range(many)]
    for words in sent:
        assert app.test_client().post("/s/youth", data={field: words}).status_code == 422
    return sent


def alerts():
    db.session.rollback()
    db.session.expire_all()
    return list(db.session.scalars(select(AlertRow).order_by(AlertRow.raised_at, AlertRow.place.startswith(GATHERED))))


def heard():
    return [words.rpartition(":\n")[2] for alert in alerts() for words in alert.words.split(BEFORE)]


def test_a_flood_is_gathered_into_one_alert_that_says_how_many(app):
    sent = flood(app)
    found = alerts()
    assert len(found) == MOST + 1
    assert found[-1].place == "Sent without a survey or receipt: one, and 4 more like it"
    assert "Youth survey: Is there anything new" in found[-1].words
    assert sorted(heard()) == sorted(sent)


def test_control_without_the_limit_each_raises_its_own(app, monkeypatch):
    monkeypatch.setattr(ear, "MOST_ALONE", MANY)
    sent = flood(app)
    assert len(alerts()) == MANY
    assert sorted(heard()) == sorted(sent)


def test_many_boxes_of_one_page_are_a_flood_too(app):
    boxes = {f"box{number}": f"my stepdad hits me {number}" for number in range(MANY)}
    app.test_client().post("/s/youth", data=boxes)
    assert len(alerts()) == MOST + 1
    assert sorted(heard()) == sorted(boxes.values())


def test_where_one_alert_is_full_the_next_one_begins(app):
    sent = flood(app, MOST + 12, "x" * (LONGEST // 5))
    found = alerts()[MOST:]
    assert len(found) == 3
    assert all(len(alert.words) <= LONGEST for alert in found)
    assert sorted(heard()) == sorted(sent)


def test_a_young_person_with_a_sitting_stands_alone_in_any_flood(app, visitor):
    flood(app)
    page = visitor.get("/s/youth").text
    visitor.post("/s/youth", data={**ANSWERS, "anything_new": "i want to die", "csrf_token": token(page)})
    last = alerts()[-1]
    assert (last.words, last.kind) == ("i want to die", "suicide")
    assert last.receipt_hash == hashed(words_on(visitor.get("/s/youth/thanks").text))


def test_more_after_somebody_looked_makes_the_gathered_alert_wait_again(app):
    with time_machine.travel(now().replace(minute=5), tick=False):
        flood(app)
        gathered = alerts()[-1]
        gathered.state, gathered.outcome = "closed", "no_concern"
        db.session.commit()
        app.test_client().post("/s/youth", data={"anything_new": "i want to die tonight"})
        assert (alerts()[-1].state, alerts()[-1].kind) == ("raised", "suicide")


def test_hours_later_words_stand_alone_again(app):
    noon = now().replace(hour=12, minute=0)
    with time_machine.travel(noon, tick=False):
        flood(app)
    with time_machine.travel(noon + timedelta(hours=2), tick=False):
        app.test_client().post("/s/youth", data={"anything_new": "i want to die tonight"})
    assert alerts()[-1].words == "i want to die tonight"
