"""Questions that several age bands were asked in one quarter, counted together; results kept as a file."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "merged",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("family", sa.String(length=40), nullable=False),
        sa.Column("quarter", sa.String(length=7), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_merged")),
        sa.UniqueConstraint("family", "quarter", name=op.f("uq_merged_family")),
    )
    op.create_table(
        "result_file",
        sa.Column("wave_code", sa.String(length=60), nullable=False),
        sa.Column("made_of", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("wave_code", name=op.f("pk_result_file")),
    )


def downgrade() -> None:
    op.drop_table("result_file")
    op.drop_table("merged")
