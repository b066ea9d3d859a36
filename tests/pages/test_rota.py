"""The rota says afterwards who was to read: days that are over stay as they were, and a weekend is no working day."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from engage.accounts.rules import Role
from engage.safeguarding import actions, queries
from engage.safeguarding.models import AlertRow, DutyRow
from engage.shared import db
from tests.pages.test_safeguarding import NOW, TODAY, make_alert
from tests.people import make_person, sign_in

ROTA = "/desk/alerts/rota/"


@pytest.fixture(autouse=True)
def on_a_monday():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def lead(visitor):
    return sign_in(visitor, make_person(Role.SAFEGUARDING))


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [(-3, -1, "This day is over"), (-1, 3, "This day is over"), (5, 6, "no working day among these")],
)
def test_days_that_are_over_and_weekends_are_refused_beside_the_box(lead, first, last, said):
    someone = make_person(Role.VOICE)
    days = {"first": str(TODAY + timedelta(days=first)), "last": str(TODAY + timedelta(days=last))}
    answer = lead.fill_in(ROTA, person=someone.id, **days)
    assert (answer.status_code, said in answer.text, days["last"] in answer.text) == (422, True, True)
    assert db.session.scalars(select(DutyRow)).all() == []


def test_one_day_is_said_as_one(lead):
    answer = lead.fill_in(ROTA, person=make_person(Role.VOICE).id, first=str(TODAY), last=str(TODAY))
    assert "On the rota for 1 working day." in lead.get(answer.location).text


def test_nobody_is_taken_off_a_day_that_is_over(lead):
    someone, before = make_person(Role.VOICE), TODAY - timedelta(days=3)
    actions.add_reader(someone.id, first=before, last=TODAY, deputy=False)
    db.session.commit()
    for on, status in ((before, 409), (TODAY, 303)):
        assert lead.fill_in(ROTA, f"{ROTA}remove", on=str(on), person=someone.id).status_code == status
    db.session.rollback()
    assert {row.on for row in db.session.scalars(select(DutyRow))} == {before}


def test_whoever_reads_today_is_shown_a_second_reading_and_others_of_the_team_are_not(database):
    reader, off = make_person(Role.VOICE), make_person(Role.VOICE)
    actions.add_reader(reader.id, first=TODAY, last=TODAY, deputy=False)
    row = db.session.get_one(AlertRow, make_alert())
    row.state, row.second_reader_wanted, row.closed_at, row.closed_by = "closed", True, NOW.replace(tzinfo=None), off.id
    row.outcome = "no_concern"
    db.session.commit()
    words = "Be the second reader of an alert"
    assert [words in [line.words for line in queries.waiting(one, TODAY)] for one in (reader, off)] == [True, False]
