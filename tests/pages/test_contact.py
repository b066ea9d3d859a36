"""Asking to be contacted stays apart from the answers, the alert about worrying words in it too."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from engage.accounts.models import AuditRow
from engage.accounts.rules import Role
from engage.receipts.words import hashed
from engage.safeguarding.actions import ask_for_contact, leave_message, raise_alert
from engage.safeguarding.models import AlertRow, ContactRequestRow, MessageRow
from engage.safeguarding.rules.alerts import NewAlert
from engage.shared import db
from engage.shared.clock import now
from engage.surveys.actions.sittings import unlink_receipts
from engage.surveys.models import ResponseRow
from tests.people import make_person, sign_in
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


def asked_for_contact(visitor, **ticked):
    """Send a survey, ask for contact, and open that request as a safeguarding lead; gives its address."""
    sent_words(visitor)
    visitor.fill_in("/s/youth/contact", words="Sam (invented), 07700 900123", **ticked)
    number = only(ContactRequestRow).id
    sign_in(visitor, make_person(Role.SAFEGUARDING))
    visitor.fill_in(f"/desk/alerts/contacts/{number}/", to=f"/desk/alerts/contacts/{number}/open", reason="lead")
    return f"/desk/alerts/contacts/{number}/", f"/desk/surveys/asked/{number}"


def test_whoever_ticked_it_has_their_answers_seen_and_the_opening_is_written_down(visitor, wave):
    page, answers = asked_for_contact(visitor, connect="yes")
    assert "Open their answers" in visitor.get(page).text
    shown = visitor.fill_in(page, to=answers)
    assert shown.status_code == 200
    assert "The park by the river" in shown.text
    opened = select(AuditRow.about).where(AuditRow.did == "opened").order_by(AuditRow.id.desc())
    assert db.session.scalars(opened).first().startswith("answers of contact request")


def test_nobody_sees_the_answers_of_who_did_not_tick_it(visitor, wave):
    page, answers = asked_for_contact(visitor)
    assert "Open their answers" not in visitor.get(page).text
    assert "There is nothing to see" in visitor.fill_in(page, to=answers).text


def test_nobody_opens_the_answers_without_a_reason_for_opening_the_request(visitor, wave):
    page, answers = asked_for_contact(visitor, connect="yes")
    other = sign_in(visitor, make_person(Role.SAFEGUARDING))
    assert other.fill_in(page, to=answers).location == page
    assert sign_in(visitor, make_person(Role.VOICE)).fill_in("/desk/", to=answers).location == page


def test_answers_cannot_be_seen_once_the_results_are_out(visitor, wave):
    page, answers = asked_for_contact(visitor, connect="yes")
    unlink_receipts(wave.id)
    db.session.commit()
    assert "There is nothing to see" in visitor.fill_in(page, to=answers).text
