"""forums."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "forum",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=120), nullable=False),
        sa.Column("key", sa.LargeBinary(length=16), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("theme", sa.String(length=160), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("meets_on", sa.Date(), nullable=True),
        sa.Column("starts", sa.Time(), nullable=True),
        sa.Column("ends", sa.Time(), nullable=True),
        sa.Column("closes_on", sa.Date(), nullable=True),
        sa.Column("promised_on", sa.Date(), nullable=True),
        sa.Column("venue", sa.String(length=160), nullable=False),
        sa.Column("address", sa.String(length=300), nullable=False),
        sa.Column("access", sa.Text(), nullable=False),
        sa.Column("lead", sa.String(length=120), nullable=False),
        sa.Column("lead_phone", sa.String(length=40), nullable=False),
        sa.Column("risk_reference", sa.String(length=80), nullable=False),
        sa.Column("programme", sa.Text(), nullable=False),
        sa.Column("translations", sa.Text(), nullable=False),
        sa.Column("age_from", sa.Integer(), nullable=False),
        sa.Column("age_to", sa.Integer(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("young_quota", sa.Integer(), nullable=False),
        sa.Column("ambassador_quota", sa.Integer(), nullable=False),
        sa.Column("professional_quota", sa.Integer(), nullable=False),
        sa.Column("facilitator_quota", sa.Integer(), nullable=False),
        sa.Column("young_floor", sa.Integer(), nullable=False),
        sa.Column("agency_cap", sa.Integer(), nullable=False),
        sa.Column("adults", sa.Integer(), nullable=False),
        sa.Column("younger_per_adult", sa.Integer(), nullable=False),
        sa.Column("older_per_adult", sa.Integer(), nullable=False),
        sa.Column("young", sa.Integer(), nullable=False),
        sa.Column("ambassador", sa.Integer(), nullable=False),
        sa.Column("professional", sa.Integer(), nullable=False),
        sa.Column("facilitator", sa.Integer(), nullable=False),
        sa.Column("load", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("fed_back_on", sa.Date(), nullable=True),
        sa.Column("written_by", sa.Integer(), nullable=True),
        sa.CheckConstraint("state <> 'cancelled' OR reason <> ''", name=op.f("ck_forum_cancelled_says_why")),
        sa.CheckConstraint(
            "state = 'draft' OR state = 'cancelled' OR meets_on IS NOT NULL", name=op.f("ck_forum_has_day")
        ),
        sa.CheckConstraint(
            "state = 'draft' OR state = 'cancelled' OR young_floor * 2 >= capacity", name=op.f("ck_forum_half_young")
        ),
        sa.CheckConstraint("load <= adults * 840", name=op.f("ck_forum_ratio")),
        sa.CheckConstraint(
            "professional + facilitator <= capacity - young_floor OR professional + facilitator = 0",
            name=op.f("ck_forum_floor"),
        ),
        sa.CheckConstraint(
            "professional <= professional_quota AND facilitator <= facilitator_quota", name=op.f("ck_forum_quotas")
        ),
        sa.CheckConstraint(
            "young + ambassador + professional + facilitator <= capacity", name=op.f("ck_forum_capacity")
        ),
        sa.CheckConstraint(
            "young <= young_quota AND ambassador <= ambassador_quota", name=op.f("ck_forum_young_quotas")
        ),
        sa.CheckConstraint(
            "young >= 0 AND ambassador >= 0 AND professional >= 0 AND facilitator >= 0 AND load >= 0",
            name=op.f("ck_forum_counts"),
        ),
        sa.ForeignKeyConstraint(["written_by"], ["person.id"], name=op.f("fk_forum_written_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forum")),
        sa.UniqueConstraint("key", name=op.f("uq_forum_key")),
        sa.UniqueConstraint("slug", name=op.f("uq_forum_slug")),
    )
    with op.batch_alter_table("forum", schema=None) as batch_op:
        batch_op.create_index("ix_forum_state_meets_on", ["state", "meets_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_forum_written_by"), ["written_by"], unique=False)

    op.create_table(
        "forum_agency",
        sa.Column("forum_id", sa.Integer(), nullable=False),
        sa.Column("agency_key", sa.String(length=160), nullable=False),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.CheckConstraint("taken >= 0", name=op.f("ck_forum_agency_counts")),
        sa.ForeignKeyConstraint(["forum_id"], ["forum.id"], name=op.f("fk_forum_agency_forum_id_forum")),
        sa.PrimaryKeyConstraint("forum_id", "agency_key", name=op.f("pk_forum_agency")),
    )
    op.create_table(
        "forum_attendance",
        sa.Column("forum_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=20), nullable=False),
        sa.Column("signed_up", sa.Integer(), nullable=False),
        sa.Column("attended", sa.Integer(), nullable=False),
        sa.Column("no_show", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["forum_id"], ["forum.id"], name=op.f("fk_forum_attendance_forum_id_forum")),
        sa.PrimaryKeyConstraint("forum_id", "place", name=op.f("pk_forum_attendance")),
    )
    op.create_table(
        "forum_door",
        sa.Column("forum_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["forum_id"], ["forum.id"], name=op.f("fk_forum_door_forum_id_forum")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_forum_door_person_id_person")),
        sa.PrimaryKeyConstraint("forum_id", "person_id", name=op.f("pk_forum_door")),
    )
    with op.batch_alter_table("forum_door", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_forum_door_person_id"), ["person_id"], unique=False)

    op.create_table(
        "forum_group",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.LargeBinary(length=16), nullable=False),
        sa.Column("attempt", sa.LargeBinary(length=16), nullable=True),
        sa.Column("forum_id", sa.Integer(), nullable=False),
        sa.Column("together", sa.Boolean(), nullable=False),
        sa.Column("leader", sa.LargeBinary(), nullable=True),
        sa.Column("contact", sa.LargeBinary(), nullable=True),
        sa.Column("agency", sa.String(length=160), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.ForeignKeyConstraint(["forum_id"], ["forum.id"], name=op.f("fk_forum_group_forum_id_forum")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forum_group")),
        sa.UniqueConstraint("forum_id", "attempt", name=op.f("uq_forum_group_forum_id")),
        sa.UniqueConstraint("key", name=op.f("uq_forum_group_key")),
    )
    with op.batch_alter_table("forum_group", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_forum_group_forum_id"), ["forum_id"], unique=False)

    op.create_table(
        "forum_room",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("forum_id", sa.Integer(), nullable=False),
        sa.Column("agency", sa.String(length=160), nullable=False),
        sa.Column("role", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(["forum_id"], ["forum.id"], name=op.f("fk_forum_room_forum_id_forum")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forum_room")),
    )
    with op.batch_alter_table("forum_room", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_forum_room_forum_id"), ["forum_id"], unique=False)

    op.create_table(
        "table_note",
        sa.Column("key", sa.LargeBinary(length=16), nullable=False),
        sa.Column("forum_id", sa.Integer(), nullable=False),
        sa.Column("table", sa.String(length=60), nullable=False),
        sa.Column("question", sa.String(length=200), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=True),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("said_on", sa.Date(), nullable=False),
        sa.Column("written_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["forum_id"], ["forum.id"], name=op.f("fk_table_note_forum_id_forum")),
        sa.ForeignKeyConstraint(["written_by"], ["person.id"], name=op.f("fk_table_note_written_by_person")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_table_note")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("table_note", schema=None) as batch_op:
        batch_op.create_index("ix_table_note_forum_id", ["forum_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_table_note_written_by"), ["written_by"], unique=False)

    op.create_table(
        "sign_up",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.LargeBinary(length=16), nullable=False),
        sa.Column("attempt", sa.LargeBinary(length=16), nullable=True),
        sa.Column("same", sa.LargeBinary(length=32), nullable=True),
        sa.Column("forum_id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column("place", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("age", sa.Integer(), nullable=True),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=True),
        sa.Column("held_until", sa.DateTime(), nullable=True),
        sa.Column("offered_until", sa.DateTime(), nullable=True),
        sa.Column("declined", sa.Boolean(), nullable=False),
        sa.Column("walk_in", sa.Boolean(), nullable=False),
        sa.Column("looked_after", sa.Boolean(), nullable=False),
        sa.Column("presence", sa.String(length=10), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("signed_up_at", sa.DateTime(), nullable=False),
        sa.Column("name", sa.LargeBinary(), nullable=True),
        sa.Column("initial", sa.LargeBinary(), nullable=True),
        sa.Column("contact", sa.LargeBinary(), nullable=True),
        sa.Column("access", sa.LargeBinary(), nullable=True),
        sa.Column("diet", sa.LargeBinary(), nullable=True),
        sa.Column("home", sa.LargeBinary(), nullable=True),
        sa.Column("role", sa.String(length=120), nullable=False),
        sa.Column("agency", sa.String(length=160), nullable=False),
        sa.Column("checks_said", sa.Boolean(), nullable=False),
        sa.Column("checks_seen_by", sa.Integer(), nullable=True),
        sa.Column("checks_seen_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "(state = 'awaiting_consent') = (held_until IS NOT NULL)", name=op.f("ck_sign_up_hold_ends")
        ),
        sa.CheckConstraint("(state = 'offered') = (offered_until IS NOT NULL)", name=op.f("ck_sign_up_offer_ends")),
        sa.CheckConstraint(
            "place IN ('professional', 'facilitator') OR age IS NOT NULL", name=op.f("ck_sign_up_young_have_age")
        ),
        sa.CheckConstraint("state <> 'waitlisted' OR line IS NOT NULL", name=op.f("ck_sign_up_waits_in_line")),
        sa.ForeignKeyConstraint(["checks_seen_by"], ["person.id"], name=op.f("fk_sign_up_checks_seen_by_person")),
        sa.ForeignKeyConstraint(["forum_id"], ["forum.id"], name=op.f("fk_sign_up_forum_id_forum")),
        sa.ForeignKeyConstraint(["group_id"], ["forum_group.id"], name=op.f("fk_sign_up_group_id_forum_group")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_up")),
        sa.UniqueConstraint("forum_id", "attempt", name="uq_sign_up_attempt"),
        sa.UniqueConstraint("forum_id", "same", name="uq_sign_up_same"),
        sa.UniqueConstraint("key", name=op.f("uq_sign_up_key")),
    )
    with op.batch_alter_table("sign_up", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sign_up_checks_seen_by"), ["checks_seen_by"], unique=False)
        batch_op.create_index("ix_sign_up_forum_id_state", ["forum_id", "state"], unique=False)
        batch_op.create_index(batch_op.f("ix_sign_up_group_id"), ["group_id"], unique=False)

    op.create_table(
        "check_in",
        sa.Column("key", sa.String(length=36), nullable=False),
        sa.Column("forum_id", sa.Integer(), nullable=False),
        sa.Column("sign_up_id", sa.Integer(), nullable=False),
        sa.Column("did", sa.String(length=12), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.Column("collector", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name=op.f("fk_check_in_by_person")),
        sa.ForeignKeyConstraint(["forum_id"], ["forum.id"], name=op.f("fk_check_in_forum_id_forum")),
        sa.ForeignKeyConstraint(
            ["sign_up_id"], ["sign_up.id"], name=op.f("fk_check_in_sign_up_id_sign_up"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_check_in")),
    )
    with op.batch_alter_table("check_in", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_check_in_by"), ["by"], unique=False)
        batch_op.create_index("ix_check_in_forum_id_at", ["forum_id", "at"], unique=False)
        batch_op.create_index(batch_op.f("ix_check_in_sign_up_id"), ["sign_up_id"], unique=False)

    op.create_table(
        "forum_consent",
        sa.Column("sign_up_id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("relation", sa.String(length=20), nullable=False),
        sa.Column("giver", sa.LargeBinary(), nullable=True),
        sa.Column("wording", sa.String(length=64), nullable=False),
        sa.Column("how", sa.String(length=20), nullable=False),
        sa.Column("noted_by", sa.Integer(), nullable=True),
        sa.Column("answered_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint(
            "state = 'requested' OR (relation <> '' AND answered_at IS NOT NULL)",
            name=op.f("ck_forum_consent_says_who"),
        ),
        sa.ForeignKeyConstraint(["noted_by"], ["person.id"], name=op.f("fk_forum_consent_noted_by_person")),
        sa.ForeignKeyConstraint(
            ["sign_up_id"], ["sign_up.id"], name=op.f("fk_forum_consent_sign_up_id_sign_up"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("sign_up_id", "purpose", name=op.f("pk_forum_consent")),
    )
    with op.batch_alter_table("forum_consent", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_forum_consent_noted_by"), ["noted_by"], unique=False)

    op.create_table(
        "forum_guardian",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.LargeBinary(length=16), nullable=False),
        sa.Column("sign_up_id", sa.Integer(), nullable=False),
        sa.Column("relation", sa.String(length=20), nullable=False),
        sa.Column("name", sa.LargeBinary(), nullable=True),
        sa.Column("contact", sa.LargeBinary(), nullable=True),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("answered_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["sign_up_id"], ["sign_up.id"], name=op.f("fk_forum_guardian_sign_up_id_sign_up"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forum_guardian")),
        sa.UniqueConstraint("key", name=op.f("uq_forum_guardian_key")),
        sa.UniqueConstraint("sign_up_id", name=op.f("uq_forum_guardian_sign_up_id")),
    )
    op.create_table(
        "forum_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("forum_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("said_on", sa.Date(), nullable=False),
        sa.Column("concern", sa.String(length=120), nullable=False),
        sa.Column("written_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["forum_id"], ["forum.id"], name=op.f("fk_forum_answer_forum_id_forum")),
        sa.ForeignKeyConstraint(["written_by"], ["person.id"], name=op.f("fk_forum_answer_written_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forum_answer")),
    )
    with op.batch_alter_table("forum_answer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_forum_answer_forum_id"), ["forum_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_forum_answer_written_by"), ["written_by"], unique=False)

    with op.batch_alter_table("wave", schema=None) as batch_op:
        batch_op.add_column(sa.Column("about", sa.String(length=120), server_default="", nullable=False))

    with op.batch_alter_table("feedback_source", schema=None) as batch_op:
        batch_op.add_column(sa.Column("forum_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_feedback_source_forum_id_forum"), "forum", ["forum_id"], ["id"])
        batch_op.create_unique_constraint(batch_op.f("uq_feedback_source_forum_id"), ["forum_id"])


def downgrade() -> None:
    with op.batch_alter_table("wave", schema=None) as batch_op:
        batch_op.drop_column("about")

    with op.batch_alter_table("feedback_source", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_feedback_source_forum_id"), type_="unique")
        batch_op.drop_constraint(batch_op.f("fk_feedback_source_forum_id_forum"), type_="foreignkey")
        batch_op.drop_column("forum_id")

    with op.batch_alter_table("forum_answer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_forum_answer_written_by"))
        batch_op.drop_index(batch_op.f("ix_forum_answer_forum_id"))

    op.drop_table("forum_answer")
    op.drop_table("forum_guardian")
    with op.batch_alter_table("forum_consent", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_forum_consent_noted_by"))

    op.drop_table("forum_consent")
    with op.batch_alter_table("check_in", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_check_in_sign_up_id"))
        batch_op.drop_index("ix_check_in_forum_id_at")
        batch_op.drop_index(batch_op.f("ix_check_in_by"))

    op.drop_table("check_in")
    with op.batch_alter_table("sign_up", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sign_up_group_id"))
        batch_op.drop_index("ix_sign_up_forum_id_state")
        batch_op.drop_index(batch_op.f("ix_sign_up_checks_seen_by"))

    op.drop_table("sign_up")
    with op.batch_alter_table("table_note", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_table_note_written_by"))
        batch_op.drop_index("ix_table_note_forum_id")

    op.drop_table("table_note")
    with op.batch_alter_table("forum_room", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_forum_room_forum_id"))

    op.drop_table("forum_room")
    with op.batch_alter_table("forum_group", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_forum_group_forum_id"))

    op.drop_table("forum_group")
    with op.batch_alter_table("forum_door", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_forum_door_person_id"))

    op.drop_table("forum_door")
    op.drop_table("forum_attendance")
    op.drop_table("forum_agency")
    with op.batch_alter_table("forum", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_forum_written_by"))
        batch_op.drop_index("ix_forum_state_meets_on")

    op.drop_table("forum")
