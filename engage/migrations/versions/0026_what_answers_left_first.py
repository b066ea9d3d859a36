"""Know whether the answers of a wave are still those that left first."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("wave", sa.Column("taken_mark", sa.LargeBinary(32), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("wave") as table:
        table.drop_column("taken_mark")
