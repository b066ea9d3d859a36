"""Surveys being written, and versions that no new wave asks."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "survey_draft",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("code", sa.String(40), nullable=False, unique=True),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("version_id", sa.Integer(), sa.ForeignKey("survey_version.id"), nullable=True),
        sa.Column("changed_by", sa.Integer(), sa.ForeignKey("person.id"), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
    )
    for column in ("version_id", "changed_by"):
        op.create_index(f"ix_survey_draft_{column}", "survey_draft", [column])
    op.add_column("survey_version", sa.Column("retired_on", sa.Date(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("survey_version") as table:
        table.drop_column("retired_on")
    op.drop_table("survey_draft")
