"""Whoever holds the backups of two nights, and the key, does not find one new card beside one new response."""

import sqlite3
from contextlib import closing

import pytest

from engage.safe import databases, saving
from engage.shared import db
from engage.shared.clock import now, today
from engage.surveys.actions.cards import BATCH, make_cards, use_card
from engage.surveys.models import ResponseRow, SpentCardRow
from engage.surveys.queries.cards import card, codes_of, key_of
from engage.worker import clock
from tests.answers import make_response
from tests.surveys import count, make_wave


@pytest.fixture
def wave(installed):
    wave = make_wave(by_card=True)
    make_cards(wave.id, codes(), setting_id=None)
    db.session.commit()
    return wave


def codes():
    return list(codes_of("a seed", BATCH + 5))


def answer_by(wave, code):
    use_card(code, today=today())
    db.session.commit()
    make_response(wave)


def night(settings, folder):
    """A night and its backup, opened; gives the file of its database."""
    clock.every_night(now(), today())
    folder.mkdir()
    _, dump = saving.unpack(settings, saving.save(settings, folder / "kept")[0], folder)
    return dump


def used_in(dump):
    """The keys that two backups could be compared by: of cards that say that they were used, or stand beside."""
    with closing(sqlite3.connect(dump)) as line:
        asked = "SELECT key FROM card WHERE used UNION ALL SELECT key FROM spent_card"
        return {key for (key,) in line.execute(asked)}


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_of_quiet_days_no_backup_says_which_card_was_used(installed, wave, tmp_path):
    for day in range(3):
        answer_by(wave, codes()[day])
        assert used_in(night(installed, tmp_path / f"night {day}")) == set()
    for code in codes()[3:BATCH]:
        answer_by(wave, code)
    assert used_in(night(installed, tmp_path / "the batch is full")) == {key_of(code) for code in codes()[:BATCH]}


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_control_a_copy_with_the_spent_cards_says_it(installed, wave, tmp_path, monkeypatch):
    monkeypatch.setattr(databases, "LEFT_OUT", ("felt_mark",))
    answer_by(wave, codes()[0])
    assert used_in(night(installed, tmp_path / "night")) == {key_of(codes()[0])}


def test_a_spent_card_stands_in_the_database_and_no_backup_and_comes_back_unused(installed, wave, tmp_path):
    answer_by(wave, codes()[0])
    clock.every_night(now(), today())
    file, contents = saving.save(installed, tmp_path / "kept")
    assert count(SpentCardRow) == 1
    assert card(codes()[0]).used
    db.session.rollback()
    assert contents.rows["spent_card"] == 0
    assert saving.restore(installed, file).faults == ()
    assert count(SpentCardRow) == 0
    assert count(ResponseRow) == 1
    assert not card(codes()[0]).used  # the price: until its batch was full it lets in once more
