"""where a sentence model placed an answer."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "meaning",
        sa.Column("key", sa.LargeBinary(length=32), nullable=False),
        sa.Column("direction", sa.LargeBinary(), nullable=False),
        sa.Column("used_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_meaning")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("meaning")
