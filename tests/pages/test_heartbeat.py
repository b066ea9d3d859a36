"""A worker that is dead writes to nobody, so pages, the health address and the doctor notice without it."""

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from click.testing import CliRunner
from sqlalchemy import select

from engage.accounts.rules import Role
from engage.cli import main
from engage.safeguarding import actions
from engage.shared import db, heartbeat, wanted
from engage.shared.clock import now
from engage.shared.outbox import LetterRow
from engage.worker import clock
from tests.mail import mail_server
from tests.people import make_person, sign_in
from tests.safe.conftest import settings_of, started

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
ALARM = "Alarm: the worker has stopped"
UNSCREENED = "Alarm: new answers are not screened"
PAGES = ("/desk/", "/desk/alerts/", "/desk/reading/", "/desk/letters/")


def look(at: datetime) -> None:
    """What a living worker does every five minutes."""
    with time_machine.travel(at, tick=False):
        clock.every_few_minutes(at, at.date())


@pytest.mark.parametrize(
    ("role", "pages"), [(Role.SAFEGUARDING, PAGES), (Role.VOICE, ("/desk/",)), (Role.ADMIN, ("/desk/",))]
)
def test_who_must_know_is_alarmed_once_the_worker_is_silent_and_calm_while_it_lives(visitor, role, pages):
    look(NOW)
    with time_machine.travel(NOW + timedelta(minutes=14)):
        sign_in(visitor, make_person(role))
        assert [page for page in pages if ALARM in visitor.get(page).text] == []
    with time_machine.travel(NOW + timedelta(minutes=16)):
        assert [page for page in pages if ALARM not in visitor.get(page).text] == []
        assert "Monday 23 November, 10:00" in visitor.get("/desk/").text
    look(NOW + timedelta(minutes=17))
    with time_machine.travel(NOW + timedelta(minutes=18)):
        assert ALARM not in visitor.get("/desk/").text


def test_a_worker_that_never_ran_is_as_silent_as_one_that_stopped(visitor):
    sign_in(visitor, make_person(Role.SAFEGUARDING))
    page = visitor.get("/desk/").text
    assert ALARM in page
    assert "never run here" in page


def test_somebody_who_neither_reads_nor_starts_it_is_not_alarmed(visitor):
    sign_in(visitor, make_person(Role.SCRUTINEER))
    assert ALARM not in visitor.get("/desk/").text


def unscreened(at: datetime) -> None:
    """Words came in at this moment, and wait."""
    with time_machine.travel(at, tick=False):
        wanted.want("read", "wave:youth")
        db.session.commit()


def test_words_that_nobody_screens_are_an_alarm_though_the_clock_beats(visitor):
    unscreened(NOW)
    look(NOW + timedelta(minutes=28))
    with time_machine.travel(NOW + timedelta(minutes=29)):
        sign_in(visitor, make_person(Role.SAFEGUARDING))
        assert [UNSCREENED in visitor.get("/desk/").text, visitor.get("/healthz").text] == [False, "ok\n"]
    with time_machine.travel(NOW + timedelta(minutes=31)):
        page, health = visitor.get("/desk/").text, visitor.get("/healthz")
        assert [UNSCREENED in page, ALARM in page, "Monday 23 November, 10:00" in page] == [True, False, True]
        assert (health.status_code, health.text) == (503, "words unscreened\n")
    with time_machine.travel(NOW + timedelta(minutes=32)):
        wanted.take(now())
        wanted.done("read", "wave:youth", taken_before=now())
        db.session.commit()
        assert UNSCREENED not in visitor.get("/desk/").text


def test_what_else_waits_for_long_is_no_alarm(visitor):
    with time_machine.travel(NOW, tick=False):
        wanted.want("themes", "wave:youth")
        db.session.commit()
    look(NOW + timedelta(minutes=44))
    with time_machine.travel(NOW + timedelta(minutes=45)):
        assert visitor.get("/healthz").text == "ok\n"


def test_the_clock_calls_once_where_its_own_worker_screens_nothing_and_lets_a_new_one_begin(database):
    with time_machine.travel(NOW):
        lead = make_person(Role.SAFEGUARDING)
    unscreened(NOW)
    called = []
    for minutes in (0, 60, 65, 70):  # the first look after an hour's silence is a worker that has just been started
        look(NOW + timedelta(minutes=minutes))
        letters = db.session.scalars(select(LetterRow).where(LetterRow.kind == "alarm of the reading queue"))
        called.append([letter.body.split(",")[0] for letter in letters if letter.to == lead.email])
    assert called == [[], [], ["Engage's worker runs"], ["Engage's worker runs"]]


