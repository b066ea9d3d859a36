"""After the night a raw database tells nobody's turn: not by its pages on SQLite, not by transactions on PostgreSQL."""

import random
import threading
from itertools import combinations
from pathlib import Path

import pytest
from sqlalchemy import column, delete, insert, literal_column, select, table, text

from engage.analysis.jobs import do_all
from engage.analysis.models import ExcerptRow
from engage.safe import databases
from engage.shared import db
from engage.shared.clock import now, today
from engage.surveys.models import AnswerRow, ResponseRow, SittingRow, WrittenRow
from engage.worker import clock
from engage.worker.shuffling import in_no_order, shuffle
from tests.answers import make_response
from tests.btree import as_written, cells, in_file, trees
from tests.conftest import Visitor
from tests.safe.conftest import started
from tests.surveys import ANSWERS, count, make_wave

MANY = 20
FULL = (AnswerRow, ExcerptRow, WrittenRow)  # on SQLite they fill several pages, which part who came when
PAIRS = MANY * (MANY - 1) // 2
BY_CHANCE = 175  # of 190; by chance 95, and more than that once in ten million
TABLES = (ResponseRow, AnswerRow, WrittenRow, SittingRow, ExcerptRow)


@pytest.fixture
def turns(settings):
    """Twenty answer, one after the other, each screened at once; gives by table whose turn the first column tells."""
    with started(settings) as app:
        app.test_client_class = Visitor
        db.create_tables()
        make_wave()
        came = {table.__tablename__: {} for table in TABLES}
        for turn in range(MANY):
            app.test_client().fill_in("/s/youth", **ANSWERS)
            do_all()
            for table in TABLES:
                for (first,) in db.session.execute(select(literal_column(column_of(table))).select_from(table)):
                    came[table.__tablename__].setdefault(bytes(first), turn)
            db.session.rollback()
        yield came


def column_of(row):
    return row.__table__.columns.values()[0].name


def as_they_lie(table):
    """The first columns as a file or the transactions give them, each once."""
    if db.engine().dialect.name == "sqlite":
        return list(dict.fromkeys(as_written(in_file(table.__tablename__))))
    asked = select(literal_column(column_of(table))).select_from(table)
    with db.reading():
        found = db.session.execute(asked.order_by(text(f"{table.__tablename__}.xmin::text::bigint, ctid")))
        return list(dict.fromkeys(bytes(first) for (first,) in found))


def in_turn(came, table, lying=None):
    """How many of all pairs lie in the order in which they came."""
    known = came[table.__tablename__]
    turns = [known[first] for first in (as_they_lie(table) if lying is None else lying)]
    return sum(one < other for one, other in combinations(turns, 2))


def test_after_the_night_no_raw_place_tells_an_order(turns):
    clock.every_night(now(), today())
    told = {table.__tablename__: in_turn(turns, table) for table in TABLES}
    assert all(PAIRS - BY_CHANCE <= pairs <= BY_CHANCE for pairs in told.values()), told


def test_control_before_the_night_raw_places_tell_all_of_it(turns):
    told = {table.__tablename__: in_turn(turns, table) for table in TABLES if table not in FULL}
    assert set(told.values()) == {PAIRS}, told


def layout(file=None):
    """Where every cell lies of every tree of the tables without order, their indexes too."""
    in_file("response")
    file = file or Path(str(db.engine().url.database))
    names = {one.name for one in in_no_order()} | {index.name for one in in_no_order() for index in one.indexes}
    found = trees(file).items()
    return {tree: cells(file, page) for tree, page in found if tree in names or tree.startswith("sqlite_autoindex")}


def bring_in_another_order():
    """Take every row away and write the same ones again, in an order of chance."""
    bare = [table(one.name, *(column(each.name) for each in one.columns)) for one in in_no_order()]
    with db.engine().begin() as connection:
        rows = [connection.execute(select(one)).mappings().all() for one in bare]
        for one in reversed(bare):
            connection.execute(delete(one))
        for one, found in zip(bare, rows, strict=True):
            for row in random.sample(found, len(found)):
                connection.execute(insert(one).values(**row))


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_whatever_the_order_in_which_they_came_the_file_and_its_copy_are_the_same(turns, tmp_path):
    shuffle()
    laid = layout()
    bring_in_another_order()
    changed = {tree for tree, found in layout().items() if found != laid[tree]}
    assert {"response", "answer", "written", "sitting", "excerpt"} <= changed  # the control: before, it does matter
    databases.copy_out(db.engine(), tmp_path / "copy.db")
    assert layout(tmp_path / "copy.db") == laid
    shuffle()
    assert layout() == laid


LONG = "invented words " * 300


@pytest.mark.parametrize("settings", ["postgres"], indirect=True)
def test_long_words_that_postgres_keeps_apart_tell_no_order_either(turns):
    wave = make_wave("long")
    came = [make_response(wave, words=LONG) for _ in range(MANY)]
    numbered = select(ResponseRow.receipt_hash).join(WrittenRow, WrittenRow.response_key == ResponseRow.key)
    numbered = numbered.where(WrittenRow.wave_id == wave.id).order_by(text("pg_column_toast_chunk_id(words)"))

    def told():
        with db.reading():
            turns = [came.index(bytes(one)) for one in db.session.scalars(numbered)]
        return sum(one < other for one, other in combinations(turns, 2))

    assert told() == PAIRS  # the control: before the night they do
    shuffle()
    assert PAIRS - BY_CHANCE <= told() <= BY_CHANCE


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_what_is_sent_while_the_file_is_laid_anew_waits_and_is_kept(settings):
    stop, laid = threading.Event(), []
    with started(settings) as app:
        app.test_client_class = Visitor
        db.create_tables()
        wave = make_wave()
        make_response(wave, words=LONG * 200)  # something to lay
        db.session.remove()

        def lay():
            with app.app_context():
                while not stop.is_set():
                    shuffle()
                    laid.append(1)

        night = threading.Thread(target=lay)
        night.start()
        sent = [app.test_client().fill_in("/s/youth", **ANSWERS).status_code for _ in range(MANY)]
        stop.set()
        night.join()
        assert sent == [303] * MANY
        assert count(ResponseRow) == MANY + 1
        assert len(laid) > 1
