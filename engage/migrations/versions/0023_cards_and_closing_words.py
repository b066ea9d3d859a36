"""Cards with single-use codes, sheets of paper being typed in, whom to remind at a setting, and what a wave says once it has closed."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("wave", sa.Column("by_card", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("wave", sa.Column("closings", sa.Text(), nullable=False, server_default="{}"))
    op.add_column("setting", sa.Column("contact", sa.LargeBinary(), nullable=True))
    op.create_table(
        "card",
        sa.Column("key", sa.LargeBinary(32), primary_key=True),
        sa.Column("wave_id", sa.Integer(), sa.ForeignKey("wave.id"), nullable=False),
        sa.Column("setting_id", sa.Integer(), sa.ForeignKey("setting.id"), nullable=True),
        sa.Column("used", sa.Boolean(), nullable=False),
        sqlite_with_rowid=False,
    )
    for column in ("wave_id", "setting_id"):
        op.create_index(f"ix_card_{column}", "card", [column])

    op.create_table(
        "sheet",
        sa.Column("key", sa.LargeBinary(16), primary_key=True),
        sa.Column("wave_id", sa.Integer(), sa.ForeignKey("wave.id"), nullable=False),
        sa.Column("number", sa.String(12), nullable=False),
        sa.Column("typed_by", sa.Integer(), sa.ForeignKey("person.id"), nullable=False),
        sa.Column("typed", sa.LargeBinary(), nullable=True),
        sa.UniqueConstraint("wave_id", "number"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_sheet_typed_by", "sheet", ["typed_by"])


def downgrade() -> None:
    op.drop_table("sheet")
    op.drop_table("card")
    with op.batch_alter_table("setting") as table:
        table.drop_column("contact")
    with op.batch_alter_table("wave") as table:
        table.drop_column("closings")
        table.drop_column("by_card")
