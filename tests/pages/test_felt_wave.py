"""The next wave may ask the same: its frozen results count, and only as they may be said."""

import pytest
import time_machine
from sqlalchemy import select

from engage.accounts.rules import Role
from engage.analysis.jobs import do_all
from engage.analysis.method.small_numbers import protect
from engage.analysis.models import SnapshotRow
from engage.shared import db, wanted
from engage.youwesaid.actions import felt_check
from engage.youwesaid.models import ConcernRow, FeltCheckRow
from engage.youwesaid.queries import felt_counts
from engage.youwesaid.rules.felt_check import NOBODY, SAID, Counts
from tests.answers import make_response
from tests.ended import make_ended
from tests.felt import TODAY, make_check
from tests.people import make_person, sign_in

ASKED = "felt-lights felt_noticed"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(f"{TODAY}T10:00:00+00:00", tick=False):
        yield


@pytest.fixture
def check_id(database) -> int:
    wave = make_ended("felt-lights", template="felt")
    for number in range(46):
        make_response(wave, felt_noticed="better" if number < 31 else "no_change" if number < 43 else "dont_know")
    wanted.want("snapshot", "wave:felt-lights")
    db.session.commit()
    do_all()
    return make_check(make_person(Role.VOICE))


def test_a_question_of_a_wave_counts_by_its_frozen_results(visitor, check_id):
    page = f"/desk/felt/{check_id}"
    sign_in(visitor, make_person(Role.VOICE))
    assert "Do you notice that it is better?" in visitor.get(page).text
    assert visitor.fill_in(page, f"{page}/wave", question=ASKED).status_code == 303
    assert "Counts: Youth survey felt-lights" in visitor.get(page).text
    sign_in(visitor, make_person(Role.PQA))
    assert visitor.fill_in(page, f"{page}/report").status_code == 303
    row = db.session.scalars(select(FeltCheckRow)).one()
    assert (row.better, row.base) == (30, 40)  # 31 and 12, as the results say them
    assert db.session.scalars(select(ConcernRow.state)).one() == "felt"


@pytest.mark.parametrize("question", ["youth area_happy", "felt-lights", "", "x" * 500])
def test_a_question_that_does_not_ask_the_same_is_refused(visitor, check_id, question):
    page = f"/desk/felt/{check_id}"
    sign_in(visitor, make_person(Role.VOICE))
    assert visitor.fill_in(page, f"{page}/wave", question=question).status_code == 422
    assert db.session.scalars(select(FeltCheckRow.wave_code)).one() == ""


def test_a_wave_can_be_let_go_again(visitor, check_id):
    page = f"/desk/felt/{check_id}"
    sign_in(visitor, make_person(Role.VOICE))
    visitor.fill_in(page, f"{page}/wave", question=ASKED)
    visitor.fill_in(page, f"{page}/wave", question="-")
    assert "No question of a survey counts yet" in visitor.get(page).text
    assert "Fewer than 20" in visitor.get(page).text


@pytest.mark.parametrize(
    ("said", "counts"),
    [
        ((30, 12, 8), Counts(30, 10, 10)),
        ((30, 12, 1), Counts(30, 10, 5)),  # the hidden one is what is left, not nobody
        ((13, 13, 1), NOBODY),  # "better" is hidden to protect the one: nothing counts
        ((3, 2, 1), NOBODY),
        ((30, 0, 0), Counts(30)),
    ],
)
def test_a_hidden_count_is_never_left_out_so_that_the_others_decide(said, counts):
    assert felt_counts._counted(protect(dict(zip(SAID, said, strict=True)))) == counts


def test_results_that_somebody_changed_count_for_nobody(check_id):
    felt_check.use_wave(check_id, wave_code="felt-lights", item="felt_noticed")
    db.session.scalars(select(SnapshotRow)).one().sha256 = "0" * 64
    db.session.commit()
    felt_check.report_due(TODAY.replace(year=2027))
    assert db.session.scalars(select(FeltCheckRow.verdict)).one() == "too few"
