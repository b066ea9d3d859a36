"""A theme keeps a mark of each receipt that fed it, in place of the receipt."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from engage.shared import crypto

revision = "0036"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    marked = _marks(op.get_bind().execute(sa.text("SELECT theme_id, receipt_hash FROM theme_receipt")).all())
    op.drop_table("theme_receipt")
    table = _make("mark", sa.PrimaryKeyConstraint("mark"))
    op.bulk_insert(table, marked)


def downgrade() -> None:
    """Leave the table empty: no receipt can be told from its marks. The other channels stay: pages, posters, feed."""
    op.drop_table("theme_receipt")
    _make("receipt_hash", sa.PrimaryKeyConstraint("receipt_hash", "theme_id"))


def _marks(rows: Sequence[sa.Row[tuple[int, bytes]]]) -> list[dict[str, int | bytes]]:
    """Make the marks as `analysis.queries.receipts` does, and lay them in the order of their bytes."""
    made = [(crypto.keyed("theme of a receipt", b"%d\0" % theme + bytes(held)), theme) for theme, held in rows]
    return [{"mark": mark, "theme_id": theme} for mark, theme in sorted(made)]


def _make(column: str, key: sa.PrimaryKeyConstraint) -> sa.Table:
    theme = sa.Column("theme_id", sa.Integer(), sa.ForeignKey("theme.id"), nullable=False)
    made = op.create_table(
        "theme_receipt", sa.Column(column, sa.LargeBinary(32), nullable=False), theme, key, sqlite_with_rowid=False
    )
    op.create_index("ix_theme_receipt_theme_id", "theme_receipt", ["theme_id"])
    return made
