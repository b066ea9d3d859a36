"""A letter is written with what causes it, sent once, given up in plain words, and tells nothing."""

import json
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select, true, update

from engage.shared import db, outbox
from engage.shared.clock import now
from engage.shared.outbox import LetterRow, NewLetter
from engage.worker import clock
from engage.worker.sending import send_letters
from tests.mail import BUSY, UNKNOWN, Server, installed, mail_server, notify

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
BEFORE, NEVER = (datetime(year, 1, 1, tzinfo=UTC).replace(tzinfo=None) for year in (2026, 2099))
WORDS = "my dad hits me every night"
WORKER = "import json, sys; from engage.worker import main; from engage.worker.starting import read_settings; "
WORKER += "main(read_settings(json.load(sys.stdin)))"


@pytest.fixture
def server() -> Iterator[Server]:
    with mail_server() as server:
        yield server


@pytest.fixture
def site(app, database, server):
    """The installation with that mail server, no demo."""
    site = installed(app, server.post)
    with site.app_context():
        yield site
        db.session.remove()
        db.engine().dispose()


def write(to="ada@example.org", **more) -> None:
    outbox.write(NewLetter("place confirmed", to, "Your place", "You have a place.", "en"), **more)
    db.session.commit()


def send(post=None) -> int:
    return send_letters(post)


def rows() -> list[LetterRow]:
    db.session.rollback()
    db.session.expire_all()
    return list(db.session.scalars(select(LetterRow).order_by(LetterRow.due_at)))


def test_a_letter_is_sent_once_and_emptied(site, server):
    write()
    assert [send(server.post), send(server.post)] == [1, 0]
    letter = server.mailbox.letters[0]
    assert (letter["To"], letter["Subject"]) == ("ada@example.org", "Your place")
    assert letter.get_payload().strip() == "You have a place."
    assert [(row.state, row.to, row.subject, row.body) for row in rows()] == [("sent", None, None, None)]


def test_nothing_is_written_when_what_caused_it_fails(database):
    outbox.write(NewLetter("place confirmed", "ada@example.org", "Your place", "You have a place."))
    db.session.rollback()
    assert rows() == []


def test_the_same_letter_is_written_once_and_can_be_taken_back(database):
    write(once="remind:7")
    write(once="remind:7")
    write()
    write()
    assert len(rows()) == 3
    outbox.take_back("remind:7")
    db.session.commit()
    assert len(rows()) == 2


def test_a_letter_waits_for_its_time(site, server):
    write(not_before=now() + timedelta(hours=1))
    assert send(server.post) == 0
    with time_machine.travel(now() + timedelta(hours=2)):
        assert send(server.post) == 1


def test_an_address_nobody_knows_is_given_up_in_plain_words_without_the_address(site, server):
    write(UNKNOWN)
    write("not an address @ all")
    write()
    assert send(server.post) == 1
    given_up = {row.reason for row in rows() if row.state == "failed"}
    assert (
        given_up == {"The mail server does not know this address (550)", "This is not an address"} or len(given_up) == 2
    )
    assert not any("nobody" in reason for reason in given_up)


def test_a_busy_box_is_tried_again_and_holds_nobody_up(site, server):
    write(BUSY)
    write()
    assert send(server.post) == 1
    busy = next(row for row in rows() if row.state == "waiting")
    assert (busy.tries, busy.reason) == (1, "The mail server takes no letter to this address yet (450)")


def test_a_server_that_is_down_costs_nothing_but_time(site, server):
    server.stop()
    write()
    write("ben@example.org")
    start = now()
    assert send(server.post) == 0
    assert {(row.state, row.tries) for row in rows()} == {("waiting", 1), ("waiting", 0)}
    with time_machine.travel(start + timedelta(minutes=2)):
        assert send(server.post) == 0
    server.start()
    with time_machine.travel(start + timedelta(hours=1)):
        assert send(server.post) == 2
    assert len(server.mailbox.letters) == 2


def test_pauses_grow_and_a_letter_past_its_use_is_given_up(site, server):
    server.stop()
    write(useful_until=now() + timedelta(minutes=30))
    pauses, at = [], now()
    for _ in range(4):
        with time_machine.travel(at, tick=False):
            send(server.post)
        row = rows()[0]
        if row.state == "failed":
            break
        pauses.append(round((row.due_at.replace(tzinfo=UTC) - at).total_seconds() / 60))
        at = row.due_at.replace(tzinfo=UTC)
    assert pauses == [1, 5, 15]
    assert row.reason == "It could not be sent in time: The mail server does not answer"


