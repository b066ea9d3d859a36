"""one question of a wave by others; how many live here, and who looks after a gap."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "cut",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("wave_id", sa.Integer(), nullable=False),
        sa.Column("item", sa.String(length=60), nullable=False),
        sa.Column("by", sa.String(length=130), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=True),
        sa.Column("refused", sa.String(length=300), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["wave_id"], ["wave.id"], name=op.f("fk_cut_wave_id_wave")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cut")),
        sa.UniqueConstraint("wave_id", "item", "by", name=op.f("uq_cut_wave_id")),
    )
    with op.batch_alter_table("cut", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_cut_wave_id"), ["wave_id"], unique=False)
    op.create_table(
        "population",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area", sa.String(length=80), nullable=False),
        sa.Column("item", sa.String(length=60), nullable=False),
        sa.Column("group", sa.String(length=60), nullable=False),
        sa.Column("words", sa.String(length=120), nullable=False),
        sa.Column("year", sa.String(length=20), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_population")),
        sa.UniqueConstraint("item", "group", name=op.f("uq_population_item")),
    )
    op.create_table(
        "gap",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item", sa.String(length=60), nullable=False),
        sa.Column("group", sa.String(length=60), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("plan", sa.String(length=300), nullable=False),
        sa.Column("by_when", sa.Date(), nullable=False),
        sa.Column("named_on", sa.Date(), nullable=False),
        sa.Column("named_by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["named_by"], ["person.id"], name=op.f("fk_gap_named_by_person")),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"], name=op.f("fk_gap_owner_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gap")),
        sa.UniqueConstraint("item", "group", name=op.f("uq_gap_item")),
    )
    with op.batch_alter_table("gap", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_gap_named_by"), ["named_by"], unique=False)
        batch_op.create_index(batch_op.f("ix_gap_owner_id"), ["owner_id"], unique=False)


def downgrade() -> None:
    op.drop_table("gap")
    op.drop_table("population")
    op.drop_table("cut")
