"""How often an archived copy was noted: pages name copies, and must not be kept past a new one."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    copies = sa.Column("copies", sa.Integer(), nullable=False, server_default="0")
    op.add_column("checks_head", copies)


def downgrade() -> None:
    op.drop_column("checks_head", "copies")
