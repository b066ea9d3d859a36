"""Run migrations inside the app, on the database of its settings."""

from typing import Any

from alembic import context
from flask import current_app
from flask_security.datastore import AsaList

from engage.shared import db
from engage.shared.crypto import Sealed


def as_plain_column(kind: str, thing: Any, _context: Any) -> str | bool:
    """Write a column type of ours or of a library as what the database keeps, so that a migration needs neither."""
    if kind != "type":
        return False
    if isinstance(thing, Sealed):
        return "sa.LargeBinary()"
    return "sa.Text()" if isinstance(thing, AsaList) else False


migrate = current_app.extensions["migrate"]
options = dict(
    migrate.configure_args, target_metadata=db.Model.metadata, compare_type=True, render_item=as_plain_column
)


def run() -> None:
    """Run every migration in one transaction: all of them, or none."""
    with db.engine().connect() as connection, db.rebuilding(connection):
        context.configure(connection=connection, **options)
        with context.begin_transaction():
            context.run_migrations()


run()
