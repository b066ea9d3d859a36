"""What the machine had left of an answer that a person took more out of, and the definition a theme had before."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("excerpt", sa.Column("machine_words", sa.LargeBinary(), nullable=True))
    op.add_column("theme_history", sa.Column("before", sa.Text(), nullable=False, server_default=""))


def downgrade() -> None:
    with op.batch_alter_table("theme_history") as table:
        table.drop_column("before")
    with op.batch_alter_table("excerpt") as table:
        table.drop_column("machine_words")
