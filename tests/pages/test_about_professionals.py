"""A concern about a professional is hidden from their agency; a setting hears that there is one, not the words."""

from datetime import UTC, datetime

import pytest
import time_machine
from sqlalchemy import delete, select

from engage.accounts.models import GrantRow
from engage.accounts.rules import Role
from engage.safeguarding import actions, queries
from engage.safeguarding.models import AlertRow
from engage.safeguarding.rules.alerts import NewAlert
from engage.shared import db
from engage.shared.outbox import LetterRow
from tests.people import make_agency, make_person, sign_in

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
WORDS = "my worker texts me at night"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def here(app, database):
    council = make_agency("Council (invented)")
    theirs = make_person(Role.SAFEGUARDING, agency_id=council, name="Cole")
    other = make_person(Role.SAFEGUARDING, name="Oda")
    actions.raise_alert(NewAlert(WORDS, "Survey: anything new?", "x", "hurt", 0.9, None), at=NOW)
    db.session.commit()
    alert_id = db.session.scalars(select(AlertRow.id)).one()
    return {
        "council": council,
        "alert": f"/desk/alerts/{alert_id}/",
        "id": alert_id,
        "theirs": theirs,
        "other": other,
        "cole": sign_in(app.test_client(), theirs),
        "oda": sign_in(app.test_client(), other),
    }


def press(here, who, verb, **typed):
    return here[who].fill_in("/desk/alerts/rota/", here["alert"] + verb, **typed)


def take_on(here, who) -> None:
    press(here, who, "open", reason="lead")
    press(here, who, "acknowledge")


def row() -> AlertRow:
    db.session.rollback()
    db.session.expire_all()
    return db.session.scalars(select(AlertRow)).one()


def test_it_closes_as_about_a_professional_only_when_it_is_said_who_employs_them(here):
    take_on(here, "oda")
    closing = {"outcome": "professional", "notes": "Called the LADO."}
    refused = press(here, "oda", "close", **closing)
    assert refused.status_code == 422
    assert "who they work for" in refused.text
    press(here, "oda", "about", agency="0")
    assert press(here, "oda", "close", **closing).status_code == 303


def test_nobody_of_the_agency_opens_moves_or_counts_it_any_more(here):
    take_on(here, "cole")
    assert WORDS in here["cole"].get(here["alert"]).text
    gone = press(here, "cole", "about", agency=here["council"])
    assert gone.location == "/desk/alerts/"
    assert here["cole"].get(here["alert"]).status_code == 404
    for verb in ("open", "acknowledge", "close", "agree", "reopen", "messages", "about", "reference", "told"):
        assert press(here, "cole", verb, reason="lead", outcome="referred", notes="x").status_code in {404, 422}, verb
    assert "Open alert" not in here["cole"].get("/desk/alerts/").text
    assert [line.words for line in queries.waiting(here["theirs"], NOW.date()) if line.safety] == []
    db.session.rollback()
    assert row().state == "acknowledged"


def test_the_other_leads_still_see_it_and_are_told(here):
    take_on(here, "cole")
    press(here, "cole", "about", agency=here["council"])
    db.session.rollback()
    assert set(db.session.scalars(select(LetterRow.to))) == {here["other"].email}
    press(here, "oda", "open", reason="lead")
    page = here["oda"].get(here["alert"]).text
    assert WORDS in page
    assert "hidden from that agency" in page
    press(here, "oda", "close", outcome="professional", notes="Called the LADO.")
    assert "Open alert" in here["oda"].get("/desk/alerts/closed/").text
    assert "Open alert" not in here["cole"].get("/desk/alerts/closed/").text


def test_it_is_never_hidden_from_everybody(here):
    db.session.execute(delete(GrantRow).where(GrantRow.person_id == here["other"].id))
    db.session.commit()
    take_on(here, "cole")
    refused = press(here, "cole", "about", agency=here["council"])
    assert refused.status_code == 409
    assert "call the LADO now" in refused.text
    assert row().about_agency_id is None


def test_a_setting_hears_that_there_is_a_concern_and_not_the_words(here):
    take_on(here, "oda")
    told = {"setting": "Northway School (invented)", "address": "lead@school.example.org", "phone": "020 0000 0000"}
    assert press(here, "oda", "told", **told).status_code == 303
    db.session.rollback()
    [letter] = db.session.scalars(select(LetterRow)).all()
    assert letter.to == "lead@school.example.org"
    assert "Please call Oda on 020 0000 0000" in letter.body
    assert "worker" not in letter.body + letter.subject
    assert "was asked by letter to call Oda" in row().notes


@pytest.mark.parametrize("typed", [{}, {"setting": "x", "address": "nobody", "phone": "1"}])
def test_a_letter_to_nobody_is_sent_back_with_what_was_typed(here, typed):
    take_on(here, "oda")
    refused = press(here, "oda", "told", **typed)
    assert refused.status_code == 422
    assert all(f'value="{words}"' in refused.text for words in typed.values())
    db.session.rollback()
    assert db.session.scalars(select(LetterRow)).all() == []


def test_a_reference_longer_than_its_box_is_kept_in_the_form_with_a_sentence(here):
    take_on(here, "oda")
    assert 'maxlength="60"' not in here["oda"].get(here["alert"] + "others").text
    typed = "MASH-2026-77, " + "and what they said on the phone " * 2
    refused = press(here, "oda", "reference", reference=typed)
    assert refused.status_code == 422
    assert "Make it shorter: only the reference" in refused.text
    assert f'value="{typed.strip()}"' in refused.text


def test_a_reference_is_asked_for_until_it_is_there_and_sealed(here):
    take_on(here, "oda")
    press(here, "oda", "close", outcome="referred", notes="Called MASH.")
    assert "Add the reference of MASH" in [line.words[:25] for line in queries.waiting(here["other"], NOW.date())]
    db.session.rollback()
    assert "No reference yet" in here["oda"].get("/desk/alerts/closed/").text
    assert press(here, "oda", "reference", reference="MASH-2026-77").status_code == 303
    assert "MASH-2026-77" in here["oda"].get(here["alert"] + "others").text
    raw = db.session.connection().exec_driver_sql("SELECT reference FROM alert").scalar()
    assert b"MASH" not in bytes(raw)
    db.session.rollback()
    assert "No reference yet" not in here["oda"].get("/desk/alerts/closed/").text
