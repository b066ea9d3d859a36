"""What must not be anywhere is looked for everywhere: in every row, in the files, in the log, after fifty answers."""

import logging
import sqlite3
from contextlib import closing
from datetime import timedelta
from itertools import pairwise

import pytest
from sqlalchemy import DateTime, LargeBinary, literal_column, select, text, type_coerce

from engage.shared import db
from engage.shared.clock import now, today
from engage.shared.keeping import RAW_WORDS
from engage.surveys.models import ResponseRow, WrittenRow
from engage.worker import clock
from engage.worker.shuffling import shuffle
from tests.answers import make_response
from tests.conftest import Visitor
from tests.safe.conftest import started
from tests.surveys import ANSWERS, make_wave

MANY = 50
ADDRESS, AGENT, FROM = "203.0.113.77", "PlantedBrowser/7.7 (invented)", "https://planted.example/page"
ABOUT_RESPONSES = ("response", "answer", "written", "sitting", "card")


@pytest.fixture
def answered(settings, caplog):
    """Fifty young people answer one after the other from one planted address; gives their receipts in that order."""
    caplog.set_level(logging.DEBUG)
    with started(settings) as app:
        app.test_client_class = Visitor
        db.create_tables()
        make_wave()
        came, known = [], set()
        for _ in range(MANY):
            visitor = app.test_client()
            visitor.environ_base |= {"REMOTE_ADDR": ADDRESS, "HTTP_USER_AGENT": AGENT, "HTTP_REFERER": FROM}
            visitor.fill_in("/s/youth", **ANSWERS)
            receipts = {bytes(one) for one in db.session.scalars(select(ResponseRow.receipt_hash))}
            came += receipts - known
            known = receipts
            db.session.rollback()
        yield came


def everything_kept():
    """Every value of every row, as text."""
    with db.reading():
        for table in db.Model.metadata.sorted_tables:
            for row in db.session.execute(select(literal_column("*")).select_from(table)):
                yield " ".join(str(value) for value in row)


def planted_in(texts):
    return [one for one in (ADDRESS, AGENT, FROM, "PlantedBrowser") if any(one in words for words in texts)]


def as_they_lie():
    asked = select(ResponseRow.receipt_hash)
    if db.engine().dialect.name == "postgresql":
        asked = asked.order_by(text("xmin::text::bigint, ctid"))
    with db.reading():
        return [bytes(one) for one in db.session.scalars(asked)]


def followed(lying, came):
    """How many still lie directly behind the one they came after."""
    neighbours = set(pairwise(came))
    return sum(pair in neighbours for pair in pairwise(lying))


def test_neither_the_database_nor_the_log_holds_who_asked_or_in_which_order(answered, caplog, tmp_path):
    shuffle()
    assert len(answered) == MANY
    assert planted_in(list(everything_kept())) == []
    assert planted_in([caplog.text]) == []
    assert [one for one in tmp_path.glob("engage.db*") if ADDRESS.encode() in one.read_bytes()] == []
    assert followed(as_they_lie(), answered) <= 6  # by chance one


def test_no_table_of_answers_has_room_for_a_clock(answered):
    tables = db.Model.metadata.tables
    times = [f"{name}.{column.name}" for name in ABOUT_RESPONSES for column in tables[name].columns
             if isinstance(column.type, DateTime)]  # fmt: skip
    assert times == []
    assert any(isinstance(column.type, DateTime) for column in tables["alert"].columns)  # the control: it is seen


def test_control_what_is_planted_in_a_row_is_found(answered):
    db.session.execute(text("UPDATE wave SET title = :agent"), {"agent": AGENT})
    db.session.commit()
    assert planted_in(list(everything_kept())) == [AGENT, "PlantedBrowser"]


@pytest.mark.parametrize("settings", ["postgres"], indirect=True)
def test_control_before_the_night_transactions_tell_the_whole_order(answered):
    assert followed(as_they_lie(), answered) == MANY - 1


def token_of(words):
    wave = make_wave()
    make_response(wave, words=words)
    db.session.commit()
    return bytes(db.session.scalars(select(type_coerce(WrittenRow.words, LargeBinary))).one())


def files_with(token, folder):
    return sorted(one.name for one in folder.glob("engage.db*") if token in one.read_bytes())


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_a_night_leaves_no_byte_of_what_it_forgot_in_any_file(installed, tmp_path):
    token = token_of("an invented answer")
    assert files_with(token, tmp_path)
    later = RAW_WORDS + timedelta(days=2)
    clock.every_night(now() + later, today() + later)
    assert files_with(token, tmp_path) == []


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_control_without_overwriting_the_bytes_stay(installed, tmp_path):
    token = token_of("an invented answer")
    shuffle()
    db.session.remove()
    db.engine().dispose()
    with closing(sqlite3.connect(tmp_path / "engage.db", isolation_level=None)) as bare:
        bare.execute("PRAGMA secure_delete=OFF")
        bare.execute("DELETE FROM written")
        bare.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert files_with(token, tmp_path) == ["engage.db"]
