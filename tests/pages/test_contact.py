"""Asking to be contacted stays apart from the answers, the alert about worrying words in it too."""

import pytest
from sqlalchemy import select

from engage.receipts.words import hashed
from engage.safeguarding.models import AlertRow, ContactRequestRow
from engage.shared import db
from engage.surveys.models import ResponseRow
from tests.surveys import ANSWERS, make_wave, sent_words, token, words_on

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
