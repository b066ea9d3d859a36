"""Whom we have not heard is read from frozen results and published numbers, and said on both scoreboards alike."""

import pytest

from engage.accounts.rules import Role
from engage.analysis.jobs import do_all
from engage.pqa.models import PopulationRow
from engage.pqa.queries.not_heard import not_heard
from engage.shared import db, wanted
from engage.shared.clock import today
from engage.youwesaid.queries.loop import scoreboard
from tests.answers import make_response
from tests.ended import make_ended
from tests.people import make_person, sign_in

AGES = {"age_11_13": 30, "age_14_15": 24, "age_16_18": 9}  # how many answered


def live_here(**people: int) -> None:
    db.session.add_all(
        PopulationRow(area="Here", item="age", group=group, words=group, year="2026", people=number, source="A report")
        for group, number in people.items()
    )
    db.session.commit()


@pytest.fixture
def wave(database):
    wave = make_ended("youth")
    for age, number in AGES.items():
        for _ in range(number):
            make_response(wave, age=age)
    wanted.want("snapshot", "wave:youth")
    db.session.commit()
    do_all()
    return wave


def test_without_results_or_published_numbers_it_is_not_known_yet(database):
    assert not_heard() is None
    live_here(age_11_13=1000)
    assert not_heard() is None


def test_a_group_heard_half_as_often_is_named_on_both_pages(visitor, wave):
    assert scoreboard(on=today()).not_heard is None
    live_here(age_11_13=1000, age_14_15=1000, age_16_18=1000)
    found = scoreboard(on=today()).not_heard
    assert (found.wave, len(found.groups), found.of) == ("Youth survey youth", 1, 3)
    assert "1 of 3" in visitor.get("/you-said-we-did/scoreboard").text
    assert found.groups[0] in visitor.get("/you-said-we-did/scoreboard").text
    sign_in(visitor, make_person(Role.PQA))
    assert found.groups[0] in visitor.get("/desk/scoreboard").text


def test_where_every_group_was_heard_the_page_says_so(visitor, wave):
    live_here(age_11_13=1000, age_14_15=1000, age_16_18=400)
    assert scoreboard(on=today()).not_heard.groups == ()
    assert "we heard every group that we know the size of" in visitor.get("/you-said-we-did/scoreboard").text
