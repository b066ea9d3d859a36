"""What a young person sent is read before everything else, and an alert waits from the day it was sent."""

import time
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select

from engage.analysis.jobs import do_all, do_one, finding, reading, turns
from engage.analysis.models import ExcerptRow
from engage.analysis.rules import sent_by
from engage.safeguarding.models import AlertRow
from engage.shared import db, wanted
from engage.shared.clock import now
from tests.answers import TALK, WORRYING, make_response, make_source
from tests.surveys import count, make_wave

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.fixture
def big(database, tmp_path, monkeypatch):
    """A partner's file that is read in pieces."""
    monkeypatch.setattr(reading, "TOGETHER", 10)
    return make_source(tmp_path, *(f"{words} number {number}" for number, words in enumerate(TALK)))


def read_of(wave_id):
    with db.reading():
        return list(db.session.scalars(select(ExcerptRow.words).where(ExcerptRow.wave_id == wave_id)))


def test_what_a_wave_hears_goes_before_imports_and_themes(database):
    for kind, subject in (("themes", "wave:a"), ("read", "source:1"), ("read", "wave:b")):
        wanted.want(kind, subject)
    db.session.commit()
    taken = [wanted.take(now(), first=turns.FIRST) for _ in range(3)]
    assert [(one.kind, one.subject) for one in taken if one] == [
        ("read", "wave:b"), ("themes", "wave:a"), ("read", "source:1"),
    ]  # fmt: skip


@pytest.mark.parametrize("guarded", [True, False])
def test_a_large_import_stands_back_when_a_child_writes(big, monkeypatch, guarded):
    wave = make_wave()
    said = reading._said

    def sent_meanwhile(about, keys):
        if about.wave_id is None and not count(ExcerptRow):
            make_response(wave, words=WORRYING)
        return said(about, keys)

    monkeypatch.setattr(reading, "_said", sent_meanwhile)
    if not guarded:  # the control: nobody stands back, and the whole file goes first
        monkeypatch.setattr(reading, "let_others_first", lambda: None)
    db.session.rollback()
    assert do_one()
    before = count(ExcerptRow)
    db.session.rollback()
    do_one()
    assert read_of(wave.id) == [WORRYING]
    assert (before == 10) is guarded
    db.session.rollback()
    do_all()
    assert count(ExcerptRow) == len(TALK) + 1


def test_a_child_is_read_while_themes_are_looked_for(app, database, monkeypatch):
    wave = make_wave()
    for words in TALK:
        make_response(wave, words=words)
    do_all()
    seen = []

    def look(_said, _frame, _model):
        with app.app_context():
            make_response(wave, words=WORRYING)
            until = time.monotonic() + 30
            while not seen and time.monotonic() < until:
                seen.extend(words for words in read_of(wave.id) if words == WORRYING)
                time.sleep(0.1)
            db.session.remove()
        return []

    monkeypatch.setattr(finding, "_found", look)
    wanted.want("themes", "wave:youth")
    db.session.commit()
    do_all()
    assert seen == [WORRYING]


def test_an_alert_waits_from_when_its_words_were_sent(database):
    with time_machine.travel(NOON, tick=False):
        make_response(make_wave(), words=WORRYING)
    with time_machine.travel(NOON + timedelta(minutes=7), tick=False):
        do_all()
    assert db.session.scalars(select(AlertRow.raised_at)).one() == NOON.replace(tzinfo=None)


def test_a_wish_made_during_a_run_counts_from_that_run_on(database):
    wanted.want("read", "wave:a")
    start = now()
    wanted.take(start)
    wanted.want("read", "wave:a")
    wanted.done("read", "wave:a", taken_before=start)
    assert wanted.since("read", "wave:a") == start


def test_a_wish_made_during_a_run_that_fails_is_not_lost(database):
    wanted.want("read", "wave:a")
    start = now()
    wanted.take(start)
    wanted.want("read", "wave:a")
    wanted.fail("read", "wave:a", "It broke.", taken_before=start)
    assert wanted.take(now())


@pytest.mark.parametrize(
    ("day", "moment"),
    [
        (date(2026, 11, 23), NOON), (None, NOON), (date(2026, 11, 20), datetime(2026, 11, 20, tzinfo=UTC)),
        (date(2026, 11, 24), datetime(2026, 11, 24, tzinfo=UTC)),
        (date(2026, 7, 1), datetime(2026, 6, 30, 23, tzinfo=UTC)),
    ],
)  # fmt: skip
def test_an_answer_of_another_day_waits_from_the_first_moment_of_that_day(day, moment):
    assert sent_by(day, NOON) == moment
