"""What can happen to a survey while somebody answers it: it closes, its version is retired, the clocks change."""

from datetime import date, timedelta

import pytest
import time_machine
from sqlalchemy import select

from engage.accounts.rules import Role
from engage.safeguarding.actions import review_help_lines
from engage.shared import db
from engage.shared.clock import today
from engage.surveys.actions import waves
from engage.surveys.models import ResponseRow, VersionRow, WaveRow
from engage.surveys.queries.versions import versions
from tests.people import make_person, sign_in
from tests.surveys import ANSWERS, count, make_wave, save, token

CLOCKS_GO_BACK, CLOCKS_GO_FORWARD = date(2026, 10, 25), date(2027, 3, 28)


@pytest.fixture
def wave(database):
    return make_wave()


def close(wave):
    waves.close_wave(wave.id, roles=["voice"])
    db.session.commit()


def test_a_wave_that_closes_half_way_says_so_keeps_what_was_typed_and_takes_nothing(visitor, wave):
    page = visitor.get("/s/youth").text
    close(wave)
    answer = visitor.post("/s/youth", data={**ANSWERS, "csrf_token": token(page)})
    assert answer.status_code == 409
    assert "The park by the river" in answer.text, "it can still be copied"
    assert "closed" in answer.text
    assert (count(ResponseRow), answer.text.count("<h1")) == (0, 1)


def test_a_save_in_the_background_after_the_end_is_refused_and_changes_nothing(visitor, wave):
    page = visitor.get("/s/youth").text
    close(wave)
    answer = save(visitor, page, area_best="The park")
    assert answer.status_code == 409
    assert count(ResponseRow) == 0


def test_a_version_cannot_be_retired_under_somebody_who_answers_it(app, visitor, wave):
    page = visitor.get("/s/youth").text
    staff = sign_in(app.test_client(), make_person(Role.VOICE))
    number = next(one.id for one in versions())
    refused = staff.fill_in("/desk/surveys/versions/", f"/desk/surveys/versions/{number}/retire")
    assert refused.status_code == 409
    assert visitor.post("/s/youth", data={**ANSWERS, "csrf_token": token(page)}).status_code == 303
    assert count(ResponseRow) == 1


def test_whoever_has_a_retired_version_on_the_phone_still_sends(visitor, wave):
    """Past the check, as a restored backup may have it: what was begun is taken whole."""
    page = visitor.get("/s/youth").text
    db.session.scalars(select(VersionRow)).one().retired_on = today()
    db.session.commit()
    assert visitor.post("/s/youth", data={**ANSWERS, "csrf_token": token(page)}).status_code == 303
    assert count(ResponseRow) == 1


@pytest.mark.parametrize(
    ("last", "before", "after"),
    [
        (CLOCKS_GO_BACK, "2026-10-25T23:59:00+00:00", "2026-10-26T00:01:00+00:00"),
        (CLOCKS_GO_FORWARD, "2027-03-28T22:59:00+00:00", "2027-03-28T23:01:00+00:00"),
    ],
)
def test_the_last_day_ends_at_midnight_in_london_also_where_the_clocks_change_on_it(app, database, last, before, after):
    with time_machine.travel(f"{last - timedelta(days=3)}T12:00:00+00:00"):
        review_help_lines(today(), by=make_person(Role.SAFEGUARDING))
        made = make_wave(closes_on=last, panel_on=last + timedelta(days=9))
    with time_machine.travel(before):
        waves.close_ended_waves(today())
        assert sends(app) == 303
    with time_machine.travel(after):
        waves.close_ended_waves(today())
        db.session.expire_all()
        assert db.session.get_one(WaveRow, made.id).state == "closed"
        assert sends(app) == 409
    assert count(ResponseRow) == 1


def sends(app):
    visitor = app.test_client()
    page = visitor.get("/s/youth")
    if page.status_code != 200 or "csrf_token" not in page.text:
        return 409
    return visitor.post("/s/youth", data={**ANSWERS, "csrf_token": token(page.text)}).status_code
