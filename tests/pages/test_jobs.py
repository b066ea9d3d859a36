"""Wanted work is done once, whatever is killed on the way; the worker stays small and the clock is kept."""

import json
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import timedelta

import psutil
import pytest
from huey import SqliteHuey
from sqlalchemy import select

from engage import create_app
from engage.analysis.jobs import do_all, do_one, work
from engage.analysis.models import ThemeRunRow
from engage.shared import db, wanted
from engage.shared.clock import now, today
from engage.shared.errors import NotValid
from engage.surveys.models import WaveRow
from engage.surveys.queries.feedback import sources
from engage.worker import Columns, clock, import_feedback, loop, stuck
from engage.worker.child import run_all_wanted
from engage.worker.loop import make_queue
from engage.worker.starting import a_child, read_settings
from tests.answers import BUS, WORRYING, excerpts, make_response, make_source
from tests.conftest import make_settings
from tests.surveys import make_wave

WORKER = "import json, sys; from engage.worker import main; from engage.worker.starting import read_settings; "
WORKER += "main(read_settings(json.load(sys.stdin)))"
LONGEST = 60  # seconds


def settings_of(app):
    return app.extensions["settings"]


def fresh():
    db.session.rollback()
    db.session.expire_all()


def wait_until(true, seconds=LONGEST):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        with db.reading():  # outside a page a plain read would keep the worker from writing
            if true():
                return
        time.sleep(0.2)
    pytest.fail("it took too long")


@contextmanager
def worker(settings) -> Iterator[subprocess.Popen]:
    process = subprocess.Popen([sys.executable, "-c", WORKER], stdin=subprocess.PIPE, text=True)
    json.dump(asdict(settings), process.stdin, default=str)
    process.stdin.close()
    try:
        yield process
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(20)


def test_work_is_done_once_and_forgotten(database):
    make_response(make_wave(), words="the bus is late")
    assert do_all() == 1
    assert wanted.waiting() == []
    assert list(excerpts()) == ["the bus is late"]


def test_work_that_fails_is_set_aside_with_a_sentence_and_does_not_stop_the_rest(database):
    wanted.want("read", "wave:nowhere")
    wanted.want("dance", "wave:youth")
    db.session.commit()
    make_response(make_wave(), words="the bus is late")
    assert do_all() == 3
    assert len(excerpts()) == 1
    assert sorted(stuck()) == [
        "dance wave:youth: The worker does not know how to do “dance”",
        "read wave:nowhere: There is no such wave or source",
    ]


def test_a_mistake_of_ours_shows_no_words_of_anybody(database, monkeypatch, caplog):
    def break_down(_subject):
        raise ValueError(" ".join(["my name is", "Invented", "Person"]))

    monkeypatch.setitem(work.KINDS, "read", break_down)
    make_response(make_wave(), words="the bus is late")
    do_all()
    assert "Invented Person" not in stuck()[0] + caplog.text
    assert "break_down" in caplog.text
    assert "ValueError" in stuck()[0]


def test_work_asked_for_again_while_it_is_done_is_done_again(database, monkeypatch):
    times = []

    def once_more(subject):
        times.append(subject)
        if len(times) == 1:
            wanted.want("read", subject)
            db.session.commit()

    monkeypatch.setitem(work.KINDS, "read", once_more)
    wanted.want("read", "wave:youth")
    db.session.commit()
    assert do_all() == 2
    assert wanted.waiting() == []


def test_work_that_a_killed_worker_held_is_free_after_its_lease(database):
    make_response(make_wave(), words="the bus is late")
    held = wanted.take(now())
    db.session.commit()
    assert held is not None
    assert not do_one()
    assert wanted.take(now() + wanted.LEASE + timedelta(seconds=1)) is not None
    db.session.rollback()
    wanted.free_all()
    db.session.commit()
    assert do_one()


def test_settings_reach_the_child_as_they_are(app):
    settings = settings_of(app)
    assert read_settings(json.loads(json.dumps(asdict(settings), default=str))) == settings


def test_the_child_does_what_is_wanted_and_ends_with_no_key_on_its_command_line(app, database):
    make_response(make_wave(), words=WORRYING)
    with a_child(settings_of(app), linger=0) as child:
        assert settings_of(app).secret_key not in " ".join(psutil.Process(child.pid).cmdline())
        assert child.wait(LONGEST) == 0
    fresh()
    assert list(excerpts()) == [WORRYING]
    assert wanted.waiting() == []


def test_a_running_worker_reads_what_comes_in_and_outlives_a_killed_child(app, database):
    wave = make_wave()
    with worker(settings_of(app)) as process:
        make_response(wave, words=BUS[0])
        wait_until(lambda: len(excerpts()) == 1)
        parent = psutil.Process(process.pid)
        wanted.want("code", "wave:youth")
        wanted.take(now())  # as the child holds it that is killed now, long before its lease ends
        db.session.commit()
        for child in parent.children():
            child.kill()
        for words in BUS[1:5]:
            make_response(wave, words=words)
        wait_until(lambda: len(excerpts()) == 5 and not wanted.waiting())
        assert parent.memory_full_info().uss < 125 * 2**20  # beside it the web processes fit in 260 MiB


