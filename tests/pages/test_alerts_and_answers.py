"""Once a wave is reported, nothing that stands in the open leads from an alert to the answers it was raised about."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select, text, update

from engage.accounts.rules import Person, Role
from engage.analysis.actions.reporting import report_wave
from engage.analysis.jobs import do_all
from engage.analysis.models import ExcerptRow
from engage.safeguarding.models import AlertRow
from engage.shared import db
from engage.shared.clock import today
from engage.surveys.actions.waves import close_wave
from engage.surveys.models import ResponseRow
from tests.answers import make_response
from tests.people import make_person
from tests.surveys import make_wave

FIRST = datetime(2026, 3, 10, 12, tzinfo=UTC)
WORRYING = (
    "my dad hits me when he is drunk",
    "they make me carry drugs to another town",
    "my mum says she will kill me",
    "my uncle touches me at night and i hate it",
)
BESIDE = """
    alert a, written w JOIN response r ON r.key = w.response_key JOIN excerpt e ON e.written_key = w.key
"""
WAYS = ("e.urgency = a.score", "e.flagged AND e.day = date(a.raised_at)", "r.sent_on = date(a.raised_at)")


@dataclass(frozen=True)
class Reported:
    """Who reports the wave, and whose answer each alert is about, which the receipts say until then."""

    by: Person
    truth: dict[int, bytes]


@pytest.fixture
def wave(database):
    """A wave in which one worrying answer came each day, read and closed."""
    voice = make_person(Role.VOICE)
    with time_machine.travel(FIRST, tick=False) as clock:
        wave = make_wave()
        for words in WORRYING:
            make_response(wave, words=words)
            do_all()
            clock.shift(timedelta(days=1))
    db.session.execute(update(ExcerptRow).values(read_on=today(), read_by=voice.id, checked=True))
    close_wave(wave.id, roles=voice.roles)
    db.session.commit()
    owners = select(AlertRow.id, ResponseRow.key).join(ResponseRow, ResponseRow.receipt_hash == AlertRow.receipt_hash)
    return Reported(voice, {alert: bytes(key) for alert, key in db.session.execute(owners)})


def led_home(way: str, truth: dict[int, bytes]) -> int:
    """How many alerts lead to exactly their own response, by plain SQL and without a key."""
    asked = select(text("a.id"), text("r.key")).select_from(text(BESIDE)).where(text(way))
    found: dict[int, set[bytes]] = {}
    for alert, key in db.session.execute(asked):
        found.setdefault(alert, set()).add(bytes(key))
    return sum(found.get(alert) == {key} for alert, key in truth.items())


@pytest.mark.parametrize("way", WAYS)
def test_an_alert_leads_to_no_answer_of_a_reported_wave(wave, way):
    assert led_home(way, wave.truth) == len(WORRYING)  # the control: before the report this does lead there
    report_wave("youth", by=wave.by)
    db.session.commit()
    assert led_home(way, wave.truth) == 0
