"""How long sealed words are leads from an alert to nothing: many words of all lengths make tokens of one length."""

import pytest
from sqlalchemy import text, type_coerce, update
from sqlalchemy.types import LargeBinary

from engage.safeguarding.actions import ask_for_contact, raise_alert
from engage.safeguarding.models import AlertRow, ContactRequestRow
from engage.safeguarding.rules.alerts import NewAlert
from engage.shared import crypto, db
from engage.shared.clock import now

SAID = [letter * length for letter, length in zip("abcdefgh", (1, 15, 16, 40, 80, 120, 200, 255), strict=True)]


def test_alerts_of_all_lengths_have_words_of_one_length(database):
    for number, words in enumerate(SAID):
        raise_alert(NewAlert(words, "Survey", str(number), "hurt", 0.9, b"r" * 32), at=now())
    db.session.flush()
    assert len(set(db.session.scalars(text("SELECT length(words) FROM alert")))) == 1
    assert sorted(row.words for row in db.session.query(AlertRow)) == SAID


def test_control_words_that_fill_no_steps_are_told_apart_by_their_length(app, database):
    assert len({len(crypto.seal(words)) for words in SAID}) > 5


@pytest.mark.parametrize("words", ["", "a", "é" * 128, "x" * 255, "x" * 256, "x" * 5_000, "ÿ", "\0 \0"])
def test_words_open_as_they_were_whatever_fills_their_steps(database, words):
    ask_for_contact(words, receipt_hash=None, at=now())
    db.session.expire_all()
    assert db.session.query(ContactRequestRow).one().words == words


def test_words_that_were_sealed_before_there_were_steps_open_as_well(database):
    ask_for_contact("later", receipt_hash=None, at=now())
    as_before = type_coerce(crypto.seal("before", key="contact"), LargeBinary)
    db.session.execute(update(ContactRequestRow).values(words=as_before))
    db.session.expire_all()
    assert db.session.query(ContactRequestRow).one().words == "before"
