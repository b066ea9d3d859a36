"""Languages that a speaker has checked, and translations of a draft whose English has changed since.

Revision ID: 0024
Revises: 0023
"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sign_off",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("about", sa.String(60), nullable=False),
        sa.Column("language", sa.String(10), nullable=False),
        sa.Column("marks", sa.Text(), nullable=False),
        sa.Column("note", sa.String(500), nullable=False),
        sa.Column("signed_by", sa.Integer(), sa.ForeignKey("person.id"), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.UniqueConstraint("about", "language"),
    )
    op.create_index("ix_sign_off_signed_by", "sign_off", ["signed_by"])

    op.add_column("survey_draft", sa.Column("behind", sa.Text(), nullable=False, server_default="{}"))


def downgrade() -> None:
    with op.batch_alter_table("survey_draft") as table:
        table.drop_column("behind")
    op.drop_table("sign_off")
