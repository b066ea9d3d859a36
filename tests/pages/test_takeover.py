"""Nobody becomes somebody else unseen: a copied cookie ends with the sign-out, an administrator's reset is told."""

import re
from datetime import timedelta

import pytest

from engage.accounts.models import AuditRow, PersonRow
from engage.accounts.rules import ROLE_NAMES, TOLD_OF, Role
from engage.shared import db
from engage.shared.clock import today
from engage.shared.outbox import LetterRow
from tests.conftest import PASSWORD
from tests.people import make_agency, make_person, sign_in, type_password


def told() -> set[str]:
    db.session.rollback()
    return {row.to for row in db.session.query(LetterRow)}


def body() -> str:
    return db.session.query(LetterRow).first().body


@pytest.fixture
def admin(visitor):
    return sign_in(visitor, make_person(Role.ADMIN, name="Ada Admin"))


def test_a_cookie_copied_before_signing_out_opens_nothing_after(app, visitor):
    sign_in(visitor, make_person(Role.SAFEGUARDING))
    copied = visitor.get_cookie("engage").value
    other = app.test_client()
    other.set_cookie("engage", copied)
    assert other.get("/desk/alerts/").status_code == 200
    visitor.fill_in("/desk/", "/sign-out")
    assert other.get("/desk/alerts/").status_code == 303


def test_a_new_first_password_is_told_to_its_person_and_to_every_lead(admin):
    lead, other = make_person(Role.SAFEGUARDING, password=PASSWORD, name="Lea"), make_person(Role.SAFEGUARDING)
    make_person(Role.VOICE)
    page = f"/desk/people/{lead.id}/"
    assert admin.fill_in(page, f"{page}password/").status_code == 303
    assert told() == {lead.email, other.email}
    assert "Ada Admin gave Lea a new first password" in body()
    assert "-" not in body()  # never the password itself


def test_the_first_password_of_all_is_no_news(admin):
    make_person(Role.SAFEGUARDING)
    page = f"/desk/people/{make_person(Role.VOICE).id}/"
    admin.fill_in(page, f"{page}password/")
    assert told() == set()


LAST = (today() + timedelta(days=9)).isoformat()


@pytest.mark.parametrize("role", list(Role))
def test_a_role_that_opens_what_was_said_is_told_to_the_leads_and_no_other(admin, role):
    lead, new = make_person(Role.SAFEGUARDING), make_person(None, agency_id=make_agency(), name="Nia New")
    page = f"/desk/people/{new.id}/"
    assert admin.fill_in(page, f"{page}roles/", role=role, ends_on=LAST, agency="0").status_code == 303
    assert told() == ({lead.email} if role in TOLD_OF else set())
    if role in TOLD_OF:
        assert f"Ada Admin gave Nia New the role “{ROLE_NAMES[role]}” until {LAST}" in body()


def test_somebody_whom_an_administrator_makes_up_as_a_reader_is_told_and_seen_in_the_audit(app, admin):
    lead = make_person(Role.SAFEGUARDING)
    page = admin.get("/desk/people/new/").text
    assert "The safeguarding leads get a letter" in page
    typed = {"name": "Temp Reader", "email": "temp@example.org", "role": "voice", "agency": "0", "way": "password"}
    assert admin.fill_in("/desk/people/new/", **typed, ends_on=LAST).status_code == 303
    assert told() == {lead.email}
    made_up = db.session.query(PersonRow).filter_by(email="temp@example.org").one()
    words = admin.get(f"/desk/people/{made_up.id}/").text
    assert "The safeguarding leads get a letter" in words
    words = re.search(r"first password is ([0-9a-f-]{19})", words)[1]
    assert type_password(app.test_client(), "temp@example.org", words).status_code == 302
    lines = db.session.query(AuditRow).filter_by(person_id=made_up.id)
    assert [line.did for line in lines] == ["signed in"]


def test_a_lead_who_is_made_none_is_told_and_the_others_are(admin):
    lead, other = make_person(Role.SAFEGUARDING, name="Lea"), make_person(Role.SAFEGUARDING)
    page = f"/desk/people/{lead.id}/"
    assert admin.fill_in(page, f"{page}close/").status_code == 303
    assert told() == {lead.email, other.email}
    assert "Ada Admin ended the role of Lea as safeguarding lead" in body()


def test_another_role_that_ends_is_no_news(admin):
    make_person(Role.SAFEGUARDING)
    page = f"/desk/people/{make_person(Role.VOICE).id}/"
    assert admin.fill_in(page, f"{page}close/").status_code == 303
    assert told() == set()
