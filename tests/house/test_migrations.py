"""The migrations make the tables the code has, forwards and backwards, on both databases."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from sqlalchemy import inspect, select, text

from engage import create_app
from engage.accounts import chain
from engage.analysis.queries.receipts import mark_of, themes_of_receipt
from engage.safe import databases, versions
from engage.safeguarding.actions import raise_alert
from engage.safeguarding.models import AlertRow, MessageRow
from engage.safeguarding.queries.about import receipts_about
from engage.safeguarding.rules.alerts import NewAlert
from engage.shared import db
from engage.shared.crypto import seal
from engage.worker.shuffling import anew, by_key, in_no_order, shuffle
from tests.conftest import make_settings
from tests.doors import DURING, make_forum, make_young
from tests.people import make_agency


@pytest.fixture(params=["sqlite", "postgres"])
def empty_app(request: pytest.FixtureRequest, tmp_path) -> Iterator[Flask]:
    settings = make_settings(tmp_path)
    if request.param == "postgres":
        settings = replace(settings, database_url=request.getfixturevalue("empty_postgres"))
    app = create_app(settings)
    with app.app_context():
        yield app
        db.session.remove()
        db.engine().dispose()


def differences() -> list[object]:
    with db.engine().connect() as connection:
        return compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), db.Model.metadata)


def test_migrating_makes_exactly_the_tables_of_the_code(empty_app):
    versions.upgrade()
    assert differences() == []


def test_a_missing_table_is_noticed(empty_app):
    versions.upgrade()
    with db.engine().begin() as connection:
        connection.execute(text("DROP TABLE wrong_try"))
    assert differences() != []


def test_migrating_back_leaves_nothing(empty_app):
    versions.upgrade()
    versions.downgrade(versions.NONE)
    assert inspect(db.engine()).get_table_names() == ["alembic_version"]


def test_an_audit_that_was_written_before_it_was_a_chain_becomes_one_and_goes_back(empty_app):
    versions.upgrade("0023")
    lines = "INSERT INTO audit (id, at, did, about, reason) VALUES (:id, '2026-01-02 03:04:05', 'did', 'thing', '')"
    with db.engine().begin() as connection:
        connection.execute(text(lines), [{"id": 4}, {"id": 9}])
    versions.upgrade()
    found = chain.verify()
    assert (found.lines, found.faults) == (2, ())
    versions.downgrade("0023")
    with db.engine().connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM audit")).scalar() == 2


def test_receipts_that_stood_beside_their_themes_become_marks_and_none_is_left(empty_app):
    versions.upgrade("0033")
    receipt = bytes(range(32))
    with db.engine().begin() as connection:
        for theme in (1, 2):
            row = {"id": theme, "name": f"theme {theme}", "no": False}
            of_theme = """
                INSERT INTO theme (id, name, definition, state, sensitive, words)
                VALUES (:id, :name, '', 'selected', :no, '')
            """
            connection.execute(text(of_theme), row)
            held = "INSERT INTO theme_receipt (receipt_hash, theme_id) VALUES (:receipt, :theme)"
            connection.execute(text(held), {"receipt": receipt, "theme": theme})
    versions.upgrade()
    with db.engine().connect() as connection:
        marks = connection.execute(text("SELECT mark, theme_id FROM theme_receipt")).all()
    assert {(bytes(mark), theme) for mark, theme in marks} == {(mark_of(theme, receipt), theme) for theme in (1, 2)}
    assert themes_of_receipt(receipt) == [1, 2]
    db.session.rollback()
    versions.downgrade("0033")
    assert rows()["theme_receipt"] == 0


def test_words_of_themes_that_few_answers_hold_are_taken_out_of_them(empty_app):
    versions.upgrade("0033")
    run = "INSERT INTO theme_run (id, made_at, texts, seed, method, inputs, body, sha256, source_id) VALUES ({})"
    theme = "INSERT INTO theme (id, name, definition, state, sensitive, run_id, words) VALUES ({})"
    excerpt = """
        INSERT INTO excerpt (key, source_id, item, language, urgency, flagged, details, checked, words)
        VALUES (:key, 1, '', 'en', 0, :no, 0, :no, :words)
    """
    with db.engine().begin() as connection:
        connection.execute(text("INSERT INTO feedback_source (id, name, imported_on) VALUES (1, 's', '2026-01-01')"))
        connection.execute(text(run.format("1, '2026-01-01 00:00:00', 9, 0, '', '', 'blazer', 'f', 1")))
        words = {"words": "bus stop, bus, blazer", "no": False}
        connection.execute(text(theme.format("1, 'Bus', '', 'selected', :no, 1, :words")), words)
        for number in range(9):
            said = seal("At the bus stop, in my blazer" if number < 7 else "The BUS stop")
            connection.execute(text(excerpt), {"key": bytes([number] * 16), "words": said, "no": False})
    versions.upgrade()
    with db.engine().connect() as connection:
        assert connection.execute(text("SELECT words FROM theme")).scalar() == "bus stop, bus"
        assert connection.execute(text("SELECT body || sha256 FROM theme_run")).scalar() == ""


def test_answers_lie_in_no_order_on_sqlite(tmp_path):
    app = create_app(make_settings(tmp_path))
    with app.app_context():
        versions.upgrade()
        with db.engine().connect() as connection:
            made = dict(connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'table'")).all())
        db.engine().dispose()
    assert {one.name for one in in_no_order()} == {name for name, sql in made.items() if "WITHOUT ROWID" in sql}
    assert {"response", "answer", "written", "sitting", "excerpt", "coding", "card"} <= {x.name for x in in_no_order()}


def test_each_table_in_no_order_is_written_anew_and_laid_by_its_keys(empty_app):
    versions.upgrade()
    declared = {
        table.name for table in db.Model.metadata.sorted_tables if not table.dialect_options["sqlite"]["with_rowid"]
    }
    assert {statement.table.name for statement in anew()} == declared
    assert {str(statement).split()[1] for statement in by_key()} == declared
    shuffle()  # the migrations, too, called every key as it is called there


POINTING = ("sign_up", "forum_consent", "alert", "message")


def make_answered_alert() -> None:
    """An invented alert, and a message about it."""
    raise_alert(NewAlert("an invented sentence", "a forum", "a box", "other", 1.0, bytes(32)), at=DURING)
    db.session.flush()
    alert_id = db.session.scalars(select(AlertRow.id)).one()
    db.session.add(MessageRow(receipt_hash=bytes(32), alert_id=alert_id, from_young_person=True, written_at=DURING))
    db.session.commit()


def rows() -> dict[str, int]:
    with db.engine().connect() as connection:
        return databases.counts(connection)


def test_rows_that_point_at_one_another_are_all_there_after_going_back_and_forwards(empty_app):
    versions.upgrade()
    make_young(make_forum())
    make_answered_alert()
    before = rows()
    assert min(before[name] for name in POINTING) > 0
    versions.downgrade("0006")
    versions.upgrade()
    after = rows()
    assert {name: after[name] for name in POINTING} == {name: before[name] for name in POINTING}


def test_whom_alerts_were_about_before_is_kept_for_all_that_came_with_their_receipts(empty_app):
    versions.upgrade()
    make_answered_alert()
    agency_id = make_agency()
    db.session.scalars(select(AlertRow)).one().about_agency_id = agency_id
    db.session.commit()
    versions.downgrade("0033")
    versions.upgrade()
    row = db.session.scalars(select(AlertRow)).one()
    assert (row.about_agency_id, row.words_at) == (agency_id, row.raised_at)
    assert receipts_about() == [(bytes(32), agency_id)]


def test_control_a_table_that_is_dropped_without_care_takes_along_what_points_at_it(tmp_path):
    app = create_app(make_settings(tmp_path))
    with app.app_context():
        versions.upgrade()
        make_young(make_forum())
        with db.engine().begin() as connection:
            connection.execute(text("DROP TABLE sign_up"))
            assert connection.execute(text("SELECT count(*) FROM forum_consent")).scalar() == 0
        db.engine().dispose()


def test_a_migration_that_would_leave_rows_pointing_nowhere_changes_nothing(tmp_path):
    app = create_app(make_settings(tmp_path))
    with app.app_context():
        versions.upgrade()
        make_young(make_forum())
        before = rows()
        with (
            pytest.raises(db.Dangling, match="forum_consent"),
            db.engine().connect() as connection,
            db.rebuilding(connection),
        ):
            connection.execute(text("DELETE FROM sign_up"))
        assert rows() == before
        db.engine().dispose()
