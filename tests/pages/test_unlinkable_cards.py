"""Nobody who holds the database's files, or its backups, can tell whose card was whose answers."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import select, text

from engage import create_app
from engage.receipts.words import hashed
from engage.shared import db
from engage.shared.clock import now, today
from engage.shared.errors import NotOpen
from engage.surveys.actions.cards import BATCH, make_cards, use_card
from engage.surveys.actions.sittings import Sending, send
from engage.surveys.models import CardRow, ResponseRow, SettingRow, SpentCardRow
from engage.surveys.queries.cards import cards_made, codes_of, key_of
from engage.surveys.queries.sittings import sitting_of
from engage.surveys.rules.answers import Answer
from engage.surveys.rules.waves import Wave
from engage.worker import clock
from engage.worker.shuffling import shuffle
from tests.btree import as_written, in_file
from tests.conftest import make_settings
from tests.pages.test_cards import MANY, make_codes
from tests.surveys import count, make_wave


@pytest.fixture(params=["sqlite", "postgres"])
def own_app(request: pytest.FixtureRequest, tmp_path) -> Iterator[Flask]:
    """An app with a database of its own, whose rows lie where this test alone put them."""
    settings = make_settings(tmp_path)
    if request.param == "postgres":
        settings = replace(settings, database_url=request.getfixturevalue("empty_postgres"))
    app = create_app(settings)
    with app.app_context():
        db.create_tables()
        yield app
        db.session.remove()
        db.engine().dispose()


def answered_in_a_known_order(app: Flask) -> list[tuple[bytes, bytes]]:
    """Let many use a card and send, one after the other; give whose card was whose receipt: the truth."""
    wave = make_wave(by_card=True)
    truth = []
    for place, code in enumerate(make_codes(wave, MANY)):
        use_card(code, today=today())
        db.session.commit()
        sitting = sitting_of(f"youth:{place}")
        sending = Sending((Answer("lives", ("live",)),), "en", None)
        send(wave=wave, sitting=sitting, sending=sending, today=today())
        db.session.commit()
        truth.append((key_of(code), hashed(sitting.words)))
    db.session.rollback()
    return truth


def guessed(cards: list[bytes], receipts: list[bytes], truth: list[tuple[bytes, bytes]]) -> int:
    """Pair cards and responses by their places, as somebody with the files would; how many pairs are right."""
    return len(set(zip(cards, receipts, strict=True)) & set(truth))


def in_their_places(table: type[db.Model]) -> list[bytes]:
    """Read keys as they lie: by transaction and place on PostgreSQL, in the raw pages of SQLite's file."""
    if db.engine().dialect.name == "sqlite":
        db.session.rollback()
        return as_written(in_file(table.__tablename__))
    asked = select(table.__table__.c.key).order_by(text("xmin::text::bigint, ctid"))
    return [bytes(key) for key in db.session.scalars(asked)]


def pairs_told(truth: list[tuple[bytes, bytes]]) -> int:
    """How many pairs come out right when used cards and responses are laid side by side."""
    receipts = dict(db.session.execute(select(ResponseRow.key, ResponseRow.receipt_hash)).tuples().all())
    return guessed(in_their_places(SpentCardRow), [receipts[key] for key in in_their_places(ResponseRow)], truth)


def test_after_the_night_no_place_and_no_transaction_tells_whose_card_was_whose_answers(own_app):
    truth = answered_in_a_known_order(own_app)
    shuffle()
    assert count(SpentCardRow) == count(ResponseRow) == MANY
    assert pairs_told(truth) <= MANY // 3  # by chance one is right


def test_control_rows_that_lie_as_they_came_give_every_pair_away(own_app):
    truth = answered_in_a_known_order(own_app)
    assert pairs_told(truth) == MANY


def test_a_night_says_of_cards_that_they_were_used_once_twenty_of_a_place_were(own_app):
    wave = make_wave(by_card=True)
    here, there = make_codes(wave, BATCH), list(codes_of("there", BATCH))
    make_cards(wave.id, there, setting_id=make_setting(wave))
    for code in (*here[:-1], *there[:-1]):  # together more than enough, of each place one too few
        use_card(code, today=today())
    db.session.commit()
    clock.every_night(now(), today())
    assert marked() == set()
    use_card(here[-1], today=today())
    db.session.commit()
    clock.every_night(now(), today())
    assert marked() == {key_of(code) for code in here}
    assert cards_made(wave.id) == (2 * BATCH, 2 * BATCH - 1)
    for code in (*here, there[0]):
        with pytest.raises(NotOpen):
            use_card(code, today=today())
        db.session.rollback()


def marked() -> set[bytes]:
    with db.reading():
        return set(db.session.scalars(select(CardRow.key).where(CardRow.used)))


def make_setting(wave: Wave) -> int:
    setting = SettingRow(wave_id=wave.id, code="there", name="There (invented)")
    db.session.add(setting)
    db.session.flush()
    return setting.id
