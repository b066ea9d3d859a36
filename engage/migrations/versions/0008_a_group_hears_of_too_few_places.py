"""a group's leader hears once that places came free, and fewer than the group needs."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("forum_group") as table:
        table.add_column(sa.Column("told_few", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    with op.batch_alter_table("forum_group") as table:
        table.drop_column("told_few")
