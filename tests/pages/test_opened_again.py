"""Somebody whose account was closed comes back: their account is opened again, with nothing of before but the audit."""

from datetime import timedelta

import pytest
from sqlalchemy import select, text

from engage.accounts import actions, queries
from engage.accounts.models import AuditRow, PersonRow
from engage.accounts.rules import Role
from engage.shared import db
from engage.shared.clock import now, today
from tests.conftest import PASSWORD
from tests.people import make_agency, make_person, sign_in, type_password

LAST = (today() + timedelta(days=90)).isoformat()


@pytest.fixture
def admin(visitor):
    return sign_in(visitor, make_person(Role.ADMIN))


def add(admin, email, **typed):
    words = {"name": "Kim Again", "email": email, "agency": "0", "role": "pqa", "ends_on": LAST, "way": "letter"}
    return admin.fill_in("/desk/people/new/", **words | typed)


@pytest.fixture
def left(database):
    """Somebody who had every way in, as accounts that were closed long ago still hold them."""
    person = make_person(Role.VOICE, password=PASSWORD, name="Kim Before")
    actions.note("did something invented", f"person {person.id}")
    actions.close_account(person.id, today=today())
    row = db.session.get_one(PersonRow, person.id)
    row.tf_primary_method, row.tf_totp_secret, row.last_step = "authenticator", "a secret", 7
    row.mf_recovery_codes, row.password_until, row.choose_password = ["a code"], now().replace(tzinfo=None), True
    db.session.commit()
    return person


def said_of(person):
    db.session.rollback()
    rows = db.session.scalars(select(AuditRow).where(AuditRow.about.like(f"person {person.id}%")).order_by(AuditRow.id))
    return [row.did for row in rows]


def test_who_left_is_added_again_on_their_own_account(admin, left):
    agency = make_agency()
    before = said_of(left)
    answer = add(admin, left.email, agency=str(agency))
    assert (answer.status_code, answer.location) == (303, f"/desk/people/{left.id}/")
    assert "Kim Again" in admin.get("/desk/people/").text
    again = queries.person_by_id(left.id)
    assert (again.name, again.email, again.home_id, again.roles) == ("Kim Again", left.email, agency, {Role.PQA})
    assert said_of(left) == [*before, "opened an account again", "gave role", "invited"]


def test_no_way_in_of_before_counts(app, admin, left):
    assert add(admin, left.email).status_code == 303
    db.session.rollback()
    row = db.session.get_one(PersonRow, left.id)
    ways = [row.password, row.password_until, row.tf_primary_method, row.tf_totp_secret, row.last_step]
    assert [*ways, *row.mf_recovery_codes] == [None] * len(ways)
    assert not row.choose_password
    assert type_password(app.test_client(), left.email).status_code == 422


def test_with_a_first_password_they_sign_in_and_choose_their_own(app, admin, left):
    page = admin.get(add(admin, left.email, way="password").location).text
    words = page.split("first password is ")[1].split(",")[0]
    assert type_password(app.test_client(), left.email, words).status_code == 302


def test_an_account_that_is_closed_keeps_no_second_step(database):
    person = make_person(Role.VOICE, password=PASSWORD)
    db.session.get_one(PersonRow, person.id).tf_totp_secret = "a secret"
    actions.close_account(person.id, today=today())
    db.session.commit()
    kept = text("SELECT tf_totp_secret FROM person WHERE id = :id")
    assert db.session.execute(kept, {"id": person.id}).scalar() is None


def test_control_somebody_who_is_here_is_not_added_twice(admin):
    here = make_person(Role.VOICE, name="Kim Here")
    answer = add(admin, here.email)
    assert answer.status_code == 422
    assert "Somebody with this e-mail address is here already" in answer.text
    assert queries.person_by_id(here.id).name == "Kim Here"
