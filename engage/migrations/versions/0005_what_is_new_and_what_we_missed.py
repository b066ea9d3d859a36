"""what is new, small but serious, and what we missed."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("theme_run") as table:
        table.add_column(sa.Column("inputs", sa.String(length=64), nullable=False, server_default=""))
        table.add_column(sa.Column("body", sa.Text(), nullable=False, server_default=""))
        table.add_column(sa.Column("sha256", sa.String(length=64), nullable=False, server_default=""))
    _make_runs()
    _make_decisions()
    _make_rereads()


def _make_runs() -> None:
    for name, body in (
        ("emerging_run", sa.Column("body", sa.Text(), nullable=False)),
        ("serious_run", sa.Column("body", sa.LargeBinary(), nullable=True)),
    ):
        op.create_table(
            name,
            sa.Column("id", sa.Integer(), nullable=False),
            sa.Column("wave_id", sa.Integer(), nullable=False),
            sa.Column("made_at", sa.DateTime(), nullable=False),
            body,
            sa.Column("sha256", sa.String(length=64), nullable=False),
            sa.ForeignKeyConstraint(["wave_id"], ["wave.id"], name=op.f(f"fk_{name}_wave_id_wave")),
            sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
        )
        op.create_index(op.f(f"ix_{name}_wave_id"), name, ["wave_id"])


def _make_decisions() -> None:
    op.create_table(
        "rise_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("wave_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(length=200), nullable=False),
        sa.Column("names", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("theme_id", sa.Integer(), nullable=True),
        sa.Column("why", sa.String(length=300), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.CheckConstraint("state IN ('new', 'confirmed', 'dismissed')", name=op.f("ck_rise_decision_state")),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name=op.f("fk_rise_decision_by_person")),
        sa.ForeignKeyConstraint(["theme_id"], ["theme.id"], name=op.f("fk_rise_decision_theme_id_theme")),
        sa.ForeignKeyConstraint(["wave_id"], ["wave.id"], name=op.f("fk_rise_decision_wave_id_wave")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rise_decision")),
    )
    for column in ("by", "theme_id", "wave_id"):
        op.create_index(op.f(f"ix_rise_decision_{column}"), "rise_decision", [column])


def _make_rereads() -> None:
    op.create_table(
        "reread_draw",
        sa.Column("week", sa.Date(), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("of", sa.Integer(), nullable=False),
        sa.Column("drawn", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("week", name=op.f("pk_reread_draw")),
    )
    op.create_table(
        "reread",
        sa.Column("excerpt_key", sa.LargeBinary(length=16), nullable=False),
        sa.Column("week", sa.Date(), nullable=False),
        sa.Column("first_reader", sa.Integer(), nullable=False),
        sa.Column("read_on", sa.Date(), nullable=True),
        sa.Column("read_by", sa.Integer(), nullable=True),
        sa.Column("worrying", sa.Boolean(), nullable=True),
        sa.CheckConstraint("(read_by IS NULL) = (worrying IS NULL)", name=op.f("ck_reread_read_by_somebody")),
        sa.CheckConstraint("read_by <> first_reader", name=op.f("ck_reread_by_another")),
        sa.ForeignKeyConstraint(
            ["excerpt_key"], ["excerpt.key"], name=op.f("fk_reread_excerpt_key_excerpt"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["first_reader"], ["person.id"], name=op.f("fk_reread_first_reader_person")),
        sa.ForeignKeyConstraint(["read_by"], ["person.id"], name=op.f("fk_reread_read_by_person")),
        sa.ForeignKeyConstraint(["week"], ["reread_draw.week"], name=op.f("fk_reread_week_reread_draw")),
        sa.PrimaryKeyConstraint("excerpt_key", name=op.f("pk_reread")),
        sqlite_with_rowid=False,
    )
    for column in ("first_reader", "read_by", "week"):
        op.create_index(op.f(f"ix_reread_{column}"), "reread", [column])


def downgrade() -> None:
    for name in ("reread", "reread_draw", "rise_decision", "serious_run", "emerging_run"):
        op.drop_table(name)
    with op.batch_alter_table("theme_run") as table:
        for name in ("sha256", "body", "inputs"):
            table.drop_column(name)
