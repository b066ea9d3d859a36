"""Briefings in seven boxes, and that a team used one."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

POINTS = {"briefing": ("concern_id", "written_by", "checked_by"), "briefing_use": ("briefing_id", "agency_id")}


def upgrade() -> None:
    op.create_table(
        "briefing",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("slug", sa.String(120), nullable=False, unique=True),
        sa.Column("concern_id", sa.Integer(), sa.ForeignKey("concern.id"), nullable=False),
        sa.Column("title", sa.String(160), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("boxes", sa.Text(), nullable=False),
        sa.Column("written_by", sa.Integer(), sa.ForeignKey("person.id"), nullable=False),
        sa.Column("written_on", sa.Date(), nullable=False),
        sa.Column("checked_by", sa.Integer(), sa.ForeignKey("person.id"), nullable=True),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.CheckConstraint("checked_by IS NULL OR checked_by <> written_by", name="boxes_by_another"),
        sa.CheckConstraint("(state = 'published') = (published_on IS NOT NULL)", name="published_has_day"),
    )
    op.create_table(
        "briefing_use",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("briefing_id", sa.Integer(), sa.ForeignKey("briefing.id"), nullable=False),
        sa.Column("agency_id", sa.Integer(), sa.ForeignKey("agency.id"), nullable=True),
        sa.Column("how", sa.String(20), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
    )
    for table, columns in POINTS.items():
        for column in columns:
            op.create_index(f"ix_{table}_{column}", table, [column])


def downgrade() -> None:
    op.drop_table("briefing_use")
    op.drop_table("briefing")
