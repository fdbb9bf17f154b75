"""Which documents are of one page: by their addresses' canonical form, and by what pages declare.

The columns are filled by the program and not here: the rule has a version, and is applied anew
wherever a row has another (`app.storage.registers.addresses`).
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

KEY = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    op.add_column("register_entries", sa.Column("canonical", KEY, nullable=True))
    op.create_index("ix_register_entries_canonical", "register_entries", ["canonical"])
    op.create_table(
        "declared_addresses",
        sa.Column("page", KEY, nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("canonical", KEY, nullable=False),
        sa.PrimaryKeyConstraint("page", name=op.f("pk_declared_addresses")),
    )
    op.create_index("ix_declared_addresses_canonical", "declared_addresses", ["canonical"])


def downgrade() -> None:
    op.drop_table("declared_addresses")
    op.drop_index("ix_register_entries_canonical", "register_entries")
    op.drop_column("register_entries", "canonical")
