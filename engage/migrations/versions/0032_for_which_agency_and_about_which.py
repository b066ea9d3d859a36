"""For which agency a partner's role is, and which answers are about somebody of an agency, whose people never see them."""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("role_grant") as table:
        table.add_column(sa.Column("agency_id", sa.Integer(), nullable=True))
        table.create_foreign_key("fk_role_grant_agency_id_agency", "agency", ["agency_id"], ["id"])
        table.create_index("ix_role_grant_agency_id", ["agency_id"])
    op.create_table(
        "excerpt_about",
        sa.Column("excerpt_key", sa.LargeBinary(16), sa.ForeignKey("excerpt.key", ondelete="CASCADE")),
        sa.Column("agency_id", sa.Integer(), sa.ForeignKey("agency.id"), nullable=False),
        sa.PrimaryKeyConstraint("excerpt_key"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_excerpt_about_agency_id", "excerpt_about", ["agency_id"])


def downgrade() -> None:
    op.drop_table("excerpt_about")
    with op.batch_alter_table("role_grant") as table:
        table.drop_index("ix_role_grant_agency_id")
        table.drop_constraint("fk_role_grant_agency_id_agency", type_="foreignkey")
        table.drop_column("agency_id")
