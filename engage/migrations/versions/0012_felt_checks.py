"""felt-checks, themes that were noted with a reason, and the day a concern was promised first."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

TABLES = ("noted_theme", "felt_tally", "felt_mark", "felt_hands", "felt_check")


def upgrade() -> None:
    op.create_table(
        "felt_check",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("concern_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("opened_by", sa.Integer(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("wave_code", sa.String(length=60), nullable=False),
        sa.Column("item", sa.String(length=60), nullable=False),
        sa.Column("reported_on", sa.Date(), nullable=True),
        sa.Column("reported_by", sa.Integer(), nullable=True),
        sa.Column("verdict", sa.String(length=20), nullable=False),
        sa.Column("better", sa.Integer(), nullable=True),
        sa.Column("base", sa.Integer(), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.CheckConstraint("(reported_on IS NULL) = (verdict = '')", name=op.f("ck_felt_check_reported_says_what")),
        sa.CheckConstraint("verdict IN ('', 'felt', 'not felt', 'too few')", name=op.f("ck_felt_check_verdict")),
        sa.CheckConstraint("(reported_on IS NULL) = (base IS NULL)", name=op.f("ck_felt_check_reported_has_base")),
        sa.CheckConstraint("better <= base", name=op.f("ck_felt_check_no_more_better_than_asked")),
        sa.ForeignKeyConstraint(["concern_id"], ["concern.id"], name=op.f("fk_felt_check_concern_id_concern")),
        sa.ForeignKeyConstraint(["opened_by"], ["person.id"], name=op.f("fk_felt_check_opened_by_person")),
        sa.ForeignKeyConstraint(["reported_by"], ["person.id"], name=op.f("fk_felt_check_reported_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_felt_check")),
        sa.UniqueConstraint("code", name=op.f("uq_felt_check_code")),
    )
    op.create_index(op.f("ix_felt_check_concern_id"), "felt_check", ["concern_id"], unique=False)
    op.create_index(
        "ix_felt_check_one_open",
        "felt_check",
        ["concern_id"],
        unique=True,
        sqlite_where=sa.text("reported_on IS NULL"),
        postgresql_where=sa.text("reported_on IS NULL"),
    )
    op.create_index(op.f("ix_felt_check_opened_by"), "felt_check", ["opened_by"], unique=False)
    op.create_index(op.f("ix_felt_check_reported_by"), "felt_check", ["reported_by"], unique=False)
    op.create_table(
        "felt_hands",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("check_id", sa.Integer(), nullable=False),
        sa.Column("forum", sa.String(length=160), nullable=False),
        sa.Column("met_on", sa.Date(), nullable=False),
        sa.Column("better", sa.Integer(), nullable=False),
        sa.Column("no_change", sa.Integer(), nullable=False),
        sa.Column("worse", sa.Integer(), nullable=False),
        sa.Column("dont_know", sa.Integer(), nullable=False),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.CheckConstraint("better + no_change + worse + dont_know > 0", name=op.f("ck_felt_hands_somebody")),
        sa.CheckConstraint(
            "better >= 0 AND no_change >= 0 AND worse >= 0 AND dont_know >= 0",
            name=op.f("ck_felt_hands_no_fewer_than_none"),
        ),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name=op.f("fk_felt_hands_by_person")),
        sa.ForeignKeyConstraint(["check_id"], ["felt_check.id"], name=op.f("fk_felt_hands_check_id_felt_check")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_felt_hands")),
        sa.UniqueConstraint("check_id", "met_on", "forum", name=op.f("uq_felt_hands_check_id")),
    )
    op.create_index(op.f("ix_felt_hands_by"), "felt_hands", ["by"], unique=False)
    op.create_index(op.f("ix_felt_hands_check_id"), "felt_hands", ["check_id"], unique=False)
    op.create_table(
        "felt_mark",
        sa.Column("key", sa.LargeBinary(length=32), nullable=False),
        sa.Column("check_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["check_id"], ["felt_check.id"], name=op.f("fk_felt_mark_check_id_felt_check")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_felt_mark")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_felt_mark_check_id"), "felt_mark", ["check_id"], unique=False)
    op.create_table(
        "felt_tally",
        sa.Column("check_id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(length=10), nullable=False),
        sa.Column("answer", sa.String(length=10), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "answer IN ('better', 'no_change', 'worse', 'dont_know')", name=op.f("ck_felt_tally_answer")
        ),
        sa.CheckConstraint("channel IN ('receipt', 'poster')", name=op.f("ck_felt_tally_channel")),
        sa.CheckConstraint("people > 0", name=op.f("ck_felt_tally_somebody")),
        sa.ForeignKeyConstraint(["check_id"], ["felt_check.id"], name=op.f("fk_felt_tally_check_id_felt_check")),
        sa.PrimaryKeyConstraint("check_id", "channel", "answer", name=op.f("pk_felt_tally")),
    )
    op.create_table(
        "noted_theme",
        sa.Column("theme_id", sa.Integer(), nullable=False),
        sa.Column("because", sa.Text(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.CheckConstraint("because <> ''", name=op.f("ck_noted_theme_noted_says_why")),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name=op.f("fk_noted_theme_by_person")),
        sa.ForeignKeyConstraint(["theme_id"], ["theme.id"], name=op.f("fk_noted_theme_theme_id_theme")),
        sa.PrimaryKeyConstraint("theme_id", name=op.f("pk_noted_theme")),
    )
    op.create_index(op.f("ix_noted_theme_by"), "noted_theme", ["by"], unique=False)
    op.add_column(
        "concern", sa.Column("first_promised_on", sa.Date(), nullable=False, server_default=sa.text("'1970-01-01'"))
    )
    op.execute("UPDATE concern SET first_promised_on = promised_on")


def downgrade() -> None:
    op.drop_column("concern", "first_promised_on")
    for name in TABLES:
        op.drop_table(name)
