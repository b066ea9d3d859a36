"""A theme keeps a mark of each receipt that fed it, in place of the receipt, and of its words what eight answers hold."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

import sqlalchemy as sa
from alembic import op

from engage.shared import crypto

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None

SMALLEST = 8  # answers that hold a word before it may be read without a key


def upgrade() -> None:
    marked = _marks(op.get_bind().execute(sa.text("SELECT theme_id, receipt_hash FROM theme_receipt")).all())
    op.drop_table("theme_receipt")
    table = _make("mark", sa.PrimaryKeyConstraint("mark"))
    op.bulk_insert(table, marked)
    _leave_common_words()
    op.execute("UPDATE theme_run SET body = '', sha256 = ''")  # the next search keeps what it finds anew


def downgrade() -> None:
    """Leave the table empty: no receipt can be told from its marks. The other channels stay: pages, posters, feed."""
    op.drop_table("theme_receipt")
    _make("receipt_hash", sa.PrimaryKeyConstraint("receipt_hash", "theme_id"))


def _marks(rows: Sequence[sa.Row[tuple[int, bytes]]]) -> list[dict[str, int | bytes]]:
    """Make the marks as `analysis.queries.receipts` does, and lay them in the order of their bytes."""
    made = [(crypto.keyed("theme of a receipt", b"%d\0" % theme + bytes(held)), theme) for theme, held in rows]
    return [{"mark": mark, "theme_id": theme} for mark, theme in sorted(made)]


def _leave_common_words() -> None:
    """Take out of the words of each found theme whatever fewer than eight answers hold."""
    bind = op.get_bind()
    themes = bind.execute(sa.text("SELECT id, words FROM theme WHERE run_id IS NOT NULL AND words <> ''")).all()
    sealed = bind.execute(sa.text("SELECT words FROM excerpt WHERE words IS NOT NULL")) if themes else ()
    held = Counter(part for (words,) in sealed for part in _parts(crypto.unseal(bytes(words))))
    for theme_id, words in themes:
        left = ", ".join(word for word in words.split(", ") if held[word] >= SMALLEST)
        bind.execute(sa.text("UPDATE theme SET words = :left WHERE id = :id"), {"left": left, "id": theme_id})


def _parts(words: str) -> set[str]:
    said = re.findall(r"\w+", words.casefold())
    return {*said, *(" ".join(pair) for pair in pairwise(said))}


def _make(column: str, key: sa.PrimaryKeyConstraint) -> sa.Table:
    theme = sa.Column("theme_id", sa.Integer(), sa.ForeignKey("theme.id"), nullable=False)
    made = op.create_table(
        "theme_receipt", sa.Column(column, sa.LargeBinary(32), nullable=False), theme, key, sqlite_with_rowid=False
    )
    op.create_index("ix_theme_receipt_theme_id", "theme_receipt", ["theme_id"])
    return made
