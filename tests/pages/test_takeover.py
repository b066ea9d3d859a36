"""Nobody becomes somebody else unseen: a copied cookie ends with the sign-out, an administrator's reset is told."""

from datetime import timedelta

import pytest

from engage.accounts.rules import Role
from engage.shared import db
from engage.shared.clock import today
from engage.shared.outbox import LetterRow
from tests.conftest import PASSWORD
from tests.people import make_person, sign_in


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


def test_a_new_safeguarding_lead_is_told_to_the_others(admin):
    lead, new = make_person(Role.SAFEGUARDING), make_person(Role.VOICE)
    page, last = f"/desk/people/{new.id}/", (today() + timedelta(days=9)).isoformat()
    admin.fill_in(page, f"{page}roles/", role="pqa", ends_on=last)
    assert told() == set()
    admin.fill_in(page, f"{page}roles/", role="safeguarding", ends_on=last)
    assert told() == {lead.email}
