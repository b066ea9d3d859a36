"""What a fact-checker finds wrong in an update, and why the panel sends a proposed concern back."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("concern_update", sa.Column("wrong", sa.Text(), nullable=False, server_default=""))
    op.add_column("concern", sa.Column("sent_back", sa.Text(), nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("concern", "sent_back")
    op.drop_column("concern_update", "wrong")
