"""why the team cancelled a sign-up; forums that said they had told people, and had told them nothing, owe it again."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

NOTHING_SAID = """
    UPDATE forum SET state = 'ended', fed_back_on = NULL
    WHERE state = 'fed_back' AND NOT EXISTS (SELECT 1 FROM forum_answer WHERE forum_answer.forum_id = forum.id)
"""


def upgrade() -> None:
    with op.batch_alter_table("sign_up") as table:
        table.add_column(sa.Column("why", sa.LargeBinary(), nullable=True))
    op.execute(NOTHING_SAID)


def downgrade() -> None:
    with op.batch_alter_table("sign_up") as table:
        table.drop_column("why")
