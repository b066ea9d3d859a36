"""A wave is paused while somebody is half-way: what they typed is kept, the page says so, and they go on afterwards."""

import pytest
import time_machine

from engage.shared import db
from engage.shared.clock import now, today
from engage.surveys.actions import waves
from engage.surveys.models import ResponseRow
from engage.worker import clock
from tests.surveys import ANSWERS, count, make_wave, save, token


@pytest.fixture
def wave(database):
    return make_wave()


def pause(wave):
    waves.pause_wave(wave.id, roles=["safeguarding"])
    db.session.commit()


def resume(wave):
    waves.resume_wave(wave.id, today=today(), roles=["voice"])
    db.session.commit()


def test_sending_to_a_paused_wave_says_so_kindly_and_keeps_all_that_was_typed(visitor, wave):
    page = visitor.get("/s/youth").text
    pause(wave)
    answer = visitor.post("/s/youth", data={**ANSWERS, "csrf_token": token(page)})
    assert answer.status_code == 409
    assert "This survey is paused for now. What you typed is kept." in answer.text
    assert "The park by the river" in answer.text
    assert count(ResponseRow) == 0


def test_a_pause_keeps_what_is_typed_meanwhile_and_the_same_phone_goes_on_with_it(visitor, wave):
    page = visitor.get("/s/youth").text
    save(visitor, page, area_best="The park by")
    pause(wave)
    assert save(visitor, page, area_best="The park by the river").status_code == 204
    closed = visitor.get("/s/youth")
    assert closed.status_code == 409
    assert "What you typed is kept, until a day after the pause ends." in closed.text
    resume(wave)
    page = visitor.get("/s/youth").text
    assert "The park by the river" in page
    assert visitor.post("/s/youth", data={**ANSWERS, "csrf_token": token(page)}).status_code == 303
    assert count(ResponseRow) == 1


@pytest.mark.parametrize(("paused", "kept"), [(True, True), (False, False)])
def test_a_long_pause_outlasts_the_week_that_drafts_are_kept(visitor, wave, paused, kept):
    save(visitor, visitor.get("/s/youth").text, area_best="The park by the river")
    if paused:
        pause(wave)
    with time_machine.travel(now().replace(hour=12), tick=False) as traveller:
        traveller.shift(9 * 86_400)
        clock.every_night(now(), today())
        if paused:
            resume(wave)
        assert ("The park by the river" in visitor.get("/s/youth").text) is kept


def test_without_script_a_section_left_during_a_pause_is_kept(visitor, wave):
    page = visitor.get("/s/youth").text
    pause(wave)
    typed = {"consent": "yes", "area_best": "The park by the river", "csrf_token": token(page), "_go": "next"}
    answer = visitor.post("/s/youth/section/1", data=typed)
    assert "What you typed is kept" in visitor.get(answer.location).text
    resume(wave)
    assert "The park by the river" in visitor.get("/s/youth").text
