"""What is kept of a survey that is being filled in, and that was sent: as long as promised, and no longer."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from engage.shared import db
from engage.shared.clock import now, today
from engage.surveys.actions import waves
from engage.surveys.models import ResponseRow, SittingRow
from engage.worker import clock
from tests.surveys import ANSWERS, count, make_wave, save, sent_words, token, words_on


@pytest.fixture
def wave(database):
    return make_wave()


def nights(number):
    """Let every night of these days pass."""
    for day in range(1, number + 1):
        night(day)


def night(day):
    clock.every_night(now() + timedelta(days=day), today() + timedelta(days=day))
    db.session.expire_all()


def test_a_draft_is_kept_for_a_week(visitor, wave):
    save(visitor, visitor.get("/s/youth").text, area_best="A secret park")
    nights(7)
    assert count(SittingRow) == 1
    nights(8)
    assert count(SittingRow) == 0


def test_the_mark_of_a_spent_sitting_is_kept_for_a_day(visitor, wave):
    sent_words(visitor)
    nights(1)
    assert db.session.scalars(select(SittingRow.sent)).all() == [True]
    nights(2)
    assert count(SittingRow) == 0


def test_what_was_sent_is_taken_once_even_when_its_mark_is_forgotten(visitor, wave):
    page = visitor.get("/s/youth").text  # it stays open, and its phone never hears that all arrived
    before = visitor.get_cookie("engage").value
    words = sent_words(visitor)
    nights(2)
    visitor.set_cookie("engage", before)
    answer = visitor.post("/s/youth", data={**ANSWERS, "csrf_token": token(page)})
    assert words_on(visitor.get(answer.location).text) == words
    assert count(ResponseRow) == 1


def test_a_pause_keeps_drafts_and_so_does_the_day_after_it(visitor, wave):
    save(visitor, visitor.get("/s/youth").text, area_best="A secret park")
    waves.pause_wave(wave.id, roles=["voice"])
    db.session.commit()
    assert "until a day after the pause" in visitor.get("/s/youth").text
    nights(12)
    assert count(SittingRow) == 1
    waves.resume_wave(wave.id, today=today() + timedelta(days=12), roles=["voice"])
    db.session.commit()
    night(13)
    assert count(SittingRow) == 1
    night(14)
    assert count(SittingRow) == 0