def test_a_look_that_fails_is_no_heartbeat(database, monkeypatch):
    look(NOW)

    def fails(_at):
        raise OSError("the disk is full")

    monkeypatch.setattr(clock, "tell_of_new", fails)
    with pytest.raises(OSError, match="full"):
        look(NOW + timedelta(minutes=20))
    db.session.rollback()
    assert heartbeat.last_beat() == NOW


def test_the_health_address_says_one_word_to_a_monitor(visitor):
    assert (visitor.get("/healthz").status_code, visitor.get("/healthz").text) == (503, "worker silent\n")
    look(now())
    answer = visitor.get("/healthz")
    assert (answer.status_code, answer.text, answer.headers["Cache-Control"]) == (200, "ok\n", "no-store")
    assert "Set-Cookie" not in answer.headers


@time_machine.travel(NOW, tick=False)
def test_everybody_who_must_know_gets_one_letter_a_day_that_tells_nothing(app, database, monkeypatch):
    monkeypatch.setitem(app.extensions, "settings", replace(app.extensions["settings"], manager="m@example.org"))
    reader = make_person(Role.VOICE)
    told = {make_person(role).email for role in (Role.SAFEGUARDING, Role.ADMIN)} | {reader.email, "m@example.org"}
    make_person(Role.PQA)
    actions.add_reader(reader.id, first=NOW.date(), last=NOW.date(), deputy=False)
    for minutes in (0, 5):
        actions.call_for_worker(NOW + timedelta(minutes=minutes))
    letters = db.session.scalars(select(LetterRow)).all()
    assert sorted(letter.to for letter in letters) == sorted(told)
    assert {letter.body.split(":")[0] for letter in letters} == {"Engage's worker has stopped"}
    heartbeat.beat(NOW + timedelta(minutes=10))
    actions.call_for_worker(NOW + timedelta(minutes=40))  # started, and stopped again
    assert len(db.session.scalars(select(LetterRow)).all()) == 2 * len(told)


@pytest.fixture
def installed(tmp_path, monkeypatch):
    """An installation of its own, its database made; gives its folder."""
    settings_of(tmp_path)
    monkeypatch.setenv("ENGAGE_FOLDER", str(tmp_path))
    monkeypatch.setenv("ENGAGE_SMTP_SECURITY", "none")
    assert CliRunner().invoke(main, ["migrate"]).exit_code == 0
    return tmp_path


def said_by_doctor(*words: str) -> tuple[int, str]:
    ended = CliRunner().invoke(main, ["doctor", *words])
    return ended.exit_code, " ".join(ended.output.split())


def test_the_doctor_is_content_with_a_real_worker_and_ends_with_one_once_it_was_killed(installed):
    assert said_by_doctor()[0] == 1
    worker = subprocess.Popen([sys.executable, "-m", "engage.cli", "worker"], env=dict(os.environ))
    try:
        wait_for_a_beat(installed)
        code, said = said_by_doctor()
        assert (code, "worker, last heard of" in said) == (0, True), said
    finally:
        worker.send_signal(signal.SIGKILL)
        worker.wait(10)
    with time_machine.travel(now() + heartbeat.SILENT_AFTER + timedelta(seconds=30)):
        code, said = said_by_doctor()
    assert (code, "missing worker, last heard of" in said) == (1, True)


def test_the_doctor_says_that_words_wait_though_a_worker_lives(installed):
    with started(settings_of(installed)):
        unscreened(now() - timedelta(hours=1))
        heartbeat.beat(now())
        db.session.commit()
    code, said = said_by_doctor()
    assert (code, "missing worker, last" in said, "missing what people wrote is not screened" in said) == (
        1,
        False,
        True,
    )


def wait_for_a_beat(folder) -> None:
    with started(settings_of(folder)):
        for _ in range(300):
            with db.reading():
                if heartbeat.last_beat() is not None:
                    return
            time.sleep(0.1)
    raise AssertionError("the worker never looked at the clock")


def test_the_doctor_calls_for_a_worker_by_letters_that_need_none(installed, monkeypatch):
    with started(settings_of(installed)):
        lead = make_person(Role.SAFEGUARDING)
    with mail_server() as server:
        monkeypatch.setenv("ENGAGE_SMTP_HOST", "127.0.0.1")
        monkeypatch.setenv("ENGAGE_SMTP_PORT", str(server.port))
        monkeypatch.setenv("ENGAGE_SMTP_FROM", "engage@example.org")
        assert [said_by_doctor("--call")[0] for _ in range(2)] == [1, 1]
        assert [letter["To"] for letter in server.mailbox.letters] == [lead.email]
