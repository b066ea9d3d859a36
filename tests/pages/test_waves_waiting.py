"""Today tells the voice team which wave needs it: before it opens, while it is open, and until its answer is out."""

from datetime import date, timedelta

import pytest

from engage.accounts.rules import Role
from engage.safeguarding.actions.duty import remove_reader
from engage.safeguarding.queries.duty import duty_readers
from engage.safeguarding.rules.duty import working_days
from engage.shared.clock import today
from engage.surveys.actions import waves
from engage.surveys.queries.waiting import waiting
from tests.people import make_person, sign_in
from tests.surveys import fill_rota, make_wave

VOICE = Role.VOICE


@pytest.fixture
def voice(database):
    return make_person(VOICE)


def lines(person, day: date | None = None):
    return {line.words: line for line in waiting(person, day or today())}


def test_a_wave_in_the_middle_of_its_days_waits_for_nobody(voice):
    make_wave()
    assert lines(voice) == {}


def test_a_wave_that_closes_within_a_week_says_in_how_many_days(voice):
    wave = make_wave()
    assert lines(voice, wave.closes_on - timedelta(days=8)) == {}
    found = lines(voice, wave.closes_on - timedelta(days=7))
    assert list(found) == ["Youth survey closes in 7 days: look who has not been heard yet"]
    assert found.popitem()[1].address == "/desk/surveys/youth"
    assert "closes tomorrow" in next(iter(lines(voice, wave.closes_on - timedelta(days=1))))


def test_a_promised_day_is_told_two_weeks_before_and_is_late_the_day_after_it(voice):
    wave = make_wave()
    waves.close_wave(wave.id, roles=[VOICE])
    assert lines(voice, wave.promised_on - timedelta(days=15)) == {}
    near = lines(voice, wave.promised_on)
    assert [(words, line.late) for words, line in near.items()] == [
        ("Youth survey: an answer is promised today", False)
    ]
    late = lines(voice, wave.promised_on + timedelta(days=3))["Youth survey: the answer promised 3 days ago is not out"]
    assert (late.late, late.since) == (True, wave.promised_on)
    waves.report_wave(wave.id, roles=[VOICE])
    assert lines(voice, wave.promised_on + timedelta(days=3)) == {}


def test_a_working_day_of_an_open_wave_without_a_reader_waits_and_a_filled_one_does_not(voice):
    wave = make_wave()
    on = working_days(wave.opens_on, wave.closes_on)[2]
    [reader] = duty_readers(on)
    remove_reader(on, reader.person_id, today=today())
    [found] = waiting(voice, today())
    assert (found.words, found.count, found.late) == ("Name a reader for each day that Youth survey is open", 1, False)
    assert found.address == "/desk/alerts/rota/"
    [found] = waiting(voice, on)
    assert (found.since, found.late) == (on, True)
    fill_rota(on, on)
    assert waiting(voice, on) == []


def test_a_wave_about_to_open_names_what_is_missing(voice):
    day = today()
    make_wave(opened=False, opens_on=day + timedelta(days=8), translations={})
    assert lines(voice) == {}
    [found] = lines(voice, day + timedelta(days=1))
    assert found.startswith("Youth survey opens in 7 days. The texts of this wave are not yet there")
    [late] = waiting(voice, day + timedelta(days=10))
    assert late.words.startswith("Youth survey was to open 2 days ago. ")
    assert (late.since, late.late) == (day + timedelta(days=8), True)


def test_a_wave_with_everything_there_waits_on_its_first_day_and_not_before(voice):
    day = today()
    wave = make_wave(opened=False, opens_on=day + timedelta(days=3))
    fill_rota(wave.opens_on, wave.closes_on)
    assert lines(voice) == {}
    assert list(lines(voice, wave.opens_on)) == ["Open Youth survey: everything is there"]
    waves.open_wave(wave.id, today=wave.opens_on, roles=[VOICE])
    assert lines(voice, wave.opens_on) == {}


def test_it_stands_on_today_of_the_voice_team_only(visitor):
    make_wave(opened=False, translations={})
    sign_in(visitor, make_person(VOICE))
    assert 'href="/desk/surveys/youth"' in visitor.get("/desk/").text
    sign_in(visitor, make_person(Role.PQA))
    assert "/desk/surveys/youth" not in visitor.get("/desk/").text


def test_many_waves_cost_few_statements(voice, statements):
    for n in range(3):
        make_wave(f"youth-{n}", opened=False, opens_on=today() + timedelta(days=15))
    make_wave()
    waiting(voice, today())
    statements.clear()
    waiting(voice, today())
    assert len(statements) == 2  # every wave, and the rota of the one that is open
