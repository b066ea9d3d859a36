"""A request to be contacted is put away by somebody who read it and may read it, and a wrong press is taken back."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from engage.accounts.models import AuditRow
from engage.accounts.rules import Role
from engage.safeguarding import actions, queries
from engage.safeguarding.models import ContactRequestRow
from engage.shared import db
from engage.shared.clock import now
from tests.people import make_agency, make_person, sign_in

WORDS = "Sami (invented), ring me after 4 pm"
ANY_FORM = "/desk/alerts/rota/"  # a page with a good token


@pytest.fixture
def page(database):
    actions.ask_for_contact(WORDS, receipt_hash=None, at=now())
    db.session.commit()
    return f"/desk/alerts/contacts/{only().id}/"


@pytest.fixture
def lead(visitor, page):
    return sign_in(visitor, make_person(Role.SAFEGUARDING))


def only() -> ContactRequestRow:
    db.session.rollback()
    db.session.expire_all()
    return db.session.scalars(select(ContactRequestRow)).one()


def noted() -> list[str]:
    asked = select(AuditRow.did).where(AuditRow.about.startswith("contact request"))
    return list(db.session.scalars(asked.order_by(AuditRow.id)))


def open_and_finish(lead, page):
    lead.fill_in(page, page + "open", reason="answer")
    assert lead.fill_in(page, page + "done").status_code == 303
    assert only().done_at is not None


def test_nobody_puts_a_request_away_unread(lead, page):
    unread = lead.fill_in(ANY_FORM, page + "done")
    assert unread.status_code == 409
    assert "unread" in unread.text
    assert only().done_at is None
    open_and_finish(lead, page)
    assert noted() == ["opened", "was in touch"]


def test_a_lead_takes_a_wrong_press_back_and_the_request_waits_again(lead, page):
    open_and_finish(lead, page)
    assert "Somebody was in touch" not in lead.get(page).text
    back = lead.fill_in(page, page + "again")
    assert "waits again" in lead.get(back.location).text
    assert (only().done_at, only().done_by, only().words) == (None, None, WORDS)
    assert len(queries.contact_requests(done=False)) == 1
    lead.fill_in(ANY_FORM, page + "again")  # pressed twice
    assert noted() == ["opened", "was in touch", "was not in touch yet"]
    assert actions.forget_contact_requests(now() + timedelta(seconds=1)) == 0


def test_nobody_takes_it_back_unread_or_on_the_rota_or_once_the_words_are_gone(app, lead, page):
    open_and_finish(lead, page)
    other = sign_in(app.test_client(), make_person(Role.SAFEGUARDING))
    assert other.fill_in(ANY_FORM, page + "again").status_code == 409
    voice = make_person(Role.VOICE)
    actions.add_reader(voice.id, first=now().date(), last=now().date() + timedelta(days=6), deputy=False)
    db.session.commit()
    reader = sign_in(app.test_client(), voice)
    reader.fill_in(page, page + "open")
    assert "Nobody was in touch yet" not in reader.get(page).text
    assert reader.fill_in(page, page + "again").status_code == 403
    assert actions.forget_contact_requests(now() + timedelta(seconds=1)) == 1
    db.session.commit()
    assert lead.fill_in(ANY_FORM, page + "again").status_code == 409
    assert only().done_at is not None


@pytest.mark.parametrize("hidden", [True, False])  # False: the control, where nothing keeps them from it
def test_a_lead_of_the_agency_a_request_is_about_never_puts_it_away(lead, page, app, hidden):
    agency = make_agency("Council (invented)")
    theirs = sign_in(app.test_client(), make_person(Role.SAFEGUARDING, agency_id=agency))
    theirs.fill_in(page, page + "open", reason="lead")
    if hidden:
        actions.say_whom_request_is_about(only().id, agency, by=make_person(Role.SAFEGUARDING))
        db.session.commit()
    assert theirs.fill_in(ANY_FORM, page + "done").status_code == (404 if hidden else 303)
    assert (only().done_at is None) is hidden
    assert theirs.fill_in(ANY_FORM, page + "again").status_code == (404 if hidden else 303)
