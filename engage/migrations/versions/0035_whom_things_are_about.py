"""Whom alerts, requests to be contacted and receipts are about, and when an alert's words last changed."""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

ONE_THING = " + ".join(
    f"CASE WHEN {thing} IS NULL THEN 0 ELSE 1 END" for thing in ("alert_id", "contact_request_id", "receipt_hash")
)
SAID_BEFORE = """
    INSERT INTO about (receipt_hash, agency_id, said_at, settled)
    SELECT receipt_hash, about_agency_id, max(raised_at), false FROM alert
    WHERE receipt_hash IS NOT NULL AND about_agency_id IS NOT NULL GROUP BY receipt_hash, about_agency_id
"""


def upgrade() -> None:
    with op.batch_alter_table("alert") as table:
        table.add_column(sa.Column("words_at", sa.DateTime(), nullable=True))
    op.execute("UPDATE alert SET words_at = raised_at")
    with op.batch_alter_table("alert") as table:
        table.alter_column("words_at", existing_type=sa.DateTime(), nullable=False)
    op.create_table(
        "about",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("agency_id", sa.Integer(), sa.ForeignKey("agency.id"), nullable=False),
        sa.Column("alert_id", sa.Integer(), sa.ForeignKey("alert.id", ondelete="CASCADE")),
        sa.Column("contact_request_id", sa.Integer(), sa.ForeignKey("contact_request.id", ondelete="CASCADE")),
        sa.Column("receipt_hash", sa.LargeBinary(32)),
        sa.Column("said_at", sa.DateTime(), nullable=False),
        sa.Column("settled", sa.Boolean(), nullable=False),
        sa.UniqueConstraint("alert_id", "agency_id"),
        sa.UniqueConstraint("contact_request_id", "agency_id"),
        sa.UniqueConstraint("receipt_hash", "agency_id"),
        sa.CheckConstraint(f"{ONE_THING} = 1", name="one_thing"),
    )
    op.create_index("ix_about_agency_id", "about", ["agency_id"])
    op.execute(SAID_BEFORE)


def downgrade() -> None:
    op.drop_table("about")
    with op.batch_alter_table("alert") as table:
        table.drop_column("words_at")
