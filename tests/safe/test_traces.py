"""What must not be anywhere is looked for everywhere: in every row, in the files, in the log, after fifty answers."""

import logging
import sqlite3
from contextlib import closing
from datetime import timedelta
from itertools import pairwise

import pytest
from sqlalchemy import DateTime, LargeBinary, literal_column, select, text, type_coerce

from engage.analysis.jobs import do_all
from engage.safe import saving, versions
from engage.shared import db
from engage.shared.clock import now, today
from engage.shared.keeping import RAW_WORDS
from engage.surveys.models import ResponseRow, WrittenRow
from engage.worker import clock
from engage.worker.loop import make_queue
from engage.worker.shuffling import shuffle
from tests.answers import make_response
from tests.btree import as_written, in_file
from tests.conftest import Visitor
from tests.safe.conftest import started
from tests.surveys import ANSWERS, make_wave, token, words_on

MANY = 50
ADDRESS, AGENT, FROM = "203.0.113.77", "PlantedBrowser/7.7 (invented)", "https://planted.example/page"
NAME = "Plantedname Inventedson"
PLANTED = (ADDRESS, AGENT, FROM, "PlantedBrowser", NAME, "Plantedname")
TYPED = ANSWERS | {"area_best": f"The park, says {NAME}"}
SPLIT = 25  # on SQLite a page that became full was parted by key, which hides a part of it
ABOUT_RESPONSES = ("response", "answer", "written", "sitting", "card")


@pytest.fixture
def answered(settings, caplog):
    """Fifty young people answer one after the other from one planted address, and a worker reads what they wrote.

    Gives their receipts in that order, and what only their own browsers hold: cookies, tokens of forms, four words.
    """
    caplog.set_level(logging.DEBUG)
    with started(settings) as app:
        app.test_client_class = Visitor
        db.create_tables()
        make_wave()
        came, known, held = [], set(), []
        for _ in range(MANY):
            visitor = app.test_client()
            visitor.environ_base |= {"REMOTE_ADDR": ADDRESS, "HTTP_USER_AGENT": AGENT, "HTTP_REFERER": FROM}
            held.append(token(visitor.get("/s/youth").text))
            visitor.fill_in("/s/youth", **TYPED)
            held.append(words_on(visitor.get("/s/youth/thanks").text))
            held += [cookie.value for cookie in visitor._cookies.values()]
            receipts = {bytes(one) for one in db.session.scalars(select(ResponseRow.receipt_hash))}
            came += receipts - known
            known = receipts
            db.session.rollback()
        work_through(settings)
        yield came, held


def work_through(settings):
    """Do what is wanted, asked for as the worker asks: through its queue's own file."""
    queue = make_queue(settings)
    queue.task(name="work")(do_all)()
    assert queue.execute(queue.dequeue()) == 1  # all of it is one piece of work
    db.session.commit()


def everything_kept():
    """Every value of every row, as text."""
    with db.reading():
        for table in db.Model.metadata.sorted_tables:
            for row in db.session.execute(select(literal_column("*")).select_from(table)):
                yield " ".join(str(value) for value in row)


def planted_in(texts, planted=PLANTED):
    return [one for one in planted if any(one in words for words in texts)]


def everything_written(settings, folder):
    """Every file there is, a backup as it lies, and what somebody finds who opened its seal."""
    file, _ = saving.save(settings, folder / "kept")
    (folder / "opened").mkdir()
    saving.unpack(settings, file, folder / "opened")
    return {one.name: one.read_bytes() for one in folder.rglob("*") if one.is_file()}


def as_they_lie():
    if db.engine().dialect.name == "sqlite":
        receipts = dict(db.session.execute(select(ResponseRow.key, ResponseRow.receipt_hash)).tuples().all())
        db.session.rollback()
        return [receipts[key] for key in as_written(in_file("response"))]
    with db.reading():
        asked = select(ResponseRow.receipt_hash).order_by(text("xmin::text::bigint, ctid"))
        return [bytes(one) for one in db.session.scalars(asked)]


def followed(lying, came):
    """How many still lie directly behind the one they came after."""
    neighbours = set(pairwise(came))
    return sum(pair in neighbours for pair in pairwise(lying))


def test_neither_the_database_nor_the_log_holds_who_asked_or_in_which_order(answered, caplog):
    came, held = answered
    shuffle()
    assert len(came) == MANY
    assert len(held) >= 3 * MANY
    assert planted_in(list(everything_kept()), (*PLANTED, *held)) == []
    assert planted_in([caplog.text], (*PLANTED, *held)) == []
    assert followed(as_they_lie(), came) <= 6  # by chance one


def test_no_file_and_no_backup_holds_what_was_planted(answered, settings, tmp_path):
    _, held = answered
    versions.stamp()
    files = everything_written(settings, tmp_path)
    planted = [one.encode() for one in (*PLANTED, *held)]
    assert planted_in(list(files.values()), planted) == []
    sqlite = {"engage.db"} if db.engine().dialect.name == "sqlite" else set()
    assert {"queue.db", "dump"} | sqlite <= set(files)


def test_no_table_of_answers_has_room_for_a_clock(answered):
    tables = db.Model.metadata.tables
    times = [f"{name}.{column.name}" for name in ABOUT_RESPONSES for column in tables[name].columns
             if isinstance(column.type, DateTime)]  # fmt: skip
    assert times == []
    assert any(isinstance(column.type, DateTime) for column in tables["alert"].columns)  # the control: it is seen


def test_control_what_is_planted_in_a_row_is_found(answered, settings, tmp_path):
    planted = " ".join((ADDRESS, AGENT, FROM, NAME, *answered[1][:3]))
    db.session.execute(text("UPDATE survey_version SET document = :planted"), {"planted": planted})
    db.session.commit()
    versions.stamp()
    everything = (*PLANTED, *answered[1][:3])
    assert planted_in(list(everything_kept()), everything) == list(everything)
    files = everything_written(settings, tmp_path)
    live = b"".join(content for name, content in files.items() if name.startswith("engage.db"))
    here = [files["dump"], *([live] if live else [])]
    sought = [one.encode() for one in everything]
    assert [planted_in([file], sought) for file in here] == [sought] * len(here)


def test_control_before_the_night_raw_places_tell_the_order(answered):
    assert followed(as_they_lie(), answered[0]) >= MANY - 1 - SPLIT


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
    db.session.remove()
    shuffle()
    db.engine().dispose()
    with closing(sqlite3.connect(tmp_path / "engage.db", isolation_level=None)) as bare:
        bare.execute("PRAGMA secure_delete=OFF")
        bare.execute("DELETE FROM written")
        bare.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert files_with(token, tmp_path) == ["engage.db"]
