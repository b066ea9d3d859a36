"""What the panel reads of a wave: each question's answers, the missing apart, over time and beside others."""

import re
from datetime import timedelta

import pytest

from engage.accounts.rules import Role
from engage.pqa.models import FigureRow
from engage.pqa.rules.meaning import differs_most, in_order, moved, said_most
from engage.shared import db
from engage.shared.clock import today
from engage.surveys.models import WaveRow
from tests.answers import make_response
from tests.pages.test_snapshot import close, freeze, make_answers
from tests.people import make_person, sign_in
from tests.surveys import make_wave

HOME = "/desk/results/youth"


def end(wave, days_ago):
    close(wave)
    row = db.session.get_one(WaveRow, wave.id)
    row.opens_on, row.closes_on = today() - timedelta(days=days_ago + 20), today() - timedelta(days=days_ago)
    db.session.commit()


@pytest.fixture
def series(visitor):
    """Two earlier waves, one never frozen by itself, what others published before, and the wave of today."""
    figure = {"area": "Barnet", "population": "young people", "source": "somebody's report", "ages": "11-18"}
    for year, n in (("2020", None), ("2021/22", 500)):
        row = FigureRow(measure="happy", item="area_happy", year=year, mode="face to face", n=n, share=0.9, **figure)
        db.session.add(row)
    for code, happy, days in (("first", 30, 400), ("second", 20, 200)):
        wave = make_wave(code)
        make_answers(wave, happy=happy, unhappy=60 - happy)
        end(wave, days)
    wave = make_wave()
    make_answers(wave, happy=50, unhappy=10)
    close(wave)
    return freeze()


def test_a_trend_goes_over_all_earlier_waves_and_what_was_published_before(series):
    line = series[0]["area_happy"]
    assert [row.key for row in line.trend.rows] == ["Barnet 2021/22", "first", "second", "youth"]
    assert [mark.role for mark in line.trend.marks].count("join") == 2  # never from another's way of asking to ours
    assert [row.figures[2].value for row in line.trend.rows] == [90, 50, 33, 83]
    assert line.waves.keys() == {"Barnet 2021/22", "first", "second", "youth"}
    assert series[0]["safe_home"].trend is not None
    assert series[0]["ways_to_say"].trend is None  # no answer of it is positive


def test_a_question_shows_provenance_warns_of_another_way_of_asking_and_keeps_the_missing_apart(visitor, series):
    page = sign_in(visitor, make_person(Role.SCRUTINEER)).get(f"{HOME}/area_happy").text
    for words in ("Over time, and beside others", "somebody&#39;s report", "Read with care", "n 500", "not published"):
        assert words in page
    assert "Up from 33%" in " ".join(page.split())
    assert "said “Very happy” or “Happy”" in " ".join(page.split())
    home = visitor.get(f"{HOME}/safe_home").text
    for words in ("I don&#39;t know", "Rather not say", "Left out", "Not asked", "figures are hidden (*)"):
        assert words in home


def test_answers_that_are_level_are_said_to_be(series):
    line = series[0]["ways_to_say"]
    places = in_order(line.ranks, line.labels)
    assert [place for place, *_ in places] == [1, 2, 3, 3, 3, 3]
    assert [bool(level) for *_, level in places] == [False, False, True, True, True, True]  # nobody chose the last four
    area = series[0]["area_happy"]
    assert said_most(area.table, area.labels) == "Most said “Very happy”: 83%."
    assert differs_most(area.breaks[0], area.labels).startswith("No answer lies clearly apart")


def test_no_earlier_wave_is_said():
    assert moved(None) == "No earlier wave asked the same."


def test_seven_responses_are_shown_as_hidden_and_said(visitor, database):
    wave = make_wave()
    for _ in range(7):
        make_response(wave, area_happy="happy", age="age_11_13")
    close(wave)
    freeze()
    reader = sign_in(visitor, make_person(Role.PQA))
    page = reader.get(HOME).text
    assert "every figure here is" in page
    head = page.split("<main")[1].split("every figure")[0]
    assert "* responses" in head
    assert not re.search(r"\b7\b|seven", head.replace(f"{today().day} {today():%B}", ""))
    assert "Too few answered this" in reader.get(f"{HOME}/area_happy").text
    assert reader.get(f"{HOME}/files/results.csv").text.count(",10,") == 0


def test_a_question_nobody_asked_is_not_found(visitor, database):
    close(make_wave())
    freeze()
    reader = sign_in(visitor, make_person(Role.PQA))
    for address in (f"{HOME}/nothing", f"{HOME}/themes", "/desk/results/nowhere/area_happy"):
        assert reader.get(address).status_code == 404
