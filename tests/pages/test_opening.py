"""What is restricted: nobody reads on what another opened, and nobody decides about words they did not open."""

from datetime import UTC, datetime

import pytest
import time_machine
from sqlalchemy import select

from engage.accounts.models import AuditRow
from engage.accounts.rules import Role
from engage.safeguarding import actions
from engage.safeguarding.models import AlertRow, MessageRow
from engage.safeguarding.rules.alerts import NewAlert
from engage.shared import db
from tests.people import make_person, sign_in

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
WORDS = "my dad hits me every night"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def page(database) -> str:
    alert = NewAlert(WORDS, "Youth survey", "anything", "hurt", 0.9, b"r" * 32)
    actions.raise_alert(alert, at=NOW)
    db.session.commit()
    return f"/desk/alerts/{db.session.scalars(select(AlertRow.id)).one()}/"


def alert() -> AlertRow:
    db.session.rollback()
    db.session.expire_all()
    return db.session.scalars(select(AlertRow)).one()


def openings() -> list[int | None]:
    db.session.rollback()
    return list(db.session.scalars(select(AuditRow.person_id).where(AuditRow.did == "opened").order_by(AuditRow.id)))


def test_the_next_person_at_the_same_browser_opens_for_themselves(visitor, page):
    first, second = make_person(Role.SAFEGUARDING), make_person(Role.SAFEGUARDING)
    sign_in(visitor, first)
    visitor.fill_in(page, f"{page}open", reason="lead")
    assert WORDS in visitor.get(page).text
    visitor.fill_in("/desk/", "/sign-out")
    sign_in(visitor, second)
    assert WORDS not in visitor.get(page).text
    assert visitor.fill_in(page, f"{page}open").status_code == 422  # a reason of their own
    visitor.fill_in(page, f"{page}open", reason="second")
    assert WORDS in visitor.get(page).text
    assert openings() == [first.id, second.id]


@pytest.mark.parametrize(
    ("verb", "typed"),
    [
        ("acknowledge", {}),
        ("close", {"outcome": "no_concern", "notes": "A song."}),
        ("agree", {}),
        ("reopen", {}),
        ("messages", {"words": "Are you safe?"}),
        ("messages/read", {}),
    ],
)
def test_nobody_decides_about_words_they_did_not_open(visitor, page, verb, typed):
    before = {"close": "acknowledged", "agree": "closed", "reopen": "closed"}.get(verb, "raised")
    kept = alert()
    kept.state, kept.outcome, kept.second_reader_wanted = before, "signposted" if before == "closed" else None, True
    db.session.commit()
    sign_in(visitor, make_person(Role.SAFEGUARDING))
    assert visitor.fill_in(page, page + verb, **typed).status_code == 409
    assert (alert().state, alert().second_reader_wanted) == (before, True)
    assert db.session.scalars(select(MessageRow)).all() == []
    visitor.fill_in(page, f"{page}open", reason="lead")
    assert visitor.fill_in(page, page + verb, **typed).status_code == 303


def test_what_was_sent_after_the_opening_is_opened_too_before_anybody_decides(visitor, page):
    sign_in(visitor, make_person(Role.SAFEGUARDING))
    visitor.fill_in(page, f"{page}open", reason="lead")
    assert visitor.fill_in(page, f"{page}acknowledge").status_code == 303
    with time_machine.travel(NOW.replace(minute=1), tick=False):
        more = NewAlert("he is coming tonight", "Youth survey", "anything", "hurt", 0.9, b"r" * 32)
        actions.raise_alert(more, at=NOW.replace(minute=1))
        db.session.commit()
        assert visitor.fill_in(page, f"{page}acknowledge").status_code == 409
    assert alert().state == "raised"


def test_notes_that_take_longer_than_half_an_hour_are_not_lost(visitor, page):
    lead = make_person(Role.SAFEGUARDING)
    sign_in(visitor, lead)
    visitor.fill_in(page, f"{page}open", reason="lead")
    visitor.fill_in(page, f"{page}acknowledge")
    with time_machine.travel(NOW.replace(minute=40), tick=False):
        sign_in(visitor, lead)
        assert WORDS not in visitor.get(page).text
        assert visitor.fill_in(page, f"{page}close", outcome="referred", notes="Told MASH.").status_code == 303