def test_a_worker_killed_in_the_middle_loses_nothing(app, database):
    wave = make_wave()
    for words in BUS:
        make_response(wave, words=words)
    with worker(settings_of(app)) as process:
        wait_until(lambda: psutil.Process(process.pid).children())
        family = [*psutil.Process(process.pid).children(recursive=True), psutil.Process(process.pid)]
        for one in family:
            one.kill()
        process.wait()
    with worker(settings_of(app)):
        wait_until(lambda: not wanted.waiting())
    assert len(excerpts()) == len(BUS)


def test_a_look_that_fails_is_told_and_made_again(app, database, monkeypatch, caplog):
    monkeypatch.setattr(loop, "EVERY", 0.02)
    queue, asked = make_queue(settings_of(app)), []
    looker = loop.Worker(app, settings_of(app), queue)
    queue.storage.conn.execute("DROP TABLE task")
    looking = threading.Thread(target=looker.look_now_and_then, args=(lambda: asked.append("work"), asked.append))
    looking.start()
    try:
        wanted.want("read", "wave:youth")
        db.session.commit()
        wait_until(lambda: "a look for work failed: OperationalError" in caplog.text)
        assert not asked
        queue.storage.conn.execute(queue.storage.table_task)
        wait_until(lambda: asked)
    finally:
        looker.stopping.set()
        looking.join()


def test_words_that_could_not_be_read_are_tried_again_by_the_clock(database, monkeypatch):
    for kind in ("read", "themes"):
        monkeypatch.setitem(work.KINDS, kind, lambda _subject: 1 / 0)
    make_response(make_wave(), words="the bus is late")
    wanted.want("themes", "wave:youth")
    db.session.commit()
    do_all()
    monkeypatch.undo()
    assert not do_one()
    clock.every_few_minutes(now(), today())
    do_all()
    assert list(excerpts()) == ["the bus is late"]
    assert [line.split(":")[0] for line in stuck()] == ["themes wave"]


def test_everything_wanted_can_be_done_in_this_process(app, database):
    make_response(make_wave(), words="the bus is late")
    assert run_all_wanted(app) == 1


def test_a_partners_file_is_taken_read_and_themed_by_one_command(app, database, tmp_path):
    path = tmp_path / "said.csv"
    path.write_text("said\nthe bus is late\nthe park is closed\n")
    steps = []
    report = import_feedback(
        path, source="Clinic", columns=Columns("said"), today=today(), said=lambda done, of: steps.append((done, of))
    )
    fresh()
    assert report.taken == 2
    assert len(excerpts()) == 2
    runs = select(ThemeRunRow.source_id, ThemeRunRow.texts)
    assert db.session.execute(runs).tuples().all() == [(sources()[0].id, 2)]
    assert steps
    with pytest.raises(NotValid):
        import_feedback(path, source="Clinic", columns=Columns("no"), today=today(), said=lambda *_: None)


def test_the_clock_closes_what_has_ended_and_asks_for_what_follows(database):
    wave = make_wave()
    row = db.session.get_one(WaveRow, wave.id)
    row.opens_on, row.closes_on = today() - timedelta(days=9), today() - timedelta(days=1)
    db.session.commit()
    clock.every_few_minutes(now(), today())
    fresh()
    assert db.session.get_one(WaveRow, wave.id).state == "closed"
    assert {piece.kind for piece in wanted.waiting()} == {"themes", "snapshot", "emerging", "serious"}


def test_the_night_forgets_what_was_kept_long_enough(database):
    make_response(make_wave(), words="a planted sentence about hedgehogs")
    do_all()
    clock.every_night(now(), today())
    assert list(excerpts()) == ["a planted sentence about hedgehogs"]
    clock.every_night(now() + timedelta(days=1200), today() + timedelta(days=1200))
    fresh()
    assert list(excerpts()) == [""]


def test_the_queue_lies_in_the_folder_unless_told_otherwise(tmp_path):
    settings = make_settings(tmp_path)
    assert isinstance(make_queue(settings), SqliteHuey)
    assert (tmp_path / "queue.db").exists()
    assert create_app(replace(settings, queue="")).extensions["settings"].queue == ""


def test_the_clock_asks_nothing_of_what_a_partner_sent_and_again_for_what_young_people_did(database, tmp_path):
    make_source(tmp_path, *BUS)
    do_all()
    make_response(make_wave(), words="the bus is late")
    wanted.take(now())
    wanted.fail("read", "wave:youth", "It broke.", taken_before=now())
    db.session.commit()
    clock.every_few_minutes(now(), today())
    fresh()
    assert [(piece.kind, piece.subject, piece.failed) for piece in wanted.waiting()] == [("read", "wave:youth", "")]
