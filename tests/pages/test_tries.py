"""Who holds a role and asks for what is not theirs is written down, in a line that tells no agency anything."""

import pytest
import time_machine
from sqlalchemy import select

from engage.accounts.models import AuditRow
from engage.accounts.rules import Role
from engage.safeguarding import actions
from engage.safeguarding.models import AlertRow, ContactRequestRow
from engage.safeguarding.rules.alerts import NewAlert
from engage.shared import db
from engage.shared.clock import now
from tests.people import make_agency, make_person, sign_in

NOON = "2026-11-26T12:10:00Z"
ANY_FORM = "/desk/alerts/rota/"  # a page with a good token
ASKED, UNREAD = "asked for what is not theirs, or not there", "tried to decide unread"


@pytest.fixture(autouse=True)
def travelling():
    with time_machine.travel(NOON, tick=False) as moved:
        yield moved


@pytest.fixture
def team(app, database):
    council = make_agency("Council (invented)")
    people = {"lead": make_person(Role.SAFEGUARDING), "theirs": make_person(Role.SAFEGUARDING, agency_id=council)}
    actions.raise_alert(NewAlert("my social worker hits me", "Survey", "x", "hurt", 0.9, b"r" * 32), at=now())
    actions.ask_for_contact("call Sam (invented)", receipt_hash=b"r" * 32, at=now())
    alert_id, request_id = db.session.scalar(select(AlertRow.id)), db.session.scalar(select(ContactRequestRow.id))
    actions.say_about(alert_id, council, by=people["lead"])
    db.session.commit()
    browsers = {f"{name}'s browser": sign_in(app.test_client(), one) for name, one in people.items()}
    return {**people, **browsers, "council": council, "alert": alert_id, "request": request_id}


def lines(*, by: int | None) -> list[tuple[str, str, str]]:
    db.session.rollback()
    rows = select(AuditRow.did, AuditRow.about, AuditRow.reason).where(AuditRow.person_id == by).order_by(AuditRow.id)
    return [tuple(row) for row in db.session.execute(rows) if row.did in {ASKED, UNREAD}]


def test_asking_for_what_is_hidden_from_ones_agency_leaves_a_line_for_each_kind(team):
    theirs, alert, request = team["theirs's browser"], f"/desk/alerts/{team['alert']}/", team["request"]
    assert theirs.get(alert).status_code == 404
    assert theirs.fill_in(ANY_FORM, alert + "open", reason="lead").status_code == 404
    assert theirs.get(f"/desk/alerts/contacts/{request}/").status_code == 404
    assert theirs.fill_in(ANY_FORM, f"/desk/alerts/contacts/{request}/done").status_code == 404
    assert theirs.fill_in(ANY_FORM, f"/desk/surveys/asked/{request}").status_code == 404
    assert lines(by=team["theirs"].id) == [(ASKED, "alert", ""), (ASKED, "request", "")]


def test_what_is_hidden_and_what_is_not_there_leave_the_same_line(app, team):
    """People of the agency read the audit too: it says neither which one nor that there is one."""
    other = make_person(Role.SAFEGUARDING, agency_id=team["council"])
    team["theirs's browser"].get(f"/desk/alerts/{team['alert']}/")
    sign_in(app.test_client(), other).get("/desk/alerts/999999/")
    assert lines(by=team["theirs"].id) == lines(by=other.id) == [(ASKED, "alert", "")]
    for role in (Role.INFORMATION, Role.ADMIN):
        reader = sign_in(app.test_client(), make_person(role, agency_id=team["council"]))
        rows = [row for row in reader.get("/desk/audit/").text.split("<tr>") if ASKED in row]
        assert len(rows) == 2
        assert not any(str(number) in row for row in rows for number in ("999999", "alert " + str(team["alert"])))


def test_counting_through_numbers_fills_no_audit_and_is_seen(team, travelling):
    theirs = team["theirs's browser"]
    for number in range(1_000, 1_012):
        assert theirs.get(f"/desk/alerts/{number}/").status_code == 404
    assert [reason for *_, reason in lines(by=team["theirs"].id)] == ["", "10 tries in this hour"]
    travelling.move_to("2026-11-26T13:10:00Z")
    sign_in(theirs, team["theirs"]).get("/desk/alerts/1000/")
    assert len(lines(by=team["theirs"].id)) == 3


def test_deciding_unread_leaves_a_line(team):
    lead, alert = team["lead's browser"], f"/desk/alerts/{team['alert']}/"
    for path in (alert + "acknowledge", alert + "close", f"/desk/alerts/contacts/{team['request']}/done"):
        sent = {"outcome": "no_concern", "notes": "n"} if path.endswith("close") else {}
        assert lead.fill_in(ANY_FORM, path, **sent).status_code == 409
    assert lines(by=team["lead"].id) == [(UNREAD, "alert", ""), (UNREAD, "request", "")]


def test_an_invitation_that_opens_nothing_and_a_forged_answer_leave_a_line_without_a_name(visitor, database):
    for _ in range(3):
        assert visitor.get("/desk/invited/wrong-key").status_code == 404
        assert visitor.get("/desk/elsewhere/back?state=forged&code=x").status_code == 403
    assert lines(by=None) == [(ASKED, "an invitation", ""), (ASKED, "single sign-on", "")]


def test_control_a_page_that_opens_a_wrong_address_and_a_role_that_is_missing_leave_none_of_these(app, team):
    lead = team["lead's browser"]
    assert lead.get(f"/desk/alerts/{team['alert']}/").status_code == 200
    assert lead.get("/desk/alerts/nothing-here/").status_code == 404
    assert sign_in(app.test_client(), make_person(Role.PQA)).get(f"/desk/alerts/{team['alert']}/").status_code == 403
    assert app.test_client().get("/s/no-such-wave").status_code == 404
    found = [line for one in db.session.scalars(select(AuditRow.person_id).distinct()) for line in lines(by=one)]
    assert found == []
