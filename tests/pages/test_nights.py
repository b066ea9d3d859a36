"""The clock of the night forgets the audit, and the names of those who left, when their time is over and not before."""

from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from engage.accounts import actions
from engage.accounts.models import AuditRow, PersonRow
from engage.accounts.rules import Role
from engage.analysis.actions.reading import confirm
from engage.analysis.actions.reporting import report_wave
from engage.analysis.actions.snapshots import keep_snapshot
from engage.analysis.actions.themes import add
from engage.analysis.jobs import do_all
from engage.analysis.models import ExcerptRow, ThemeReceiptRow
from engage.analysis.rules import Naming
from engage.safeguarding.actions import acknowledge, close, raise_alert
from engage.safeguarding.models import AlertRow
from engage.safeguarding.rules.alerts import NewAlert
from engage.shared import db
from engage.shared.clock import now, today
from engage.shared.keeping import AFTER_REPORT, AUDIT, RAW_WORDS, REDACTED_WORDS
from engage.surveys.actions.waves import close_wave
from engage.surveys.models import WrittenRow
from engage.surveys.queries.places import place
from engage.worker import clock
from tests.answers import BUS, excerpts, make_excerpts, make_response, make_source, read_everything
from tests.people import make_person
from tests.surveys import count, make_wave


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
        lines = db.session.scalar(select(func.count(AuditRow.id)).where(AuditRow.did != clock.NIGHT))
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


def line_of_the_night():
    return db.session.scalars(select(AuditRow).where(AuditRow.did == clock.NIGHT).order_by(AuditRow.id.desc())).first()


def test_a_night_writes_down_how_much_it_forgot(database, tmp_path):
    make_source(tmp_path, *BUS)
    do_all()
    night(RAW_WORDS + timedelta(days=2))
    line = line_of_the_night()
    assert (line.about, line.reason) == (f"{len(BUS)} things", f"{len(BUS)} comments of partners")
    night(REDACTED_WORDS + timedelta(days=2))
    assert f"{len(BUS)} redacted answers" in line_of_the_night().reason
    assert count(ExcerptRow) == len(BUS)
    assert set(db.session.scalars(select(ExcerptRow.words))) == {None}


def test_a_night_that_nobody_was_up_for_is_made_up_for_once(database):
    clock.every_night(now() - timedelta(days=1), today())
    for hours, nights in ((0, 1), (25, 1), (27, 2), (28, 2)):
        with time_machine.travel(now() + timedelta(hours=hours), tick=False):
            clock.catch_up(now(), today())
            db.session.expire_all()
            asked = select(func.count(AuditRow.id)).where(AuditRow.did == clock.NIGHT)
            assert db.session.scalar(asked) == nights, hours
            db.session.rollback()


def test_raw_words_go_a_year_after_the_report_and_the_others_stay(database):
    early, late = make_wave(), make_wave("late")
    for wave in (early, late):
        make_response(wave, words="the bus is late")
    do_all()
    keep_snapshot(replace(place("wave:youth"), state="reported"), {})
    db.session.commit()
    night(AFTER_REPORT - timedelta(days=1))
    assert db.session.scalar(select(func.count(WrittenRow.words))) == 2
    night(AFTER_REPORT + timedelta(days=1))
    kept = select(WrittenRow.wave_id).where(WrittenRow.words.is_not(None))
    assert db.session.scalars(kept).all() == [late.id]


@pytest.mark.parametrize(("wanted", "days"), [(False, 90), (True, 180)])
def test_an_alert_forgets_its_words_and_whose_they_were(database, wanted, days):
    lead = make_person(Role.SAFEGUARDING)
    raise_alert(NewAlert("secret", "p", "i", "violence", 0.9, b"r" * 32), at=now())
    row = db.session.scalars(select(AlertRow)).one()
    acknowledge(row.id, by=lead, at=now())
    close(row.id, "no_concern", "n", by=lead, at=now())
    row.second_reader_wanted = wanted
    db.session.commit()
    for later, words in ((days - 1, "secret"), (days + 1, None)):
        night(timedelta(days=later))
        row = db.session.scalars(select(AlertRow)).one()
        assert row.words == words
        assert (row.receipt_hash is None) is (words is None)
        db.session.rollback()


def test_a_theme_forgets_its_receipts_with_the_last_words_said_about_it(database):
    voice, wave = make_person(Role.VOICE), make_wave()
    make_excerpts(wave, *BUS)
    read_everything(voice)
    theme_id = add(Naming("Late buses", "", sensitive=False), by=voice, today=today())
    confirm(theme_id, excerpts().values(), by=voice)
    close_wave(wave.id, roles=["voice"])
    report_wave("youth", by=voice)
    db.session.commit()
    night(REDACTED_WORDS - timedelta(days=31))  # a reported answer knows its month only, and goes with the first of it
    assert count(ThemeReceiptRow) == len(BUS)
    night(REDACTED_WORDS + timedelta(days=2))
    assert count(ThemeReceiptRow) == 0
