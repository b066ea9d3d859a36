"""What the panel reads as evidence: no count below the wave's minimum, no quote from behind one, nothing sensitive."""

from datetime import timedelta

import pytest
import time_machine

from engage.accounts.rules import Role
from engage.analysis import queries as analysis
from engage.analysis.actions import reading, themes
from engage.analysis.models import CodingRow
from engage.analysis.rules import Naming
from engage.shared import db
from engage.shared.clock import today
from tests.answers import BUS, excerpts, make_excerpts, read_everything
from tests.people import make_person
from tests.surveys import make_wave


@pytest.fixture
def voice(database):
    return make_person(Role.VOICE)


def make_theme(voice, *texts: str, sensitive: bool = False) -> int:
    """A theme on exactly these answers, confirmed and read by a person."""
    theme_id = themes.add(Naming("Strange" if sensitive else "Buses", "", sensitive=sensitive), by=voice, today=today())
    reading.confirm(theme_id, [excerpts()[words] for words in texts], by=voice)
    read_everything(voice)
    return theme_id


def test_no_answer_is_quoted_from_behind_a_hidden_count(voice):
    make_excerpts(make_wave(), *BUS[:7])
    evidence = analysis.evidence_of([make_theme(voice, *BUS[:7])])
    assert [one.count for one in evidence.origins] == ["*"]
    assert evidence.excerpts == ()


def test_the_minimum_is_the_one_of_the_wave(voice):
    make_excerpts(make_wave(minimum=10), *BUS[:9])
    theme_id = make_theme(voice, *BUS[:9])
    assert [one.count for one in analysis.evidence_of([theme_id]).origins] == ["*"]
    assert analysis.evidence_of([theme_id]).excerpts == ()


def test_a_wave_that_is_large_enough_is_quoted_and_a_small_one_beside_it_is_not(voice):
    make_excerpts(make_wave(), *BUS[:9])
    make_excerpts(make_wave("second"), *BUS[9:])
    evidence = analysis.evidence_of([make_theme(voice, *BUS)])
    assert sorted(one.count for one in evidence.origins) == ["*", "10"]
    assert len(evidence.excerpts) == 5
    assert set(evidence.excerpts) <= set(BUS[:9])


@pytest.mark.parametrize("confirmed", [True, False])
def test_an_answer_that_says_something_sensitive_too_is_not_quoted(voice, confirmed):
    make_excerpts(make_wave(), *BUS)
    theme_id = make_theme(voice, *BUS)
    strange = make_theme(voice, *BUS[:11], sensitive=True)
    if not confirmed:  # the worker's suggestion, which nobody has looked at
        db.session.query(CodingRow).filter_by(theme_id=strange).update({"confirmed_by": None})
        db.session.commit()
    assert analysis.evidence_of([theme_id]).excerpts == (BUS[11],)
    assert analysis.evidence_of([strange]).excerpts == ()


def test_what_is_still_being_asked_was_said_by_today_and_never_later(voice):
    wave = make_wave()
    make_excerpts(wave, *BUS)
    theme_id = make_theme(voice, *BUS)
    assert analysis.evidence_of([theme_id]).said_on == today()
    with time_machine.travel(wave.closes_on + timedelta(days=5)):
        assert analysis.evidence_of([theme_id]).said_on == wave.closes_on
