"""Bring the database to the version of this program, and back, with Alembic.

Neither the web process nor the worker loads Alembic: it takes 10 MB that they never use.
"""

from pathlib import Path

import flask_migrate
from alembic.script import ScriptDirectory
from flask import current_app

from engage.shared import db

HERE = Path(__file__).parents[1] / "migrations"
NEWEST, NONE = "head", "base"


def upgrade(version: str = NEWEST) -> None:
    """Bring the current app's database up to a version, all or nothing."""
    _prepare()
    flask_migrate.upgrade(revision=version)


def downgrade(version: str) -> None:
    """Bring it back to an older version, or to `NONE`."""
    _prepare()
    flask_migrate.downgrade(revision=version)


def stamp() -> None:
    """Note that the tables are already those of the newest version."""
    _prepare()
    flask_migrate.stamp()


def write(what: str) -> None:
    """Write the migration from what the database has to what the code has; `what` says it in few words."""
    _prepare()
    flask_migrate.migrate(message=what)


def known() -> set[str]:
    """Give every version there is a migration for."""
    return {one.revision for one in ScriptDirectory(str(HERE)).walk_revisions()}


def _prepare() -> None:
    flask_migrate.Migrate(current_app, db.library, directory=str(HERE), render_as_batch=True)
