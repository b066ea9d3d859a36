"""An alert grows louder when it should, and whoever worries is always heard."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select

from engage.accounts.rules import Role
from engage.analysis.actions.alerts import raise_by_hand
from engage.analysis.method.screening import Screen
from engage.safeguarding import actions
from engage.safeguarding.models import AlertRow
from engage.safeguarding.rules.alerts import NewAlert
from engage.shared import db
from engage.shared.clock import today
from tests.answers import WORRYING, make_excerpts
from tests.people import make_person, sign_in
from tests.surveys import make_wave

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
HASH = b"r" * 32


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False):
        yield


def hear(*, score, words=WORRYING) -> AlertRow:
    actions.raise_alert(NewAlert(words, "Youth survey", "anything", "worry", score, HASH), at=NOW)
    db.session.commit()
    return only()


def only() -> AlertRow:
    db.session.rollback()
    db.session.expire_all()
    return db.session.scalars(select(AlertRow)).one()


def close(outcome="no_concern") -> None:
    lead, alert_id = make_person(Role.SAFEGUARDING), only().id
    actions.acknowledge(alert_id, by=lead, at=NOW)
    actions.close(alert_id, outcome, "A song.", by=lead, at=NOW)
    db.session.commit()


def test_the_same_words_grow_louder_and_the_shorter_clock_runs(database):
    assert hear(score=0.5).score == 0.5
    assert actions.escalate_overdue(NOW + timedelta(hours=5)) == 0
    assert hear(score=0.95).score == 0.95
    assert actions.escalate_overdue(NOW + timedelta(hours=5)) == 1
    assert hear(score=0.3).score == 0.95


def test_what_was_closed_as_no_concern_and_grows_louder_gets_a_second_reader_and_stays_closed(database, monkeypatch):
    monkeypatch.setattr("engage.safeguarding.rules.alerts.SHARE_READ_TWICE", 0)
    hear(score=0.5)
    close()
    assert not only().second_reader_wanted
    kept = hear(score=0.95)
    assert (kept.state, kept.second_reader_wanted) == ("closed", True)
    assert only().notes == "A song."


@pytest.mark.parametrize("outcome", ["no_concern", "referred"])
def test_a_reader_who_worries_opens_a_closed_alert_again(visitor, outcome):
    answers = make_excerpts(make_wave(), WORRYING)
    close(outcome)
    sign_in(visitor, make_person(Role.VOICE))
    [answer] = answers.values()
    page = visitor.fill_in(f"/desk/reading/{answer}", f"/desk/reading/{answer}/alert")
    assert page.status_code == 303
    kept = only()
    assert (kept.state, kept.kind, kept.score, kept.outcome) == ("raised", "a reader worries", 1.0, None)
    assert "Closed before as" in kept.notes


def test_a_reader_who_worries_about_what_waits_already_changes_no_clock(database):
    [answer] = make_excerpts(make_wave(), WORRYING).values()
    since = only().raised_at
    raise_by_hand(answer, by=make_person(Role.VOICE), today=today())
    db.session.commit()
    assert (only().state, only().raised_at, only().kind) == ("raised", since, "a reader worries")


def test_a_professional_names_the_alert_whatever_else_was_noticed_before_it(database):
    make_excerpts(make_wave(), "my dad beats me and i want to die. my teacher touched me")
    assert only().kind == "concern about a professional"
    control = Screen.load().explain("my dad beats me and i want to die. my teacher touched me")
    assert control[0][0] == "abuse at home"
