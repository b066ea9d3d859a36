"""Which short answers to one question say exactly the same, so that one press reads them all."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("excerpt", sa.Column("alike", sa.LargeBinary(16), nullable=True))
    op.create_index("ix_excerpt_alike", "excerpt", ["alike", "read_on", "key"])


def downgrade() -> None:
    op.drop_index("ix_excerpt_alike", "excerpt")
    with op.batch_alter_table("excerpt") as table:
        table.drop_column("alike")
