"""Alerts at the desk: read with a reason, closed with an outcome, answered by receipt; the rota and the help lines."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select

from engage.accounts.models import AuditRow
from engage.accounts.rules import Role
from engage.safeguarding import actions, queries
from engage.safeguarding.models import AlertRow, ContactRequestRow, MessageRow
from engage.safeguarding.rules.alerts import NewAlert
from engage.shared import db
from tests.people import give, make_person, sign_in

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
TODAY = NOW.date()
WORDS = "my dad hits me every night"
HASH = b"r" * 32


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def lead(visitor):
    return sign_in(visitor, make_person(Role.SAFEGUARDING, name="Lea"))


def make_alert(*, score=0.9, receipt=HASH, words=WORDS, raised_at=NOW) -> int:
    before = db.session.scalars(select(AlertRow.id)).all()
    actions.raise_alert(NewAlert(words, "Youth survey: anything new?", words, "hurt", score, receipt), at=raised_at)
    db.session.commit()
    return db.session.scalars(select(AlertRow.id).where(AlertRow.id.not_in(before))).one()


def make_closed(app, *, outcome="no_concern") -> int:
    alert_id = make_alert()
    first = sign_in(app.test_client(), make_person(Role.SAFEGUARDING, name="Fay"))
    press(first, alert_id, "acknowledge")
    press(first, alert_id, "close", outcome=outcome, notes="I called the school.")
    return alert_id


def press(client, alert_id, verb, **typed):
    if verb != "open":
        press(client, alert_id, "open", reason="lead")
    return client.fill_in("/desk/alerts/rota/", f"/desk/alerts/{alert_id}/{verb}", **typed)


def row(alert_id) -> AlertRow:
    db.session.rollback()
    db.session.expire_all()
    return db.session.get(AlertRow, alert_id)


def audit() -> list[tuple[str, str, str]]:
    db.session.rollback()
    return [(line.did, line.about, line.reason) for line in db.session.scalars(select(AuditRow).order_by(AuditRow.id))]


def test_the_list_shows_the_longest_waiting_first_and_no_words(lead):
    make_alert(words="he hit me", raised_at=NOW)
    make_alert(raised_at=NOW - timedelta(days=2))
    page = lead.get("/desk/alerts/").text
    assert page.index("2 days") < page.index("less than a minute")
    assert WORDS not in page


def test_words_are_shown_only_after_opening_and_opening_is_written_down_with_its_reason(lead):
    alert_id = make_alert()
    assert WORDS not in lead.get(f"/desk/alerts/{alert_id}/").text
    assert press(lead, alert_id, "open").status_code == 422
    assert press(lead, alert_id, "open", reason="lead").status_code == 303
    assert WORDS in lead.get(f"/desk/alerts/{alert_id}/").text
    assert ("opened", f"alert {alert_id}", "I am acting on it as safeguarding lead") in audit()


def test_a_reason_is_asked_once_in_half_an_hour(lead):
    first, second = make_alert(), make_alert(words="he hit me")
    press(lead, first, "open", reason="lead")
    assert press(lead, second, "open").status_code == 303
    with time_machine.travel(NOW + timedelta(minutes=31), tick=False):
        lead.get("/desk/alerts/")
        assert WORDS not in lead.get(f"/desk/alerts/{first}/").text


def test_somebody_on_the_rota_gives_no_reason_and_others_of_the_team_are_refused(app, database):
    alert_id, someone = make_alert(), make_person(Role.VOICE)
    client = sign_in(app.test_client(), someone)
    assert client.get("/desk/alerts/").status_code == 403
    actions.add_reader(someone.id, first=TODAY, last=TODAY, deputy=False)
    db.session.commit()
    assert press(client, alert_id, "open").status_code == 303
    assert WORDS in client.get(f"/desk/alerts/{alert_id}/").text
    assert press(client, alert_id, "close", outcome="referred", notes="x").status_code == 403


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.SAFEGUARDING, Role.VOICE)])
def test_nobody_else_sees_an_alert(app, database, role):
    alert_id = make_alert()
    client = sign_in(app.test_client(), make_person(role))
    for path in ("", "closed/", f"{alert_id}/", "contacts/"):
        assert client.get(f"/desk/alerts/{path}").status_code == 403


def test_an_alert_is_acknowledged_then_closed_with_an_outcome_and_notes(lead):
    alert_id = make_alert()
    assert press(lead, alert_id, "close", outcome="referred", notes="Told MASH.").status_code == 409
    press(lead, alert_id, "acknowledge")
    assert press(lead, alert_id, "close", outcome="referred").status_code == 422
    assert press(lead, alert_id, "close", outcome="referred", notes="Told MASH.").status_code == 303
    kept = row(alert_id)
    assert (kept.state, kept.outcome, kept.notes) == ("closed", "referred", "Told MASH.")


def test_an_urgent_no_concern_waits_for_somebody_else(app, database):
    alert_id = make_closed(app)
    assert row(alert_id).second_reader_wanted
    second = sign_in(app.test_client(), make_person(Role.SAFEGUARDING))
    assert "Waits for you" in second.get("/desk/alerts/closed/").text
    assert press(second, alert_id, "reopen", notes="I am not sure.").status_code == 303
    assert (row(alert_id).state, row(alert_id).outcome) == ("acknowledged", None)


def test_the_one_who_closed_it_is_not_the_second_reader(app, database):
    alert_id = make_alert()
    first = sign_in(app.test_client(), make_person(Role.SAFEGUARDING))
    press(first, alert_id, "acknowledge")
    press(first, alert_id, "close", outcome="no_concern", notes="A song.")
    assert press(first, alert_id, "agree").status_code == 403
    assert row(alert_id).second_reader_wanted


def test_the_one_who_closed_it_may_worry_after_all_and_look_again(lead):
    alert_id = make_alert()
    press(lead, alert_id, "acknowledge")
    press(lead, alert_id, "close", outcome="no_concern", notes="A song.")
    assert "Look again" in lead.get(f"/desk/alerts/{alert_id}/").text
    assert press(lead, alert_id, "reopen", notes="No song at all.").status_code == 303
    assert row(alert_id).state == "acknowledged"


def test_a_message_is_left_for_the_holder_and_their_answer_comes_back(lead):
    alert_id = make_alert()
    press(lead, alert_id, "messages", words="Are you safe tonight?")
    db.session.rollback()
    [message] = queries.messages_for(HASH)
    assert (message.words, message.from_young_person, message.read_on) == ("Are you safe tonight?", False, None)
    actions.answer_message(HASH, "not really", at=NOW)
    actions.mark_messages_read(HASH, at=NOW)
    db.session.commit()
    press(lead, alert_id, "open", reason="answer")
    page = lead.get(f"/desk/alerts/{alert_id}/").text
    assert "not really" in page
    assert "seen on" in page
    assert "They answered" in lead.get("/desk/alerts/").text
    press(lead, alert_id, "messages/read")
    assert "They answered" not in lead.get("/desk/alerts/").text


def test_an_answer_to_a_message_on_a_closed_alert_is_found(app, lead):
    alert_id = make_closed(app, outcome="signposted")
    press(lead, alert_id, "messages", words="Are you safe tonight?")
    assert f"Open alert {alert_id}" not in lead.get("/desk/alerts/").text
    actions.answer_message(HASH, "please help", at=NOW)
    db.session.commit()
    for page in ("/desk/alerts/", "/desk/alerts/closed/"):
        assert "They answered" in lead.get(page).text
    assert f"Open alert {alert_id}" in lead.get("/desk/alerts/").text
    press(lead, alert_id, "messages/read")
    assert f"Open alert {alert_id}" not in lead.get("/desk/alerts/").text


def test_a_message_is_forgotten_after_it_was_seen_and_waits_longer_before(lead):
    press(lead, make_alert(), "messages", words="Are you safe tonight?")
    later, long_ago = NOW + timedelta(days=1), NOW - timedelta(days=1)
    assert actions.forget_messages(later, unseen_before=long_ago) == 0
    actions.mark_messages_read(HASH, at=NOW)
    assert actions.forget_messages(later, unseen_before=long_ago) == 1
    assert db.session.scalars(select(MessageRow)).all() == []  # nor whose receipt it was for


def test_nobody_writes_back_where_there_is_no_receipt(lead):
    alert_id = make_alert(receipt=None)
    assert press(lead, alert_id, "messages", words="Are you safe?").status_code == 409
    db.session.rollback()
    assert db.session.scalars(select(MessageRow)).all() == []


def test_the_clock_escalates_what_nobody_looked_at_once(lead):
    late = make_alert(raised_at=NOW - timedelta(hours=5))
    make_alert(words="he hit me", raised_at=NOW - timedelta(hours=3))
    assert actions.escalate_overdue(NOW) == 1
    assert actions.escalate_overdue(NOW) == 0
    db.session.commit()
    assert row(late).escalated_at is not None
    assert "Escalated" in lead.get("/desk/alerts/").text


def test_words_are_sealed_in_the_database_and_forgotten_after_their_time(app, database):
    alert_id = make_closed(app, outcome="referred")
    raw = db.session.connection().exec_driver_sql("SELECT words, notes FROM alert").one()
    # Two words: what is sealed is written without spaces, and may hold any three letters by chance.
    assert not any(b"my dad" in bytes(part) or b"the school" in bytes(part) for part in raw)
    kept = row(alert_id)
    kept.second_reader_wanted = False
    assert actions.forget_alerts(NOW) == 0
    assert actions.forget_alerts(NOW + timedelta(seconds=1)) == 1
    db.session.commit()
    assert (row(alert_id).words, row(alert_id).notes) == (None, None)


def test_a_request_to_be_contacted_is_sealed_opened_with_a_reason_and_answered(lead):
    actions.ask_for_contact("call 07700 900123 after school", receipt_hash=None, at=NOW)
    db.session.commit()
    [request] = queries.contact_requests(done=False)
    here = f"/desk/alerts/contacts/{request.id}/"
    assert "07700" not in lead.get(here).text
    lead.fill_in(here, here + "open", reason="answer")
    assert "07700 900123" in lead.get(here).text
    lead.fill_in(here, here + "done")
    assert "Nobody waits" in lead.get("/desk/alerts/contacts/").text
    assert actions.forget_contact_requests(NOW + timedelta(seconds=1)) == 1
    assert db.session.scalars(select(ContactRequestRow)).one().words is None


def test_the_rota_names_readers_for_working_days_and_shows_the_gaps(lead):
    reader = make_person(Role.VOICE, name="Robin")
    lead.fill_in("/desk/alerts/rota/", person=reader.id, first="2026-11-23", last="2026-11-29")
    db.session.rollback()
    assert [one.name for one in queries.duty_readers(TODAY)] == ["Robin"]
    assert queries.days_without_reader(TODAY, TODAY + timedelta(days=7)) == [TODAY + timedelta(days=7)]
    lead.fill_in("/desk/alerts/rota/", "/desk/alerts/rota/remove", on="2026-11-23", person=reader.id)
    db.session.rollback()
    assert queries.duty_readers(TODAY) == []


def test_nobody_of_the_team_puts_themselves_on_the_rota_to_read_without_a_reason(app, database):
    alert_id, someone = make_alert(), make_person(Role.VOICE)
    client = sign_in(app.test_client(), someone)
    rota = client.get("/desk/alerts/rota/").text
    assert "Add to the rota" not in rota
    mine = {"person": someone.id, "first": "2026-11-23", "last": "2026-11-29"}
    assert client.fill_in("/desk/", "/desk/alerts/rota/", **mine).status_code == 403
    assert client.get(f"/desk/alerts/{alert_id}/").status_code == 403
    actions.add_reader(someone.id, first=TODAY, last=TODAY, deputy=False)
    db.session.commit()
    gone = client.fill_in("/desk/", "/desk/alerts/rota/remove", on="2026-11-23", person=someone.id)
    assert gone.status_code == 403


def test_a_day_after_the_end_of_a_readers_role_has_no_reader(lead):
    reader = make_person(None, name="Robin")
    give(reader.id, Role.VOICE, days=2)
    actions.add_reader(reader.id, first=TODAY, last=TODAY + timedelta(days=4), deputy=False)
    db.session.commit()
    assert [day.day for day in queries.days_without_reader(TODAY, TODAY + timedelta(days=4))] == [26, 27]
    assert queries.duty_readers(TODAY + timedelta(days=3)) == []
    assert "Robin" in lead.get("/desk/alerts/rota/").text


@pytest.mark.parametrize("days", [("2026-11-29", "2026-11-23"), ("2026-11-23", "2027-11-23")])
def test_a_rota_the_wrong_way_round_or_without_end_is_refused(lead, days):
    someone = make_person(Role.VOICE)
    sent = lead.fill_in("/desk/alerts/rota/", person=someone.id, first=days[0], last=days[1])
    assert sent.status_code == 422


def test_help_lines_that_nobody_checked_for_ninety_days_wait_for_the_lead(app, database):
    someone = make_person(Role.SAFEGUARDING)
    with time_machine.travel(NOW + timedelta(days=91), tick=False):
        later = TODAY + timedelta(days=91)
        assert "Check the help lines" in [line.words for line in queries.waiting(someone, later)]
        client = sign_in(app.test_client(), make_person(Role.SAFEGUARDING))
        client.fill_in("/desk/alerts/help/")
        db.session.rollback()
        assert queries.help_reviewed_on() == later
        assert "Check the help lines" not in [line.words for line in queries.waiting(someone, later)]


def test_what_waits_is_counted_for_the_lead_and_for_nobody_off_the_rota(database, statements):
    make_alert()
    actions.ask_for_contact("call me", receipt_hash=None, at=NOW)
    db.session.commit()
    lead, off = make_person(Role.SAFEGUARDING), make_person(Role.VOICE)
    statements.clear()
    words = {line.words: line.count for line in queries.waiting(lead, TODAY)}
    assert words["Read an alert"] == words["Contact a young person who asked for it"] == 1
    assert words["Name a reader for a day this week"] == 6
    assert len(statements) == 8
    assert queries.waiting(off, TODAY) == []
