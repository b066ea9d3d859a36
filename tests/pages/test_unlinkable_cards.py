"""Nobody who holds the database's files can tell whose card was whose answers: by place or transaction."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import Select, TextClause, select, text

from engage import create_app
from engage.receipts.words import hashed
from engage.shared import db
from engage.shared.clock import today
from engage.surveys.actions.cards import use_card
from engage.surveys.actions.sittings import Sending, send
from engage.surveys.models import CardRow, ResponseRow
from engage.surveys.queries.cards import key_of
from engage.surveys.queries.sittings import sitting_of
from engage.surveys.rules.answers import Answer
from engage.worker.shuffling import shuffle
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


USED_CARDS = select(CardRow.key).where(CardRow.used)
RECEIPTS = select(ResponseRow.receipt_hash)
AS_THEY_CAME = text("xmin::text::bigint, ctid")


def in_their_places(asked: Select[tuple[bytes]] | TextClause) -> list[bytes]:
    """Read rows as they lie: by transaction and place on PostgreSQL, as they are found on SQLite."""
    if isinstance(asked, Select) and db.engine().dialect.name == "postgresql":
        asked = asked.order_by(AS_THEY_CAME)
    return [bytes(row[0]) for row in db.session.execute(asked)]


def test_after_the_night_no_place_and_no_transaction_tells_whose_card_was_whose_answers(own_app):
    truth = answered_in_a_known_order(own_app)
    shuffle()
    assert guessed(in_their_places(USED_CARDS), in_their_places(RECEIPTS), truth) <= MANY // 3  # by chance one is right
    assert count(ResponseRow) == MANY


def test_control_rows_that_lie_as_they_came_give_every_pair_away(own_app):
    truth = answered_in_a_known_order(own_app)
    cards, receipts = USED_CARDS, RECEIPTS
    if db.engine().dialect.name == "sqlite":  # its rows never lie as they came; in a table with a rowid they would
        db.session.execute(text("CREATE TABLE came (card BLOB, receipt BLOB)"))
        db.session.execute(
            text("INSERT INTO came VALUES (:card, :receipt)"),
            [{"card": card, "receipt": receipt} for card, receipt in truth],
        )
        cards, receipts = text("SELECT card FROM came"), text("SELECT receipt FROM came")
    assert guessed(in_their_places(cards), in_their_places(receipts), truth) == MANY
