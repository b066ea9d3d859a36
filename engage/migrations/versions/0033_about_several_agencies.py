"""An answer may be about people of several agencies, and is kept from each."""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _make_again("excerpt_key", "agency_id")


def downgrade() -> None:
    _make_again("excerpt_key")


def _make_again(*key: str) -> None:
    asked = sa.text("SELECT excerpt_key, agency_id FROM excerpt_about ORDER BY agency_id")
    kept = {tuple(getattr(row, name) for name in key): row._asdict() for row in op.get_bind().execute(asked)}
    op.drop_table("excerpt_about")
    table = op.create_table(
        "excerpt_about",
        sa.Column("excerpt_key", sa.LargeBinary(16), sa.ForeignKey("excerpt.key", ondelete="CASCADE")),
        sa.Column("agency_id", sa.Integer(), sa.ForeignKey("agency.id"), nullable=False),
        sa.PrimaryKeyConstraint(*key),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_excerpt_about_agency_id", "excerpt_about", ["agency_id"])
    op.bulk_insert(table, list(kept.values()))
