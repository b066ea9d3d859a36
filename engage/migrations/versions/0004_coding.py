"""coding: who coded what, a second time and blind; keys, examples and voices of the code frame."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("excerpt", sa.Column("turn", sa.Integer(), nullable=True))
    op.add_column("theme", sa.Column("key", sa.String(length=1), nullable=True))
    op.add_column("coding", sa.Column("because", sa.String(length=60), nullable=True))
    op.create_table(
        "coded",
        sa.Column("excerpt_key", sa.LargeBinary(length=16), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("second", sa.Boolean(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("settled_by", sa.Integer(), nullable=True),
        sa.Column("settled_on", sa.Date(), nullable=True),
        sa.CheckConstraint("(settled_by IS NULL) = (settled_on IS NULL)", name=op.f("ck_coded_settled_by_somebody")),
        sa.ForeignKeyConstraint(
            ["excerpt_key"], ["excerpt.key"], name=op.f("fk_coded_excerpt_key_excerpt"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_coded_person_id_person")),
        sa.ForeignKeyConstraint(["settled_by"], ["person.id"], name=op.f("fk_coded_settled_by_person")),
        sa.PrimaryKeyConstraint("excerpt_key", "person_id", name=op.f("pk_coded")),
        sqlite_with_rowid=False,
    )
    _index("coded", "person_id", "settled_by")
    op.create_table(
        "coded_theme",
        sa.Column("excerpt_key", sa.LargeBinary(length=16), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("theme_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["excerpt_key", "person_id"],
            ["coded.excerpt_key", "coded.person_id"],
            name="fk_coded_theme_coded",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["theme_id"], ["theme.id"], name=op.f("fk_coded_theme_theme_id_theme")),
        sa.PrimaryKeyConstraint("excerpt_key", "person_id", "theme_id", name=op.f("pk_coded_theme")),
        sqlite_with_rowid=False,
    )
    _index("coded_theme", "theme_id")
    op.create_table(
        "agreement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("wave_id", sa.Integer(), nullable=True),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("answers", sa.Integer(), nullable=False),
        sa.Column("coders", sa.Integer(), nullable=False),
        sa.Column("same", sa.Integer(), nullable=False),
        sa.Column("alpha", sa.Float(), nullable=True),
        sa.Column("low", sa.Float(), nullable=True),
        sa.Column("high", sa.Float(), nullable=True),
        sa.CheckConstraint("(wave_id IS NULL) <> (source_id IS NULL)", name=op.f("ck_agreement_one_origin")),
        sa.ForeignKeyConstraint(
            ["source_id"], ["feedback_source.id"], name=op.f("fk_agreement_source_id_feedback_source")
        ),
        sa.ForeignKeyConstraint(["wave_id"], ["wave.id"], name=op.f("fk_agreement_wave_id_wave")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement")),
    )
    _index("agreement", "source_id", "wave_id")
    op.create_table(
        "theme_example",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("theme_id", sa.Integer(), nullable=False),
        sa.Column("belongs", sa.Boolean(), nullable=False),
        sa.Column("excerpt_key", sa.LargeBinary(length=16), nullable=True),
        sa.Column("words", sa.LargeBinary(), nullable=True),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.CheckConstraint("(excerpt_key IS NULL) <> (words IS NULL)", name=op.f("ck_theme_example_one_origin")),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name=op.f("fk_theme_example_by_person")),
        sa.ForeignKeyConstraint(
            ["excerpt_key"], ["excerpt.key"], name=op.f("fk_theme_example_excerpt_key_excerpt"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["theme_id"], ["theme.id"], name=op.f("fk_theme_example_theme_id_theme")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_theme_example")),
    )
    _index("theme_example", "by", "excerpt_key", "theme_id")
    op.create_table(
        "theme_voice",
        sa.Column("excerpt_key", sa.LargeBinary(length=16), nullable=False),
        sa.Column("theme_id", sa.Integer(), nullable=False),
        sa.Column("contrary", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["excerpt_key"], ["excerpt.key"], name=op.f("fk_theme_voice_excerpt_key_excerpt"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["theme_id"], ["theme.id"], name=op.f("fk_theme_voice_theme_id_theme")),
        sa.PrimaryKeyConstraint("excerpt_key", "theme_id", name=op.f("pk_theme_voice")),
        sqlite_with_rowid=False,
    )
    _index("theme_voice", "theme_id")


def downgrade() -> None:
    for table in ("theme_voice", "theme_example", "agreement", "coded_theme", "coded"):
        op.drop_table(table)
    for table, column in (("coding", "because"), ("theme", "key"), ("excerpt", "turn")):
        op.drop_column(table, column)


def _index(table: str, *columns: str) -> None:
    for column in columns:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column], unique=False)
