"""The audit is a chain: each line has a place and a link, and one row says where the chain begins and ends."""

import sqlalchemy as sa
from alembic import op

from engage.accounts.chain import NOTHING, Ends, Line, chain_lines, seal_of

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

AUDIT = sa.table(
    "audit",
    *(sa.column(name) for name in ("id", "place", "link")),
    sa.column("at", sa.DateTime()),
    *(sa.column(name) for name in ("person_id", "did", "about", "reason")),
)


def upgrade() -> None:
    op.add_column("audit", sa.Column("place", sa.Integer(), nullable=True))
    op.add_column("audit", sa.Column("link", sa.LargeBinary(32), nullable=True))
    op.create_index("ix_audit_place", "audit", ["place"], unique=True)
    chain = op.create_table(
        "audit_chain",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("begins_after", sa.Integer(), nullable=False),
        sa.Column("begins_link", sa.LargeBinary(32), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("last_link", sa.LargeBinary(32), nullable=False),
        sa.Column("seal", sa.LargeBinary(32), nullable=False),
        sa.CheckConstraint("id = 1", name="one_row"),
    )
    place_lines(chain)


def place_lines(chain: sa.Table) -> None:
    """Chain the lines that are there, in the order they were written."""
    connection = op.get_bind()
    lines = [Line(*row) for row in connection.execute(sa.select(AUDIT).order_by(AUDIT.c.id))]
    placed, ends = chain_lines(lines, Ends(0, NOTHING, 0, NOTHING))
    if placed:
        here = AUDIT.update().where(AUDIT.c.id == sa.bindparam("row"))
        here = here.values(place=sa.bindparam("place"), link=sa.bindparam("link"))
        connection.execute(here, [{"row": one["id"], "place": one["place"], "link": one["link"]} for one in placed])
    connection.execute(chain.insert().values(id=1, **vars(ends), seal=seal_of(ends)))


def downgrade() -> None:
    op.drop_table("audit_chain")
    with op.batch_alter_table("audit") as table:
        table.drop_index("ix_audit_place")
        table.drop_column("link")
        table.drop_column("place")
