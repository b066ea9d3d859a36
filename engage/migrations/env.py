"""Run migrations inside the app, on the database of its settings."""

from alembic import context
from flask import current_app

from engage.shared import db

migrate = current_app.extensions["migrate"]
options = dict(migrate.configure_args, target_metadata=db.Model.metadata, compare_type=True)


def run() -> None:
    """Run every migration in one transaction."""
    with db.engine().connect() as connection:
        context.configure(connection=connection, **options)
        with context.begin_transaction():
            context.run_migrations()


run()
