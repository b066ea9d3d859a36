"""Who is on no rota today, as at a weekend, is asked why before anything opens, not told off afterwards."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select

from engage.accounts.rules import Role
from engage.safeguarding import actions
from engage.safeguarding.models import AlertRow, ContactRequestRow
from engage.safeguarding.rules.alerts import NewAlert
from engage.shared import db
from tests.people import make_person, sign_in

SATURDAY = datetime(2026, 11, 28, 10, tzinfo=UTC)
MONDAY = SATURDAY + timedelta(days=2)


@pytest.fixture
def lead(app, database):
    return make_person(Role.SAFEGUARDING)


@pytest.fixture
def waits(lead):
    """An alert and somebody who asked for contact, by their pages; the lead is on the rota of the coming week."""
    actions.raise_alert(NewAlert("my dad hits me", "Youth survey", "my dad hits me", "hurt", 0.9, None), at=SATURDAY)
    actions.ask_for_contact("0161 496 0000, after four", receipt_hash=None, at=SATURDAY)
    actions.add_reader(lead.id, first=SATURDAY.date(), last=MONDAY.date() + timedelta(days=4), deputy=False)
    db.session.commit()
    alert = db.session.scalars(select(AlertRow.id)).one()
    contact = db.session.scalars(select(ContactRequestRow.id)).one()
    return {"/desk/alerts/": f"/desk/alerts/{alert}/", "/desk/alerts/contacts/": f"/desk/alerts/contacts/{contact}/"}


def test_at_a_weekend_the_lists_lead_to_where_the_reason_is_asked(app, lead, waits):
    with time_machine.travel(SATURDAY, tick=False):
        client = sign_in(app.test_client(), lead)
        for room, page in waits.items():
            listed = client.get(room).text
            assert f'href="{page}"' in listed
            assert f'action="{page}open"' not in listed
            asked = client.get(page).text
            assert "Why are you opening this?" in asked
            assert "Error:" not in asked


def test_so_does_the_list_of_closed_alerts(app, lead, waits):
    page = waits["/desk/alerts/"]
    alert = db.session.scalars(select(AlertRow)).one()
    alert.state, alert.outcome, alert.closed_by, alert.closed_at = "closed", "no_concern", lead.id, alert.raised_at
    db.session.commit()
    for day, opens in ((SATURDAY, False), (MONDAY, True)):
        with time_machine.travel(day, tick=False):
            listed = sign_in(app.test_client(), lead).get("/desk/alerts/closed/").text
            assert (f'action="{page}open"' in listed, f'href="{page}"' in listed) == (opens, not opens)


def test_once_the_reason_is_given_one_press_opens_for_half_an_hour(app, lead, waits):
    with time_machine.travel(SATURDAY, tick=False) as clock:
        client = sign_in(app.test_client(), lead)
        first, other = waits.values()
        assert client.fill_in(first, f"{first}open", reason="lead").status_code == 303
        assert f'action="{other}open"' in client.get("/desk/alerts/contacts/").text
        closed = client.get(other).text
        assert f'action="{other}open"' in closed
        assert "Why are you opening this?" not in closed
        for minutes in (20, 11):  # somebody who does nothing for half an hour is signed out
            clock.shift(timedelta(minutes=minutes))
            assert client.get("/desk/").status_code == 200
        assert f'href="{other}"' in client.get("/desk/alerts/contacts/").text


def test_on_the_rota_one_press_opens(app, lead, waits):
    with time_machine.travel(MONDAY, tick=False):
        client = sign_in(app.test_client(), lead)
        for room, page in waits.items():
            assert f'action="{page}open"' in client.get(room).text
            assert client.fill_in(room, f"{page}open").status_code == 303
