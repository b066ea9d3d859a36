"""packs: the panel's meetings, frozen packs, young people's page, decisions and challenges."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "panel_meeting",
        sa.Column("quarter", sa.String(length=7), nullable=False),
        sa.Column("meets_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("quarter", name=op.f("pk_panel_meeting")),
    )
    op.create_table(
        "asked_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("quarter", sa.String(length=7), nullable=False),
        sa.Column("words", sa.String(length=300), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["asked_by"], ["person.id"], name=op.f("fk_asked_decision_asked_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_asked_decision")),
    )
    _index("asked_decision", "asked_by", "quarter")
    op.create_table(
        "pack",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("quarter", sa.String(length=7), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("issued_by", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("changed", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.CheckConstraint("(state = 'issued') = (issued_on IS NOT NULL)", name=op.f("ck_pack_issued_has_day")),
        sa.CheckConstraint("version = 1 OR reason <> ''", name=op.f("ck_pack_correction_says_why")),
        sa.ForeignKeyConstraint(["issued_by"], ["person.id"], name=op.f("fk_pack_issued_by_person")),
        sa.ForeignKeyConstraint(["made_by"], ["person.id"], name=op.f("fk_pack_made_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pack")),
        sa.UniqueConstraint("quarter", "version", name=op.f("uq_pack_quarter")),
    )
    _index("pack", "issued_by", "made_by")
    op.create_table(
        "youth_page",
        sa.Column("quarter", sa.String(length=7), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("ask", sa.String(length=400), nullable=False),
        sa.Column("written_by", sa.Integer(), nullable=False),
        sa.Column("written_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["written_by"], ["person.id"], name=op.f("fk_youth_page_written_by_person")),
        sa.PrimaryKeyConstraint("quarter", name=op.f("pk_youth_page")),
    )
    _index("youth_page", "written_by")
    op.create_table(
        "challenge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pack_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_by", sa.Integer(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "(answer = '') = (answered_on IS NULL) AND (answered_on IS NULL) = (answered_by IS NULL)",
            name=op.f("ck_challenge_whole_answer"),
        ),
        sa.CheckConstraint(
            "answered_by IS NULL OR answered_by <> made_by", name=op.f("ck_challenge_answered_by_another")
        ),
        sa.ForeignKeyConstraint(["answered_by"], ["person.id"], name=op.f("fk_challenge_answered_by_person")),
        sa.ForeignKeyConstraint(["made_by"], ["person.id"], name=op.f("fk_challenge_made_by_person")),
        sa.ForeignKeyConstraint(["pack_id"], ["pack.id"], name=op.f("fk_challenge_pack_id_pack")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_challenge")),
    )
    _index("challenge", "answered_by", "made_by", "pack_id")
    op.create_table(
        "decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pack_id", sa.Integer(), nullable=False),
        sa.Column("asked_id", sa.Integer(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("views_changed", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=False),
        sa.Column("came_of_it", sa.Text(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.CheckConstraint("(done_on IS NULL) = (came_of_it = '')", name=op.f("ck_decision_done_says_what_came_of_it")),
        sa.CheckConstraint("views_changed <> ''", name=op.f("ck_decision_says_how_views_changed_it")),
        sa.ForeignKeyConstraint(["asked_id"], ["asked_decision.id"], name=op.f("fk_decision_asked_id_asked_decision")),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"], name=op.f("fk_decision_owner_id_person")),
        sa.ForeignKeyConstraint(["pack_id"], ["pack.id"], name=op.f("fk_decision_pack_id_pack")),
        sa.ForeignKeyConstraint(["recorded_by"], ["person.id"], name=op.f("fk_decision_recorded_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
    )
    _index("decision", "asked_id", "owner_id", "pack_id", "recorded_by")
    op.create_table(
        "pack_file",
        sa.Column("pack_id", sa.Integer(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["pack_id"], ["pack.id"], name=op.f("fk_pack_file_pack_id_pack")),
        sa.PrimaryKeyConstraint("pack_id", name=op.f("pk_pack_file")),
    )


def downgrade() -> None:
    for table in ("pack_file", "decision", "challenge", "youth_page", "pack", "asked_decision", "panel_meeting"):
        op.drop_table(table)


def _index(table: str, *columns: str) -> None:
    for column in columns:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])
