"""What the log says when something fails: what kind of thing and where, never what anybody typed, nor a receipt."""

import secrets

import pytest
from sqlalchemy.exc import IntegrityError

from engage.shared import db
from engage.shared.clock import today
from engage.surveys.models import ResponseRow
from engage.surveys.views import answering
from tests.surveys import ANSWERS, make_wave

HASH = b"R" * 32


@pytest.fixture
def wave(visitor):
    """A wave in which everybody has the same receipt."""
    wave = make_wave()
    add(wave)
    db.session.commit()
    return wave


def add(wave):
    row = ResponseRow(key=secrets.token_bytes(16), wave_id=wave.id, language="en", sent_on=today(), receipt_hash=HASH)
    db.session.add(row)


@pytest.mark.parametrize("kept_at_once", [True, False])
def test_a_clash_is_logged_without_a_receipt_and_explained(wave, visitor, monkeypatch, caplog, kept_at_once):
    def clash(**_sent):
        add(wave)
        if kept_at_once:
            db.session.flush()
        return True

    monkeypatch.setattr(answering, "send", clash)
    answer = visitor.fill_in("/s/youth", **ANSWERS)
    assert answer.status_code == 409
    assert "went wrong on our side" in answer.text
    assert "IntegrityError" in caplog.text
    assert "RRRR" not in caplog.text
    assert HASH.hex() not in caplog.text


def test_an_error_of_the_database_says_no_value(wave):
    add(wave)
    with pytest.raises(IntegrityError) as failed:
        db.session.flush()
    assert "hidden" in str(failed.value)


def test_a_mistake_of_ours_is_logged_without_the_words_it_was_about(app, wave, visitor, monkeypatch, caplog):
    def break_down(**_sent):
        raise ValueError(" ".join(["my name is", "Invented", "Person"]))

    monkeypatch.setattr(answering, "send", break_down)
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", 0)
    assert visitor.fill_in("/s/youth", **ANSWERS).status_code == 500
    assert "break_down" in caplog.text
    assert "Invented Person" not in caplog.text
