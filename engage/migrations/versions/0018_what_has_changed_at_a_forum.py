"""When and where a forum was to be before it was changed, so that its people read what is different."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("forum", sa.Column("changed_at", sa.DateTime(), nullable=True))
    op.create_table(
        "forum_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("forum_id", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.Column("starts", sa.Time(), nullable=True),
        sa.Column("ends", sa.Time(), nullable=True),
        sa.Column("venue", sa.String(length=160), nullable=False),
        sa.Column("address", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(["forum_id"], ["forum.id"], name=op.f("fk_forum_change_forum_id_forum")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forum_change")),
    )
    op.create_index("ix_forum_change_forum_id_changed_at", "forum_change", ["forum_id", "changed_at"])


def downgrade() -> None:
    op.drop_table("forum_change")
    with op.batch_alter_table("forum") as table:
        table.drop_column("changed_at")
