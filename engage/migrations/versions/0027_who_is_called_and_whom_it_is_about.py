"""Whom an alert is about and what others call it, and when the manager was called."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("alert") as table:
        table.add_column(sa.Column("further_at", sa.DateTime(), nullable=True))
        table.add_column(sa.Column("reference", sa.LargeBinary(), nullable=True))
        table.add_column(sa.Column("about_agency_id", sa.Integer(), nullable=True))
        table.add_column(sa.Column("about_outsider", sa.Boolean(), nullable=False, server_default=sa.false()))
        table.create_foreign_key("fk_alert_about_agency_id_agency", "agency", ["about_agency_id"], ["id"])
        table.create_index("ix_alert_about_agency_id", ["about_agency_id"])


def downgrade() -> None:
    with op.batch_alter_table("alert") as table:
        table.drop_index("ix_alert_about_agency_id")
        table.drop_constraint("fk_alert_about_agency_id_agency", type_="foreignkey")
        table.drop_column("about_outsider")
        table.drop_column("about_agency_id")
        table.drop_column("reference")
        table.drop_column("further_at")
