"""A child that hangs holds nothing up for ever: it is ended, what it held is set aside, and the rest is done."""

import time

import psutil

from engage.shared import db, wanted
from engage.shared.clock import now
from engage.worker import loop, stuck, watching
from engage.worker.loop import make_queue
from engage.worker.watching import WHY, Watch
from tests.answers import excerpts, make_response
from tests.surveys import make_wave


def test_a_child_that_hangs_is_ended_its_piece_set_aside_and_the_rest_done(app, database, monkeypatch):
    looker = loop.Worker(app, app.extensions["settings"], make_queue(app.extensions["settings"]))
    monkeypatch.setattr(loop, "LINGER", 0.0)
    wanted.want("code", "wave:youth")
    wanted.take(now())  # as a child holds it that does not come to its end
    db.session.commit()
    make_response(make_wave(), words="the bus is late")
    db.session.rollback()  # nothing is held that the worker must write to
    with monkeypatch.context() as hasty:
        hasty.setattr(watching, "LOOK_EVERY", 0.0)
        hasty.setattr(watching, "HUNG_AFTER", 0.3)  # far shorter than a child takes to begin
        looker.work()
    db.session.rollback()
    assert (psutil.Process().children(), list(excerpts())) == ([], [])
    assert stuck() == [f"code wave:youth: {WHY}"]
    db.session.rollback()
    looker.work()
    db.session.rollback()
    assert list(excerpts()) == ["the bus is late"]


def test_a_child_that_gets_on_is_left_alone_and_so_is_one_with_nothing_to_do(database, monkeypatch):
    monkeypatch.setattr(watching, "LOOK_EVERY", 0.0)
    monkeypatch.setattr(watching, "HUNG_AFTER", 0.05)
    watch = Watch()
    time.sleep(0.1)
    assert not watch.sees_it_hang()
    for number in range(3):
        wanted.want("code", f"wave:{number}")
        db.session.commit()
        assert not watch.sees_it_hang()
        time.sleep(0.1)
    assert watch.sees_it_hang()
