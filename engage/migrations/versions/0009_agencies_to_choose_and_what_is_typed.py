"""agencies to choose from, whose count each adult is on, and what somebody typed until they send it."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "listed_agency",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("forum_id", sa.Integer(), nullable=True),
        sa.Column("key", sa.String(length=160), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.ForeignKeyConstraint(["forum_id"], ["forum.id"], name=op.f("fk_listed_agency_forum_id_forum")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_listed_agency")),
        sa.UniqueConstraint("forum_id", "key", name=op.f("uq_listed_agency_forum_id")),
    )
    op.create_table(
        "forum_draft",
        sa.Column("key", sa.LargeBinary(length=32), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=True),
        sa.Column("typed_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_forum_draft")),
    )
    with op.batch_alter_table("forum_draft") as table:
        table.create_index(op.f("ix_forum_draft_typed_at"), ["typed_at"])
    with op.batch_alter_table("sign_up") as table:
        table.add_column(sa.Column("counted_as", sa.String(length=160), nullable=False, server_default=""))
    _count_by_name()


def _count_by_name() -> None:
    """Until now each name had a count of its own; those who came by it stay on it."""
    sign_up = sa.table("sign_up", sa.column("id"), sa.column("agency"), sa.column("counted_as"))
    there = op.get_bind().execute(sa.select(sign_up.c.id, sign_up.c.agency).where(sign_up.c.agency != "")).all()
    for one, agency in there:
        key = " ".join(agency.casefold().split())[:160]
        op.get_bind().execute(sign_up.update().where(sign_up.c.id == one).values(counted_as=key))


def downgrade() -> None:
    with op.batch_alter_table("sign_up") as table:
        table.drop_column("counted_as")
    op.drop_table("forum_draft")
    op.drop_table("listed_agency")
