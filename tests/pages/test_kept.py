"""What the information officer reads of what is kept, and of what the last night forgot."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from engage.accounts.rules import Role
from engage.shared import db, keeping
from engage.shared.clock import now, today
from engage.surveys.models import SittingRow
from engage.worker import clock
from tests.people import make_person, sign_in
from tests.surveys import make_wave

ADDRESS = "/desk/claims/kept/"


@pytest.fixture
def officer(visitor, database):
    return sign_in(visitor, make_person(Role.INFORMATION))


def test_the_officer_reads_how_long_each_thing_is_kept(officer):
    page = officer.get(ADDRESS).text
    assert "redacted answers: 3 years" in page
    assert f"drafts: {keeping.DRAFTS.days} days" in page
    assert "No night has forgotten anything yet" in page
    assert ADDRESS in officer.get("/desk/claims/").text


def test_the_officer_reads_what_the_last_night_forgot(officer):
    draft = {"wave_id": make_wave().id, "answers": "{}", "saved_on": today() - keeping.DRAFTS - timedelta(days=1)}
    db.session.add(SittingRow(key=bytes(32), **draft))
    db.session.commit()
    clock.every_night(now(), today())
    db.session.commit()
    assert "and forgot: 1 drafts." in " ".join(officer.get(ADDRESS).text.split())
    assert db.session.scalars(select(SittingRow)).all() == []
