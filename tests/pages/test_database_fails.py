"""The database is full, read-only or held by somebody: the page says so, and all recovers without a restart."""

import sqlite3
from contextlib import closing, contextmanager

import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from engage.shared import db
from engage.surveys.models import ResponseRow
from tests.surveys import ANSWERS, count, make_wave, token

LONG = "a long answer " * 140
MOST = 40  # each needs a page of its own


@contextmanager
def read_only():
    """Every connection may only read, as where a disk was mounted so."""

    def only_read(connection):
        connection.exec_driver_sql("SET TRANSACTION READ ONLY" if postgres() else "PRAGMA query_only=ON")

    event.listen(db.engine(), "begin", only_read)
    try:
        yield
    finally:
        event.remove(db.engine(), "begin", only_read)
        db.engine().dispose()


@contextmanager
def full():
    """No page more fits, as on a full disk."""

    def no_more(connection):
        connection.exec_driver_sql("PRAGMA max_page_count=1")

    with db.engine().begin() as connection:
        connection.exec_driver_sql("CREATE TABLE filler (bytes BLOB)")
    event.listen(db.engine(), "begin", no_more)
    fill()
    try:
        yield
    finally:
        event.remove(db.engine(), "begin", no_more)
        db.engine().dispose()
        with db.engine().begin() as connection:
            connection.exec_driver_sql("DROP TABLE filler")


def fill():
    """Use every page that is free; any complaint but that is one of the test's."""
    for size in (100_000, 4_000, 50):
        with pytest.raises(OperationalError, match="is full"):
            fill_up(size)


def fill_up(size):
    while True:
        with db.engine().begin() as connection:
            connection.exec_driver_sql("INSERT INTO filler VALUES (zeroblob(?))", (size,))


@contextmanager
def held():
    """Somebody else writes and does not end."""
    with closing(sqlite3.connect(db.engine().url.database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


def postgres():
    return db.engine().dialect.name == "postgresql"


# More than a second is longer than a process remembers a wave: the page that says no reads it anew.
@pytest.mark.parametrize(("fault", "patience"), [(read_only, 100), (full, 100), (held, 100), (held, 1100)])
def test_a_database_that_takes_nothing_is_told_in_words_and_recovers(app, visitor, monkeypatch, fault, patience):
    if postgres():
        fault = read_only  # the other two are SQLite's
    make_wave()
    page = visitor.get("/s/youth").text
    db.session.rollback()
    with fault(), monkeypatch.context() as impatient:  # only there: a busy machine may need its time to recover
        impatient.setattr(db, "TRIES", 5)
        impatient.setattr(db, "PATIENCE", patience)
        taken, answer = until_refused(app)
    assert answer.status_code == 503
    assert "We can&#39;t save right now" in answer.text
    assert "Traceback" not in answer.text
    assert all(words in answer.text for words in (LONG.strip(), 'value="happy" checked'))  # all that was typed
    assert count(ResponseRow) == taken  # what was acknowledged, and nothing else
    assert send(visitor, page).status_code == 303
    assert count(ResponseRow) == taken + 1


def until_refused(app):
    """Have one after the other send; half-empty pages may still take a few. Gives how many, and the no."""
    for taken in range(MOST):
        somebody = app.test_client()
        answer = send(somebody, somebody.get("/s/youth").text)
        if answer.status_code != 303:
            return taken, answer
    return MOST, answer


def test_control_with_the_database_back_the_same_page_is_sent(visitor):
    make_wave()
    assert send(visitor, visitor.get("/s/youth").text).status_code == 303


def send(visitor, page):
    return visitor.post("/s/youth", data={**ANSWERS, "area_best": LONG, "csrf_token": token(page)})
