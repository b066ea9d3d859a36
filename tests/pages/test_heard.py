"""Who we have not heard: reach against the children who live here, what is missing, and somebody for each gap."""

from datetime import timedelta

import pytest

from engage.accounts.rules import Role
from engage.analysis.queries import overview
from engage.pqa.actions.heard import import_population
from engage.pqa.models import GapRow
from engage.pqa.queries.heard import heard_in
from engage.pqa.rules.heard import HEARD, NOT_HEARD, SELDOM, UNKNOWN
from engage.shared import db
from engage.shared.clock import today
from engage.shared.errors import NotValid
from tests.pages.test_snapshot import close, freeze, make_answers
from tests.people import make_person, sign_in
from tests.surveys import count, make_wave

PAGE = "/desk/results/youth/heard"
HEAD = "area,item,group,words,year,people,source\n"
NUMBERS = """\
Barnet,age,age_11_13,11 to 13,2024,900,an invented table
Barnet,age,age_14_15,14 to 15,2024,"9,000",an invented table
Barnet,age,age_16_18,16 to 18,2024,1000,an invented table
Barnet,age,,nobody,2024,10,an invented table
Barnet,age,age_9,9,2024,many,an invented table
"""


@pytest.fixture
def wave(visitor):
    """A wave that ended: thirty of 11 to 13, thirty of 14 to 15, nobody older."""
    wave = make_wave()
    make_answers(wave)
    close(wave)
    freeze()
    return wave


def load(folder, numbers=NUMBERS):
    file = folder / "numbers.csv"
    file.write_text(HEAD + numbers)
    report = import_population(file)
    db.session.commit()
    return report


def standing(results_of):
    return {one.group: one.standing for found in heard_in(results_of).values() for one in found if one.item == "age"}


def test_reach_is_held_against_how_many_live_here(visitor, wave, tmp_path):
    report = load(tmp_path)
    assert (report.taken, len(report.skipped)) == (3, 2)
    page = sign_in(visitor, make_person(Role.PQA)).get(PAGE).text
    assert "1 in 30" in page
    assert "1 in 300" in page
    assert "an invented table" in page
    assert "Missing: how many of each group live here" in page  # for gender nobody loaded a number


def test_a_group_seldom_heard_and_one_not_heard_are_gaps(visitor, wave, tmp_path):

    assert set(standing(overview("youth")).values()) == {UNKNOWN, NOT_HEARD}
    load(tmp_path)
    found = standing(overview("youth"))
    assert (found["age_11_13"], found["age_14_15"], found["age_16_18"]) == (HEARD, SELDOM, NOT_HEARD)


def test_without_numbers_the_page_says_what_is_missing(visitor, wave):
    page = sign_in(visitor, make_person(Role.SCRUTINEER)).get(PAGE).text
    assert "No published numbers of the borough’s children are loaded" in page
    assert "Name who looks after it" not in page


def test_somebody_is_named_for_a_gap_and_another_takes_over(visitor, wave, tmp_path):
    load(tmp_path)
    first, second = make_person(Role.VOICE), make_person(Role.AGENCY)
    reader = sign_in(visitor, make_person(Role.PQA))
    gap = f"{PAGE}/age/age_14_15"
    for owner in (first, second):
        typed = {"owner_id": owner.id, "plan": "Ask at two colleges", "by_when": today() + timedelta(days=30)}
        assert reader.fill_in(gap, **typed).status_code == 303
    page = reader.get(PAGE).text
    assert second.name in page
    assert "Ask at two colleges" in page
    assert count(GapRow) == 1


def test_a_plan_without_words_or_in_the_past_is_asked_for_again_and_kept(visitor, wave, tmp_path):
    load(tmp_path)
    reader = sign_in(visitor, make_person(Role.VOICE))
    owner = make_person(Role.VOICE)
    typed = {"owner_id": owner.id, "plan": "Go to the mosque", "by_when": today() - timedelta(days=1)}
    answer = reader.fill_in(f"{PAGE}/age/age_14_15", **typed)
    assert answer.status_code == 422
    assert "still to come" in answer.text
    assert "Go to the mosque" in answer.text
    assert reader.fill_in(f"{PAGE}/age/age_14_15", owner_id=999, plan="x", by_when=today()).status_code == 422


def test_a_group_that_was_heard_is_no_gap(visitor, wave, tmp_path):
    load(tmp_path)
    reader = sign_in(visitor, make_person(Role.VOICE))
    assert reader.get(f"{PAGE}/age/age_11_13").status_code == 404
    assert reader.get(f"{PAGE}/nothing/at_all").status_code == 404


def test_a_file_that_lacks_columns_is_refused(visitor, tmp_path):
    file = tmp_path / "numbers.csv"
    file.write_text("people\n3\n")
    with pytest.raises(NotValid, match="lacks these columns"):
        import_population(file)
