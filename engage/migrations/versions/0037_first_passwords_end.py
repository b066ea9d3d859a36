"""A first password that an administrator made opens nothing after seven days."""

from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None

DAYS = 7


def upgrade() -> None:
    op.add_column("person", sa.Column("password_until", sa.DateTime(), nullable=True))
    until = datetime.now(UTC).replace(tzinfo=None) + timedelta(days=DAYS)
    person = sa.table("person", sa.column("choose_password", sa.Boolean), sa.column("password_until", sa.DateTime))
    op.execute(person.update().where(person.c.choose_password).values(password_until=until))


def downgrade() -> None:
    with op.batch_alter_table("person") as table:
        table.drop_column("password_until")
