"""What a sentence model placed is kept sealed, asked for once, and forgotten; without the model all goes on."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select, text

from engage.analysis.jobs import do_all
from engage.analysis.jobs.meanings import Placing, _kept_key, placing
from engage.analysis.method.meaning import Meaning, key_of
from engage.analysis.models import MeaningRow, ThemeRunRow
from engage.analysis.queries.meanings import known_meanings
from engage.shared import db, wanted
from engage.shared.clock import now, today
from engage.shared.keeping import MEANINGS
from engage.surveys.actions.sittings import delete_sent
from engage.worker import clock
from tests.answers import TALK, make_excerpts, make_response
from tests.surveys import make_wave

LATE = "the bus is late again"  # invented


def lengths(texts):
    """A model of two directions, how long a text is and how many words it has."""
    return [[len(words), words.count(" ") + 1] for words in texts]


@pytest.fixture
def placed(database):
    """One answer placed by a model, and kept."""
    model = Placing(Meaning(lengths), frozenset())
    model.meaning.place([LATE])
    model.keep()
    db.session.commit()


def kept():
    db.session.expire_all()
    return db.session.scalar(select(func.count()).select_from(MeaningRow))


def test_what_is_kept_is_found_again_under_its_key_and_tells_no_words(placed):
    assert list(known_meanings([_kept_key(key_of(LATE))])) == [_kept_key(key_of(LATE))]
    raw = db.session.execute(text("SELECT key, direction FROM meaning")).one()
    words = [word.encode() for word in LATE.split() if len(word) > 2]  # chance makes two letters of any bytes
    assert not any(word in bytes(column) for column in raw for word in words)
    assert bytes(raw.key) != key_of(LATE)  # nobody without our key can try out what somebody said


def test_it_goes_when_nobody_asked_for_it_for_a_month(placed):
    clock.every_night(now() + MEANINGS - timedelta(days=1), today() + MEANINGS - timedelta(days=1))
    assert kept() == 1
    clock.every_night(now(), today() + MEANINGS + timedelta(days=1))
    assert kept() == 0


def test_all_of_it_goes_when_somebody_deletes_what_they_sent(placed):
    wave = make_wave()
    receipt = make_response(wave, words="more lights please")
    do_all()
    assert kept() == 1
    assert delete_sent(wave_id=wave.id, receipt_hash=receipt)
    db.session.commit()
    do_all()
    assert kept() == 0


def test_themes_are_found_by_words_alone_where_the_model_is_asked_for_but_not_installed(app, database, monkeypatch):
    settings = replace(app.extensions["settings"], embeddings="/no/such/model")
    monkeypatch.setitem(app.extensions, "settings", settings)
    assert placing([LATE]) is None
    make_excerpts(make_wave(), *TALK)
    wanted.want("themes", "wave:youth")
    db.session.commit()
    do_all()
    assert "sentence model" not in db.session.scalar(select(ThemeRunRow.method))
