"""The audit is read by people of every agency: it never says which one an alert is about, or how it ended."""

import pytest
from sqlalchemy import select

from engage.accounts.actions import note
from engage.accounts.models import AuditRow
from engage.accounts.rules import Role
from engage.safeguarding import actions
from engage.safeguarding.models import AlertRow
from engage.safeguarding.rules.alerts import NewAlert
from engage.shared import db
from engage.shared.clock import now
from tests.people import make_agency, make_person, sign_in


@pytest.mark.parametrize("role", [Role.INFORMATION, Role.ADMIN])
def test_the_audit_tells_nobody_which_agency_or_how_it_ended(app, database, role):
    council, lead = make_agency("Council (invented)"), make_person(Role.SAFEGUARDING)
    note("closed an alert", "alert 7", "professional")  # as it was written before
    note("said whom it is about", "alert 7", f"agency {council}")
    note("opened", "alert 7", "a reason")
    actions.raise_alert(NewAlert("my social worker hits me", "Survey", "x", "hurt", 0.9, b"r" * 32), at=now())
    alert_id = db.session.scalars(select(AlertRow.id)).one()
    actions.say_about(alert_id, council, by=lead)
    actions.acknowledge(alert_id, by=lead, at=now())
    actions.close(alert_id, "professional", "Called the LADO.", by=lead, at=now())
    db.session.commit()
    page = sign_in(app.test_client(), make_person(role, agency_id=council)).get("/desk/audit/").text
    assert page.count("closed an alert") == page.count("said whom it is about") == 2
    assert "a reason" in page
    assert "professional" not in page
    assert not any("agency" in row for row in page.split("<tr>") if "alert" in row)
    written = select(AuditRow.reason).where(AuditRow.about == f"alert {alert_id}")
    assert set(db.session.scalars(written)) == {""}
    assert "about somebody of Council (invented)" in (db.session.get_one(AlertRow, alert_id).notes or "")
