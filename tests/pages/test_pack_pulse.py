"""A pack of a quarter in which practitioners answered a survey of their own, a forum met, and figures were hidden."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from engage.analysis.rules.freezing import fingerprint
from engage.pqa.models import PackRow
from engage.shared import db
from engage.shared.clock import today
from engage.surveys.models import VersionRow, WaveRow
from tests.answers import make_response
from tests.packs import NOW, ROOM, freeze, make_frozen, make_issued, make_panel
from tests.people import sign_in
from tests.surveys import make_wave

VOICED = 12  # who answered the second question


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def panel(database):
    return make_panel()


def make_pulse(*, good: int = 30, answers: int = 40) -> None:
    """A wave of a survey whose code says that practitioners answer it: the forum's questions under another name."""
    wave = make_wave("pulse", template="forum", title="Practitioner pulse, autumn")
    version = db.session.get_one(VersionRow, db.session.get_one(WaveRow, wave.id).version_id)
    version.document = version.document.replace('"code":"forum"', '"code":"practice"')
    version.sha256 = fingerprint(version.document)
    db.session.commit()
    for number in range(answers):
        voice = {"forum_voice": "mostly"} if number < VOICED else {}
        make_response(wave, forum_space="yes_very" if number < good else "a_bit", **voice)
    row = db.session.get_one(WaveRow, wave.id)
    row.closes_on, row.opens_on, row.state = today(), today() - timedelta(days=20), "closed"
    db.session.commit()
    freeze(wave.code)


def section(page: str, name: str) -> str:
    return page.partition(f'id="{name}"')[2].partition("</section>")[0]


def test_what_practitioners_said_stands_apart_from_young_people(app, panel):
    make_frozen()
    make_pulse()
    make_issued(panel)
    page = sign_in(app.test_client(), panel["pqa"]).get(f"{ROOM}/1").text
    pulse = section(page, "pulse")
    assert "Practitioner pulse, autumn: 40 responses" in pulse
    assert "75% (" in pulse
    assert "base 40)" in pulse
    assert "10 answered; no percentage is shown" in pulse
    assert "No survey of practitioners" not in pulse
    for name in ("changes", "said", "few"):
        assert "Practitioner pulse, autumn" not in section(page, name)


def test_what_was_hidden_of_it_stands_in_the_log(app, panel):
    make_pulse(good=38)
    make_issued(panel)
    visitor = sign_in(app.test_client(), panel["pqa"])
    for page in (visitor.get(f"{ROOM}/1").text, visitor.get(f"{ROOM}/1/print").text):
        log = section(page, "suppressed")
        assert "Practitioner pulse, autumn: answers" in log
        assert "under 8, or to protect another" in log
        assert "Groups not heard" in section(page, "scoreboard")
        assert "No forum was held in these months." in section(page, "forums")
    hidden = db.session.scalars(select(PackRow.body)).one()
    assert '"hidden":0,"where":"Practitioner pulse, autumn: answers"' not in hidden
