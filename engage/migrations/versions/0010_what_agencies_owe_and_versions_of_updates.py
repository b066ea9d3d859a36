"""steps of actions and their files, versions of updates, concerns put together, plan priorities, quotes."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

# Added one by one: making a table anew would lose its CHECKs on SQLite, and what refers to it.
REFERRING = (
    ("action", "parent_id", "action"),
    ("concern", "merged_into_id", "concern"),
    ("concern_update", "replaces_id", "concern_update"),
)


def upgrade() -> None:
    for table, column, other in REFERRING:
        named = f"CONSTRAINT fk_{table}_{column}_{other} REFERENCES {other} (id)"
        op.execute(f"ALTER TABLE {table} ADD COLUMN {column} INTEGER {named}")
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])
    op.add_column("concern_update", sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
    for name in ("shown_on", "ended_on"):
        op.add_column("concern_update", sa.Column(name, sa.Date(), nullable=True))
    for name in ("for_safety", "overridden"):
        op.add_column("concern_update", sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false()))
    op.execute("UPDATE concern_update SET shown_on = published_on")
    op.execute("UPDATE concern_update SET shown_on = written_on, ended_on = written_on WHERE state = 'withdrawn'")
    _make_priorities()
    _make_files()
    _make_quotes()


def _make_priorities() -> None:
    op.create_table(
        "concern_priority",
        sa.Column("concern_id", sa.Integer(), nullable=False),
        sa.Column("priority", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["concern_id"], ["concern.id"], name=op.f("fk_concern_priority_concern_id_concern")),
        sa.PrimaryKeyConstraint("concern_id", "priority", name=op.f("pk_concern_priority")),
    )
    op.create_index(op.f("ix_concern_priority_priority"), "concern_priority", ["priority"])


def _make_files() -> None:
    op.create_table(
        "evidence_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.LargeBinary(), nullable=True),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("why", sa.String(length=200), nullable=False),
        sa.Column("added_by", sa.Integer(), nullable=True),
        sa.Column("added_on", sa.Date(), nullable=False),
        sa.CheckConstraint("state IN ('waiting', 'clean', 'refused')", name=op.f("ck_evidence_file_state")),
        sa.CheckConstraint(
            "state <> 'refused' OR (content IS NULL AND why <> '')", name=op.f("ck_evidence_file_refused_is_empty")
        ),
        sa.ForeignKeyConstraint(["action_id"], ["action.id"], name=op.f("fk_evidence_file_action_id_action")),
        sa.ForeignKeyConstraint(["added_by"], ["person.id"], name=op.f("fk_evidence_file_added_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_file")),
    )
    for column in ("action_id", "added_by"):
        op.create_index(op.f(f"ix_evidence_file_{column}"), "evidence_file", [column])


def _make_quotes() -> None:
    op.create_table(
        "quote",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("concern_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=True),
        sa.Column("own_words", sa.Boolean(), nullable=False),
        sa.Column("permission", sa.String(length=200), nullable=False),
        sa.Column("base", sa.Integer(), nullable=False),
        sa.Column("chosen_by", sa.Integer(), nullable=False),
        sa.Column("chosen_on", sa.Date(), nullable=False),
        sa.Column("checked_by", sa.Integer(), nullable=True),
        sa.Column("shown_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.CheckConstraint("checked_by IS NULL OR checked_by <> chosen_by", name=op.f("ck_quote_two_people")),
        sa.CheckConstraint("shown_on IS NULL OR checked_by IS NOT NULL", name=op.f("ck_quote_checked_first")),
        sa.CheckConstraint("NOT own_words OR base >= 20", name=op.f("ck_quote_few_are_paraphrased")),
        sa.CheckConstraint("NOT own_words OR permission <> ''", name=op.f("ck_quote_asked_first")),
        sa.CheckConstraint("ended_on IS NULL OR words IS NULL", name=op.f("ck_quote_ended_is_empty")),
        sa.ForeignKeyConstraint(["concern_id"], ["concern.id"], name=op.f("fk_quote_concern_id_concern")),
        sa.ForeignKeyConstraint(["chosen_by"], ["person.id"], name=op.f("fk_quote_chosen_by_person")),
        sa.ForeignKeyConstraint(["checked_by"], ["person.id"], name=op.f("fk_quote_checked_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quote")),
    )
    for column in ("concern_id", "chosen_by", "checked_by"):
        op.create_index(op.f(f"ix_quote_{column}"), "quote", [column])


def downgrade() -> None:
    for name in ("quote", "evidence_file", "concern_priority"):
        op.drop_table(name)
    for name in ("overridden", "for_safety", "ended_on", "shown_on", "version"):
        op.drop_column("concern_update", name)
    for table, column, _ in REFERRING:
        op.drop_index(op.f(f"ix_{table}_{column}"), table)
        op.drop_column(table, column)
