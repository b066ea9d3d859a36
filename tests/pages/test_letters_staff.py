"""Who is told that something waits, and what staff see of letters."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from engage.accounts.rules import Role
from engage.safeguarding import actions as safeguarding
from engage.safeguarding.rules.alerts import NewAlert
from engage.settings import Post, WrongSettings
from engage.shared import db, outbox
from engage.shared.clock import now
from engage.shared.errors import NotOpen
from engage.worker import clock
from engage.worker.sending import send_letters as send
from tests.mail import installed
from tests.pages.test_letters import rows, server, site, write
from tests.people import make_person, sign_in

__all__ = ["server", "site"]  # fixtures
NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
WORDS = "my dad hits me every night"


def test_an_overdue_alert_tells_readers_deputies_and_leads_and_says_nothing_of_it(site, server):
    with time_machine.travel(NOW, tick=False):
        lead, reader, deputy, idle = (make_person(role) for role in (Role.SAFEGUARDING, *3 * (Role.VOICE,)))
        for someone, is_deputy in ((reader, False), (deputy, True)):
            safeguarding.add_reader(someone.id, first=NOW.date(), last=NOW.date(), deputy=is_deputy)
        alert = NewAlert(WORDS, "Youth survey: anything new?", "new", "hurt", 0.9, b"r" * 32)
        safeguarding.raise_alert(alert, at=NOW - timedelta(hours=5))
        db.session.commit()
        clock.every_few_minutes(NOW, NOW.date())
        clock.every_few_minutes(NOW, NOW.date())
        assert send(server.post) == 3
    assert {letter["To"] for letter in server.mailbox.letters} == {lead.email, reader.email, deputy.email}
    assert idle.email not in {letter["To"] for letter in server.mailbox.letters}
    for letter in server.mailbox.letters:
        assert letter["Subject"] == "1 item needs reading"
        lines = letter.get_payload().split("\n")
        assert [line.strip() for line in lines if line.strip()] == [
            "1 item needs reading.",
            "Sign in to see: https://voice.example.org/desk/",
        ]


def test_staff_see_that_no_mail_server_is_set_and_no_words(app, database):
    site = installed(app, Post())
    with site.app_context():
        write()
        visitor = sign_in(site.test_client(), make_person(Role.ADMIN))
        page = visitor.get("/desk/letters/", base_url="https://localhost").text
        assert "No mail server is set" in page
        assert "place confirmed" in page
        assert "ada@example.org" not in page
        assert "You have a place" not in page
        today = visitor.get("/desk/", base_url="https://localhost").text
        assert "See to a letter that could not leave" in today
        db.session.remove()
        db.engine().dispose()


def test_a_letter_that_was_given_up_can_be_tried_again(app, visitor):
    write()
    outbox.fail(rows()[0].key, "This is not an address", at=now())
    db.session.commit()
    sign_in(visitor, make_person(Role.VOICE))
    assert "This is not an address" in visitor.get("/desk/letters/").text
    assert visitor.fill_in("/desk/letters/", f"/desk/letters/{rows()[0].key}/again").status_code == 303
    assert [(row.state, row.tries) for row in rows()] == [("waiting", 0)]
    with pytest.raises(NotOpen):
        outbox.try_again(rows()[0].key, at=now())


def test_in_the_demo_the_team_reads_what_would_have_been_sent_and_an_administrator_does_not(app, visitor):
    write()
    sign_in(visitor, make_person(Role.VOICE))
    assert "You have a place." in visitor.get("/desk/letters/").text
    admin = sign_in(app.test_client(), make_person(Role.ADMIN)).get("/desk/letters/").text
    assert "You have a place." not in admin
    assert send(Post()) == 0
    assert outbox.ways_here() == ()


@pytest.mark.parametrize(
    "wrong",
    [
        {"smtp_host": "mail.example.org"},
        {"smtp_host": "mail.example.org", "smtp_from": "a@example.org", "smtp_security": "none"},
        {"smtp_security": "ssl"},
        {"notify_key": "a key"},
    ],
)
def test_settings_that_would_be_unsafe_stop_the_start(wrong):
    with pytest.raises(WrongSettings):
        Post(**wrong)