def start_worker(settings) -> subprocess.Popen:
    process = subprocess.Popen([sys.executable, "-c", WORKER], stdin=subprocess.PIPE, text=True)
    json.dump(asdict(settings), process.stdin, default=str)
    process.stdin.close()
    return process


@pytest.mark.long
@pytest.mark.parametrize("leased", [True, False], ids=["with the lease", "control: without"])
def test_a_letter_is_sent_once_although_its_worker_is_killed(site, server, leased):
    settings = replace(site.extensions["settings"], post=server.post)
    server.mailbox.slow = 5.0
    write()
    killed = start_worker(settings)
    assert server.mailbox.greeted.wait(40)  # it holds the letter, and has not handed it over
    killed.send_signal(signal.SIGKILL)
    killed.wait(20)
    server.mailbox.slow = 0.0
    assert rows()[0].state == "leased"
    db.session.execute(update(LetterRow).values(taken_at=BEFORE if leased else NEVER))
    db.session.commit()
    time.sleep(1)
    send(server.post)
    assert len(server.mailbox.letters) == (1 if leased else 0)


@pytest.mark.parametrize("guarded", [True, False], ids=["with the guard", "control: without"])
def test_two_workers_send_a_letter_once(site, server, guarded, monkeypatch):
    if not guarded:
        monkeypatch.setattr(outbox, "_free", lambda _at: true())
        monkeypatch.setattr(outbox, "sent", lambda *_, **__: None)
    write()
    together = threading.Barrier(2)

    def work() -> None:
        with site.app_context():
            together.wait()
            letter = outbox.take(now(), ("email",))
            db.session.commit()
            if letter:
                found.append(letter.key)

    found: list[str] = []
    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(found) == (1 if guarded else 2)


def test_a_second_try_is_the_same_letter_to_the_mail_server(site, server):
    write()
    letter = outbox.take(now(), ("email",))
    db.session.commit()
    with time_machine.travel(now() + outbox.LEASE + timedelta(seconds=1)):
        assert send(server.post) == 1
    assert server.mailbox.letters[0]["Message-ID"] == f"<{letter.key}@example.org>"


def test_texts_and_letters_go_through_notify_and_it_is_asked_before_a_second_try(app, database):
    with notify() as (post, desk):
        site = installed(app, post)
        with site.app_context():
            write("+447700900123")
            write()
            assert send(post) == 2
            ways = {way: said["personalisation"] for way, said in desk.taken}
            assert ways == {
                "sms": {"body": "You have a place."},
                "email": {"subject": "Your place", "body": "You have a place."},
            }
            write("+447700900456")
            desk.answers[:] = [500, 400]
            assert send(post) == 0
            taken_once = len(desk.taken)
            waits = next(row for row in rows() if row.state == "waiting")
            desk.taken.append(("sms", {"reference": waits.key}))  # it had taken it, and the answer was lost
            with time_machine.travel(now() + timedelta(minutes=3)):
                assert send(post) == 1
            assert len(desk.taken) == taken_once + 1
            write("+447700900789")
            assert send(post) == 0
            assert (
                next(row for row in rows() if row.state == "failed").reason
                == "GOV.UK Notify does not take this letter (400)"
            )
            db.session.remove()
            db.engine().dispose()


def test_letters_are_forgotten_a_week_after_they_ended(site, server):
    write()
    send(server.post)
    write(UNKNOWN)
    send(server.post)
    write("later@example.org", not_before=now() + timedelta(days=3), useful_until=now() + timedelta(days=30))
    clock.every_night(now() + timedelta(days=6), date(2026, 11, 29))
    assert len(rows()) == 3
    clock.every_night(now() + timedelta(days=8), date(2026, 12, 1))
    assert [row.state for row in rows()] == ["waiting"]


def test_what_waits_too_long_is_given_up_by_the_clock(database):
    write()
    clock.every_few_minutes(now() + timedelta(days=8), date(2026, 12, 1))
    assert [(row.state, row.reason) for row in rows()] == [("failed", outbox.TOO_LATE)]
