"""areas of concerns, translations of what is public, the edition of the public pages, who follows them."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "edition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edition")),
    )
    op.create_table(
        "concern_area",
        sa.Column("concern_id", sa.Integer(), nullable=False),
        sa.Column("area", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["concern_id"], ["concern.id"], name=op.f("fk_concern_area_concern_id_concern")),
        sa.PrimaryKeyConstraint("concern_id", "area", name=op.f("pk_concern_area")),
    )
    op.create_table(
        "translation",
        sa.Column("concern_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=40), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("of", sa.String(length=64), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("written_by", sa.Integer(), nullable=False),
        sa.Column("written_on", sa.Date(), nullable=False),
        sa.Column("checked_by", sa.Integer(), nullable=True),
        sa.Column("checked_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "(checked_by IS NULL) = (checked_on IS NULL)", name=op.f("ck_translation_checked_by_somebody")
        ),
        sa.CheckConstraint("checked_by <> written_by", name=op.f("ck_translation_checked_by_another")),
        sa.ForeignKeyConstraint(["concern_id"], ["concern.id"], name=op.f("fk_translation_concern_id_concern")),
        sa.ForeignKeyConstraint(["written_by"], ["person.id"], name=op.f("fk_translation_written_by_person")),
        sa.ForeignKeyConstraint(["checked_by"], ["person.id"], name=op.f("fk_translation_checked_by_person")),
        sa.PrimaryKeyConstraint("concern_id", "place", "language", name=op.f("pk_translation")),
    )
    op.create_index("ix_translation_language", "translation", ["language", "concern_id"])
    op.create_index(op.f("ix_translation_written_by"), "translation", ["written_by"])
    op.create_index(op.f("ix_translation_checked_by"), "translation", ["checked_by"])
    op.create_table(
        "follower",
        sa.Column("key", sa.LargeBinary(length=16), nullable=False),
        sa.Column("mark", sa.LargeBinary(length=32), nullable=False),
        sa.Column("address", sa.LargeBinary(), nullable=True),
        sa.Column("topic", sa.String(length=40), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("confirmed_on", sa.Date(), nullable=True),
        sa.Column("told_line", sa.Integer(), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=True),
        sa.CheckConstraint("told_on IS NULL OR confirmed_on IS NOT NULL", name=op.f("ck_follower_told_once_confirmed")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_follower")),
        sa.UniqueConstraint("mark", "topic", name=op.f("uq_follower_mark")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_follower_confirmed_on", "follower", ["confirmed_on"])
    with op.batch_alter_table("letter") as table:
        table.add_column(sa.Column("stop_at", sa.LargeBinary(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("letter") as letter:
        letter.drop_column("stop_at")
    for table in ("follower", "translation", "concern_area", "edition"):
        op.drop_table(table)
