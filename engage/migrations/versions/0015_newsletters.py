"""Newsletters: which days each tells of, and the words above it."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "newsletter",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("edition", sa.String(20), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("written_by", sa.Integer(), sa.ForeignKey("person.id"), nullable=False),
        sa.Column("checked_by", sa.Integer(), sa.ForeignKey("person.id"), nullable=True),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.UniqueConstraint("edition", "number"),
        sa.CheckConstraint("checked_by IS NULL OR checked_by <> written_by", name="words_by_another"),
        sa.CheckConstraint("(state = 'issued') = (issued_on IS NOT NULL)", name="issued_has_day"),
        sa.CheckConstraint("since < until", name="tells_of_a_day"),
    )
    for column in ("written_by", "checked_by"):
        op.create_index(f"ix_newsletter_{column}", "newsletter", [column])


def downgrade() -> None:
    op.drop_table("newsletter")
