"""When nobody reads, more and more people hear that something waits, and never what."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select

from engage.accounts.actions import note
from engage.accounts.rules import Role
from engage.safeguarding import actions
from engage.safeguarding.models import AlertRow, ContactRequestRow
from engage.safeguarding.rules.alerts import NewAlert
from engage.shared import db
from engage.shared.outbox import LetterRow
from tests.people import make_person, sign_in

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)  # a Monday
TODAY, WEEK = NOW.date(), NOW.date() + timedelta(days=7)
WORDS = "my dad hits me every night"
MANAGER = "manager@example.org"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def team(app, database, monkeypatch):
    monkeypatch.setitem(app.extensions, "settings", replace(app.extensions["settings"], manager=MANAGER))
    reader, deputy, lead = make_person(Role.VOICE), make_person(Role.VOICE), make_person(Role.SAFEGUARDING)
    for someone, stands_in in ((reader, False), (deputy, True)):
        actions.add_reader(someone.id, first=TODAY, last=WEEK, deputy=stands_in)
    return {reader.email: "reader", deputy.email: "deputy", lead.email: "lead", MANAGER: "manager"}


def raise_one(*, at: datetime = NOW, score: float = 0.9) -> None:
    actions.raise_alert(NewAlert(WORDS, "Survey: anything new?", "item", "hurt", score, b"r" * 32), at=at)
    db.session.flush()


def letters(team) -> list[str]:
    """Who was written to since, in the order of the alphabet."""
    rows = db.session.scalars(select(LetterRow)).all()
    assert not any("dad" in (row.body or "") + (row.subject or "") + (row.once or "") for row in rows)
    assert not any("@" in (row.once or "") for row in rows), "an address is sealed, and stands nowhere else"
    told = sorted(team[row.to] for row in rows)
    for row in rows:
        row.to = None
        db.session.delete(row)
    return told


def kept(team) -> list[str]:
    return sorted(team[to] for to in db.session.scalars(select(LetterRow.to)))


def test_whoever_reads_today_hears_within_half_an_hour_once(team):
    raise_one()
    for minutes in (5, 10, 15):
        actions.tell_of_new(NOW + timedelta(minutes=minutes))
    assert kept(team) == ["reader"]


def test_where_nobody_is_named_the_leads_hear(team):
    on_sunday = NOW - timedelta(days=1)
    raise_one(at=on_sunday)
    actions.tell_of_new(on_sunday)
    assert letters(team) == ["lead"]


def test_nothing_new_is_no_letter(team):
    raise_one(at=NOW - timedelta(hours=1))
    assert actions.tell_of_new(NOW) == 0
    assert letters(team) == []


def test_the_deputy_hears_after_four_hours_and_the_manager_two_hours_later(team):
    raise_one()
    late = NOW + timedelta(hours=4, minutes=1)
    assert actions.escalate_overdue(late) == 1
    assert letters(team) == ["deputy", "lead", "reader"]
    assert actions.escalate_further(late + timedelta(minutes=119)) == 0
    assert letters(team) == []
    assert actions.escalate_further(late + timedelta(minutes=120)) == 1
    assert letters(team) == ["lead", "manager"]
    assert actions.escalate_further(late + timedelta(minutes=180)) == 0


def test_who_looks_in_time_keeps_the_manager_out_of_it(team):
    raise_one()
    late = NOW + timedelta(hours=4, minutes=1)
    actions.escalate_overdue(late)
    db.session.scalars(select(AlertRow)).one().state = "acknowledged"
    assert actions.escalate_further(late + timedelta(hours=3)) == 0


def alarms(at: datetime, *, unread_since: date | None = None, open_until: date | None = None) -> None:
    actions.raise_alarms(at, unread_since=unread_since, open_until=open_until)


def test_nobody_opening_anything_for_a_working_day_alarms_once_a_day(team):
    raise_one(score=0.3)
    for hours in (24, 25, 30):
        alarms(NOW + timedelta(hours=hours))
    assert kept(team) == ["lead", "manager"]
    alarms(NOW + timedelta(hours=48))
    assert kept(team) == ["lead", "lead", "manager", "manager"]


def test_control_one_opening_since_it_came_and_the_queue_is_not_dead(team):
    raise_one(score=0.3)
    note("opened", "alert 1", "on the rota today")
    alarms(NOW + timedelta(hours=25))
    assert letters(team) == []


def test_a_request_to_be_contacted_that_nobody_opened_alarms_too(team):
    actions.ask_for_contact("call me", receipt_hash=None, at=NOW)
    alarms(NOW + timedelta(hours=25))
    assert letters(team) == ["deputy", "lead", "lead", "manager", "reader"]


def test_whoever_reads_hears_of_a_request_and_of_an_answer_within_half_an_hour(team):
    actions.ask_for_contact("call me", receipt_hash=None, at=NOW)
    for minutes in (5, 10):
        assert actions.tell_of_new(NOW + timedelta(minutes=minutes)) == 1
    assert letters(team) == ["reader"]
    raise_one()
    alert = db.session.scalars(select(AlertRow)).one()
    alert.state = "acknowledged"
    actions.leave_message(alert.id, "Shall we call?", by=make_person(Role.VOICE), at=NOW)
    actions.answer_message(b"r" * 32, "yes, please call", at=NOW + timedelta(hours=1))
    db.session.flush()
    assert actions.tell_of_new(NOW + timedelta(hours=1, minutes=5)) == 1
    assert letters(team) == ["reader"]


@pytest.mark.parametrize("asks", [True, False])
def test_opening_something_else_quiets_no_call_for_who_asks(team, asks):
    raise_one(at=NOW - timedelta(hours=1))
    if asks:
        actions.ask_for_contact("call me", receipt_hash=None, at=NOW)
    db.session.scalars(select(AlertRow)).one().state = "acknowledged"
    with time_machine.travel(NOW + timedelta(minutes=30), tick=False):
        note("opened", "alert 1", "on the rota today")
    alarms(NOW + timedelta(hours=23))
    assert letters(team) == []
    for hours in (25, 26):
        alarms(NOW + timedelta(hours=hours))
    assert letters(team) == (["deputy", "lead", "reader"] if asks else [])


def test_a_request_that_was_opened_calls_nobody(team):
    actions.ask_for_contact("call me", receipt_hash=None, at=NOW)
    db.session.flush()
    number = db.session.scalars(select(ContactRequestRow.id)).one()
    with time_machine.travel(NOW + timedelta(minutes=30), tick=False):
        note("opened", f"contact request {number}", "on the rota today")
    alarms(NOW + timedelta(hours=25))
    assert letters(team) == []


def test_a_friday_evening_is_due_on_monday(team):
    friday = NOW + timedelta(days=4, hours=8)
    raise_one(at=friday, score=0.3)
    alarms(friday + timedelta(days=2))
    assert letters(team) == []
    alarms(friday + timedelta(days=3, minutes=1))
    assert letters(team) == ["lead", "manager"]


def test_a_working_day_without_a_reader_alarms_the_day_before_and_on_the_day(team):
    after = WEEK + timedelta(days=1)  # a Tuesday without anybody
    at = datetime(WEEK.year, WEEK.month, WEEK.day, 9, tzinfo=UTC)
    alarms(at - timedelta(days=3), open_until=after)  # on Friday the next working day has its reader
    assert letters(team) == []
    alarms(at, open_until=after)
    assert letters(team) == ["lead"]
    alarms(at + timedelta(days=1), open_until=after)
    assert "manager" in letters(team)


def test_without_an_open_survey_an_empty_rota_is_no_alarm(team):
    alarms(NOW + timedelta(days=20), open_until=None)
    assert letters(team) == []


def test_answers_unread_over_a_working_day_call_readers_and_later_the_manager(team):
    alarms(NOW, unread_since=TODAY - timedelta(days=3))  # on Friday: Monday is their day
    assert letters(team) == []
    alarms(NOW + timedelta(days=1), unread_since=TODAY - timedelta(days=3))
    assert letters(team) == ["deputy", "lead", "reader"]
    alarms(NOW + timedelta(days=3), unread_since=TODAY - timedelta(days=3))
    assert "manager" in letters(team)


def test_the_rota_says_who_hears_and_that_nobody_is_the_manager(app, visitor):
    sign_in(visitor, make_person(Role.SAFEGUARDING))
    page = visitor.get("/desk/alerts/rota/").text
    assert "Who hears when nobody reads" in page
    assert "No manager is named" in page
