"""Asking to be contacted stays apart from the answers, the alert about worrying words in it too."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from engage.accounts.rules import Role
from engage.receipts.words import hashed
from engage.safeguarding.actions import ask_for_contact, leave_message, raise_alert
from engage.safeguarding.models import AlertRow, ContactRequestRow, MessageRow
from engage.safeguarding.rules.alerts import NewAlert
from engage.shared import db
from engage.shared.clock import now
from engage.surveys.models import ResponseRow
from tests.people import make_person
from tests.surveys import ANSWERS, count, make_wave, sent_words, token, words_on

WORRYING = "I am Sam (invented), 07700 900123, my dad hits me"


@pytest.fixture
def wave(database):
    return make_wave()


def only(table):
    db.session.rollback()
    db.session.expire_all()
    return db.session.scalars(select(table)).one()


@pytest.mark.parametrize("ticked", [{}, {"connect": "yes"}])
def test_an_alert_about_a_request_for_contact_never_carries_the_receipt_of_the_answers(visitor, wave, ticked):
    sent_words(visitor)
    visitor.fill_in("/s/youth/contact", words=WORRYING, **ticked)
    assert only(ResponseRow).receipt_hash is not None
    assert (only(AlertRow).kind, only(AlertRow).receipt_hash) == ("hurt", None)
    assert (only(ContactRequestRow).receipt_hash is not None) is bool(ticked)


def test_a_phone_that_goes_on_with_the_words_of_another_joins_nothing_either(app, visitor, wave):
    visitor.post("/s/youth/pause", data={**ANSWERS, "csrf_token": token(visitor.get("/s/youth").text)})
    words = words_on(visitor.get("/s/youth/paused").text)
    other = app.test_client()
    assert other.fill_in("/s/youth/mine", words=words).location == "/s/youth"
    other.fill_in("/s/youth/contact", words=WORRYING)
    assert only(AlertRow).receipt_hash is None


def test_the_survey_itself_still_raises_its_alert_under_the_receipt(visitor, wave):
    words = sent_words(visitor, anything_new="my dad hits me every night")
    assert only(AlertRow).receipt_hash == hashed(words)


def test_pressing_twice_asks_once_and_asking_again_later_is_heard_again(database):
    first = datetime(2026, 11, 23, 10, tzinfo=UTC)
    for minutes in (0, 1, 9):
        ask_for_contact("Sam, 07700 900123", receipt_hash=None, at=first + timedelta(minutes=minutes))
    assert count(ContactRequestRow) == 1
    ask_for_contact("Sam, 07700 900456", receipt_hash=None, at=first)
    assert count(ContactRequestRow) == 2
    ask_for_contact("Sam, 07700 900123", receipt_hash=None, at=first + timedelta(minutes=20))
    assert count(ContactRequestRow) == 3


def test_an_answer_sent_twice_is_kept_once_and_said_again_after_a_message_it_is_kept(visitor, wave):
    words = sent_words(visitor)
    lead, at = make_person(Role.SAFEGUARDING), datetime(2026, 11, 23, 10, tzinfo=UTC)
    raise_alert(NewAlert("w", "p", "i", "hurt", 0.9, hashed(words)), at=at)
    db.session.commit()
    alert_id = only(AlertRow).id
    for _ in range(2):
        leave_message(alert_id, "Are you safe?", by=lead, at=now())
        db.session.commit()
        answering = token(visitor.fill_in("/receipt", words=words).text)
        for _ in range(2):
            sent = {"csrf_token": answering, "words": words, "answer": "yes"}
            assert visitor.post("/receipt/answer", data=sent).status_code == 200
    said = [row.from_young_person for row in db.session.scalars(select(MessageRow).order_by(MessageRow.id))]
    assert said == [False, True, False, True]
