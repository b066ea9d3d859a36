"""A letter says how many items somebody may open: of what is hidden from them they hear nothing, and others hear."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import delete, select

from engage.accounts.rules import Role
from engage.analysis.actions.hiding import hide_answers
from engage.analysis.jobs import do_all
from engage.safeguarding import actions
from engage.safeguarding.models import AboutRow, AlertRow
from engage.safeguarding.queries.alarms import raised_since
from engage.safeguarding.rules.alerts import NewAlert
from engage.shared import db
from engage.shared.outbox import LetterRow
from engage.worker import clock
from tests.answers import make_response
from tests.people import make_agency, make_person
from tests.surveys import make_wave

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)  # a Monday
LATE = NOW + timedelta(hours=4, minutes=1)


@pytest.fixture(autouse=True)
def travelling():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def told(app, database):
    """Two readers of the council, one of them a lead, and a lead of no agency; gives who was written to since."""
    council = make_agency("Council (invented)")
    reader, their_lead = make_person(Role.VOICE, agency_id=council), make_person(Role.SAFEGUARDING, agency_id=council)
    lead = make_person(Role.SAFEGUARDING)
    actions.add_reader(reader.id, first=NOW.date(), last=NOW.date(), deputy=False)
    hear("my social worker hits me", at=NOW - timedelta(days=3))
    actions.say_about(db.session.scalars(select(AlertRow.id)).one(), council, by=lead)
    db.session.execute(AlertRow.__table__.update().values(state="acknowledged"))
    names = {reader.email: "reader", their_lead.email: "their lead", lead.email: "lead"}

    def since() -> list[tuple[str, str]]:
        rows = db.session.execute(select(LetterRow.to, LetterRow.subject)).tuples().all()
        db.session.execute(delete(LetterRow))
        return sorted((names[to], subject) for to, subject in rows if to in names)

    since.council = council
    since()
    return since


def hear(words: str, *, receipt: bytes = b"r" * 32, at: datetime = NOW) -> None:
    actions.raise_alert(NewAlert(words, "Survey", words, "hurt", 0.9, receipt), at=at)


def test_a_further_alert_is_told_to_a_lead_who_may_see_it_and_to_nobody_of_the_agency(told):
    hear("she hits me again")
    actions.tell_of_new(NOW)
    assert told() == [("lead", "1 item needs reading")]
    hear("and again")
    actions.escalate_overdue(LATE)
    assert told() == [("lead", "2 items need reading")]


def test_of_several_each_hears_how_many_they_see(told):
    hear("she hits me again")
    hear("my dad hits me", receipt=b"s" * 32)
    actions.tell_of_new(NOW)
    assert told() == [("lead", "1 item needs reading"), ("reader", "1 item needs reading")]
    actions.escalate_overdue(LATE)
    one = "1 item needs reading"
    assert told() == [("lead", "2 items need reading"), ("reader", one), ("their lead", one)]


def test_control_where_nothing_is_hidden_whoever_reads_today_hears_of_all(told):
    hear("she hits me again")
    db.session.execute(delete(AboutRow))
    db.session.execute(AlertRow.__table__.update().values(about_agency_id=None))
    assert len(raised_since(NOW)) == 1
    actions.tell_of_new(NOW)
    assert told() == [("reader", "1 item needs reading")]


def test_no_alarm_about_what_is_hidden_goes_to_the_agency(told):
    hear("she hits me again")
    actions.escalate_overdue(LATE)
    told()
    actions.escalate_further(LATE + timedelta(hours=2))
    assert [who for who, _ in told()] == ["lead"]
    actions.raise_alarms(NOW + timedelta(hours=25), unread_since=None, open_until=None)
    assert [who for who, _ in told()] == ["lead"]


def test_an_unread_answer_that_is_hidden_from_them_calls_nobody_of_the_agency(told):
    receipt = make_response(make_wave(), words="the bus is always late")
    do_all()
    hide_answers(receipt, (), {told.council})
    later = NOW + timedelta(days=4)
    told()
    clock.every_few_minutes(later, later.date())
    assert {who for who, what in told() if what == "1 item needs reading"} == {"lead"}


def test_control_an_unread_answer_that_is_not_hidden_calls_them_too(told):
    make_response(make_wave(), words="the bus is always late")
    do_all()
    told()
    later = NOW + timedelta(days=4)
    clock.every_few_minutes(later, later.date())
    assert {who for who, what in told() if what == "1 item needs reading"} == {"lead", "their lead"}
