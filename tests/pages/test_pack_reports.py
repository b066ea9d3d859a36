"""The extract for the yearly report says what issued packs say; evidence has days and fingerprints."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select, text

from engage.accounts.rules import Role
from engage.pqa.models import PackRow
from engage.shared import db
from engage.shared.clock import today
from engage.youwesaid.actions import action as actions
from engage.youwesaid.actions import concern as concerns
from engage.youwesaid.rules.concerns import NewConcern
from tests.packs import NOW, ROOM, make_frozen, make_issued, make_panel
from tests.people import make_person, sign_in

YEAR, EVIDENCE = "/desk/packs/year/2026", "/desk/packs/evidence"
SPAN = f"{EVIDENCE}?since=2026-10-01&until=2026-11-25"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def panel(database):
    return make_panel()


def make_concern(panel, title, *, about=None) -> int:
    new = NewConcern(title, "You told us.", "travel", today() + timedelta(days=30), today(), (), "", about)
    concern_id = concerns.propose(new, by=panel["voice"], today=today())
    concerns.hear(concern_id, by=panel["pqa"], today=today())
    db.session.commit()
    return concern_id


def verified(panel, concern_id, what):
    agency = panel["agency"]
    action_id = actions.ask(concern_id, agency_id=agency.agency_id, what=what)
    actions.agree(action_id, owner_id=agency.id, due_on=today(), by=agency, today=today())
    actions.claim(action_id, evidence="Seen by all", by=agency, today=today())
    actions.verify(action_id, by=panel["pqa"], today=today())
    db.session.commit()


def test_a_year_is_made_of_its_issued_packs(app, panel):
    make_frozen()
    visitor = sign_in(app.test_client(), panel["scrutineer"])
    assert "No pack was issued for a quarter of this year" in visitor.get(YEAR).text
    sign_in(app.test_client(), panel["pqa"]).fill_in(ROOM, to=f"{ROOM}/make")
    assert "0 issued packs" in visitor.get(YEAR).text
    make_issued(panel)
    page = visitor.get(YEAR).text
    assert "1 issued pack, nothing" in page
    assert "Youth survey youth, closed 20 November 2026: 60 responses" in page
    assert "October to December 2026" not in visitor.get("/desk/packs/year/2025").text
    assert visitor.get("/desk/packs/year/99999").status_code == 404


def test_a_changed_pack_is_in_no_year(app, panel):
    make_frozen()
    make_issued(panel)
    db.session.execute(text("UPDATE pack SET body = replace(body, 'Youth', 'Our')"))
    db.session.commit()
    assert sign_in(app.test_client(), panel["pqa"]).get(YEAR).status_code == 409


def test_evidence_has_what_was_said_decided_and_done_with_days_and_fingerprints(app, panel):
    make_frozen()
    make_issued(panel)
    verified(panel, make_concern(panel, "The path is dark"), "Mend lamps")
    visitor = sign_in(app.test_client(), panel["pqa"])
    visitor.fill_in(f"{ROOM}/challenge", challenge="Who was not asked?")
    page = visitor.get(SPAN).text
    assert "20 Nov 2026: Youth survey youth closed" in page
    assert db.session.scalars(select(PackRow.sha256)).one() in page
    assert "Mend lamps. Seen to be done" in page
    assert "Pqa (invented) challenged: Who was not asked?" in page
    before = visitor.get(f"{EVIDENCE}?since=2026-01-01&until=2026-02-01").text
    for words in ("Nothing was said", "Nothing was decided", "Nothing was finished"):
        assert words in before


@pytest.mark.parametrize(
    ("span", "words"),
    [
        ("since=2026-11-01&until=2026-10-01", "The last day lies before the first"),
        ("since=soon&until=", "Choose the first day"),
    ],
)
def test_days_the_wrong_way_round_are_a_sentence(app, panel, span, words):
    answer = sign_in(app.test_client(), panel["pqa"]).get(f"{EVIDENCE}?{span}")
    assert (answer.status_code, words in answer.text) == (422, True)


def test_what_is_about_an_agency_and_not_released_is_in_no_pack_and_no_evidence(app, panel):
    make_frozen()
    secret = make_concern(panel, "Stopped without a reason", about=panel["agency"].agency_id)
    verified(panel, secret, "Say why")
    verified(panel, make_concern(panel, "The path is dark"), "Mend lamps")
    make_issued(panel)
    visitor = sign_in(app.test_client(), panel["pqa"])
    for page in (visitor.get(f"{ROOM}/1").text, visitor.get(SPAN).text):
        assert "Stopped without a reason" not in page
        assert "Say why" not in page
    assert "0 red, 0 amber, 1 green of 1." in visitor.get(f"{ROOM}/1").text
    lead = make_person(Role.SAFEGUARDING)
    concerns.release(secret, by=lead, today=today())
    db.session.commit()
    assert "Stopped without a reason" in visitor.get(SPAN).text


def test_only_who_reads_packs_reads_what_is_made_of_them(app, panel):
    for name in ("agency", "ambassador"):
        visitor = sign_in(app.test_client(), panel[name])
        assert [visitor.get(one).status_code for one in (YEAR, EVIDENCE)] == [403, 403]
