"""A question cut by one or two others: counted once, protected beside all that was shown before, refused in words."""

import pytest

from engage.accounts.rules import Role
from engage.analysis.jobs import do_all
from engage.analysis.method.small_numbers import audit
from engage.analysis.models import CutRow
from engage.analysis.queries.cuts import cut, cuts_of
from engage.shared import db, wanted
from tests.answers import make_response
from tests.pages.test_snapshot import close, freeze, make_answers
from tests.people import make_person, sign_in
from tests.surveys import count, make_wave

PAGE = "/desk/results/youth/area_happy"


@pytest.fixture
def results(visitor):
    """A wave that ended with two hundred answers, frozen."""
    wave = make_wave()
    make_answers(wave, happy=110, unhappy=70)
    close(wave)
    freeze()
    return wave


def ask(visitor, *by, page=PAGE):
    answer = visitor.fill_in(page, to=f"{page}/cut", first=by[0], second=by[1] if len(by) > 1 else "")
    do_all()
    return answer


def test_a_cut_is_asked_for_counted_and_shown(visitor, results):
    reader = sign_in(visitor, make_person(Role.PQA))
    answer = reader.fill_in(PAGE, to=f"{PAGE}/cut", first="gender", second="age")
    assert answer.status_code == 303
    assert "The worker is counting it" in reader.get(answer.location).text
    do_all()
    page = reader.get(answer.location).text
    assert "Per cent of each group" in page
    made = cut("youth", "area_happy", ("age", "gender"))
    assert all(cell.shown is None or cell.shown % 5 == 0 for cell in made.table.cells)
    assert "cut?by=age&amp;by=gender" in reader.get(PAGE).text


def test_a_cut_is_made_once_and_stays(visitor, results):
    reader = sign_in(visitor, make_person(Role.VOICE))
    ask(reader, "gender", "age")
    first = cut("youth", "area_happy", ("age", "gender"))
    make_answers(results, happy=30, unhappy=0)
    ask(reader, "age", "gender")
    assert (cut("youth", "area_happy", ("age", "gender")), count(CutRow)) == (first, 1)


def test_nothing_hidden_can_be_worked_out_from_a_cut_and_what_was_shown_before(visitor, results):
    reader = sign_in(visitor, make_person(Role.VOICE))
    for by in (("age", "gender"), ("gender",), ("age",)):
        ask(reader, *by)
    line = freeze()[0]["area_happy"]
    found = audit([*line.tables, *(one.table for one in cuts_of("youth"))])
    assert (found.safe, found.pinned) == (True, 0)


def test_a_cut_that_leaves_only_stars_is_refused_in_a_sentence(visitor, database):
    wave = make_wave()
    make_answers(wave, happy=20, unhappy=12)
    make_response(wave, area_happy="happy", gender="girl", religion="none", lgbt="yes")
    close(wave)
    freeze()
    reader = sign_in(visitor, make_person(Role.PQA))
    answer = ask(reader, "religion", "lgbt")
    assert "every group is too small" in reader.get(answer.location).text
    assert cuts_of("youth") == []


def test_answers_deleted_since_are_told_and_no_cut_is_made_beside_them(visitor, results):
    make_answers(results, happy=200, unhappy=0)  # the same as deleting: what is counted now is not what was frozen
    reader = sign_in(visitor, make_person(Role.PQA))
    answer = ask(reader, "age")
    assert "deleted since these results were frozen" in reader.get(answer.location).text


@pytest.mark.parametrize("by", [(), ("area_best",), ("area_happy",), ("age", "gender", "lgbt"), ("=1",)])
def test_a_cut_by_what_divides_nobody_is_refused(visitor, results, by):
    reader = sign_in(visitor, make_person(Role.PQA))
    chosen = {"first": by[0] if by else "", "second": by[1] if len(by) > 1 else ""}
    answer = reader.fill_in(PAGE, to=f"{PAGE}/cut", **chosen)
    assert answer.status_code == (303 if len(by) > 1 else 422)
    assert len(by) > 1 or "Choose one or two things" in answer.text or "choose from the list" in answer.text


def test_a_scrutineer_reads_cuts_and_asks_for_none(visitor, results):
    ask(sign_in(visitor, make_person(Role.VOICE)), "age")
    reader = sign_in(visitor, make_person(Role.SCRUTINEER))
    assert "Cut it</button>" not in reader.get(PAGE).text
    assert reader.get(f"{PAGE}/cut?by=age").status_code == 200
    assert reader.get(f"{PAGE}/cut?by=gender").status_code == 404
    assert wanted.waiting() == []


def test_a_question_about_people_is_cut_the_same_way_round_whoever_asks(visitor, results):
    reader = sign_in(visitor, make_person(Role.VOICE))
    first = ask(reader, "age", page="/desk/results/youth/gender")
    assert first.location.endswith("/desk/results/youth/age/cut?by=gender")
    assert db.session.query(CutRow).one().item == "age"


def test_care_leavers_are_cut_by_age_only(visitor, database):
    wave = make_wave(minimum=10)
    make_answers(wave)
    close(wave)
    freeze()
    page = sign_in(visitor, make_person(Role.PQA)).get(PAGE).text
    assert 'value="age"' in page
    assert 'value="gender"' not in page
