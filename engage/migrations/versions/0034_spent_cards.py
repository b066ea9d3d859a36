"""A spent card says so only together with others of its place."""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "spent_card",
        sa.Column("key", sa.LargeBinary(32), sa.ForeignKey("card.key", ondelete="CASCADE"), primary_key=True),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.execute("UPDATE card SET used = true WHERE key IN (SELECT key FROM spent_card)")
    op.drop_table("spent_card")
