"""Reporting a wave: what must be done first, because it cannot be undone."""

import pytest

from engage.accounts.rules import Role
from engage.analysis.actions import reporting
from engage.analysis.jobs import do_all
from engage.shared import db
from engage.shared.errors import NotOpen
from engage.surveys.actions import waves
from tests.answers import BUS, make_excerpts, make_response, read_everything
from tests.people import make_person
from tests.surveys import make_wave


@pytest.fixture
def wave(database):
    return make_wave()


@pytest.fixture
def voice(database):
    return make_person(Role.VOICE)


def test_a_wave_waits_with_its_report_until_the_machine_has_made_every_answer_ready(wave, voice):
    make_excerpts(wave, *BUS)
    read_everything(voice)
    make_response(wave, words="nobody has read this one")
    waves.close_wave(wave.id, roles=["voice"])
    db.session.commit()
    with pytest.raises(NotOpen, match="unread"):
        reporting.report_wave("youth", by=voice)
    do_all()
    read_everything(voice)
    assert reporting.report_wave("youth", by=voice) == 0
