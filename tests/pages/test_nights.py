"""The clock of the night forgets the audit, and the names of those who left, when their time is over and not before."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from engage.accounts import actions
from engage.accounts.models import AuditRow, PersonRow
from engage.accounts.rules import Role
from engage.shared import db
from engage.shared.clock import now, today
from engage.shared.keeping import AUDIT
from engage.worker import clock
from tests.people import make_person


@pytest.fixture
def gone(database):
    """Somebody stays, somebody leaves today; gives both."""
    stays, leaves = make_person(Role.VOICE, name="Somebody Staying"), make_person(Role.VOICE, name="Somebody Leaving")
    actions.close_account(leaves.id, today=today())
    db.session.commit()
    return stays, leaves


def night(later: timedelta) -> tuple[int, set[str]]:
    """Let a night come this much later; give how many lines the audit then has, and every name kept."""
    with time_machine.travel(now() + later, tick=False):
        clock.every_night(now(), today())
        db.session.expire_all()
        lines = db.session.scalar(select(func.count(AuditRow.id)))
        names = set(db.session.scalars(select(PersonRow.name)))
        db.session.rollback()
    return lines, names


def test_before_its_time_a_night_keeps_the_audit_and_every_name(gone):
    lines, names = night(AUDIT - timedelta(days=1))
    assert lines > 0
    assert names == {"Somebody Staying", "Somebody Leaving"}


def test_after_its_time_a_night_forgets_the_audit_and_who_left_and_keeps_who_stayed(gone):
    lines, names = night(AUDIT + timedelta(days=2))
    assert lines == 0
    assert names == {"Somebody Staying", actions.LEFT}
    left = db.session.get_one(PersonRow, gone[1].id)
    assert "@" not in left.email


def test_control_a_night_that_forgot_nobody_would_be_noticed(gone, monkeypatch):
    monkeypatch.setattr(clock, "forget_audit", lambda _: 0)
    monkeypatch.setattr(clock, "forget_people", lambda _: 0)
    lines, names = night(AUDIT + timedelta(days=2))
    assert lines > 0
    assert "Somebody Leaving" in names


def test_somebody_who_worked_one_day_keeps_their_name_while_the_audit_speaks_of_them(gone):
    _, leaves = gone
    actions.forget_people(today())
    assert db.session.get_one(PersonRow, leaves.id).name == "Somebody Leaving"
    assert actions.forget_people(today() + timedelta(days=1)) == 1
