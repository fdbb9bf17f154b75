"""What views across claims read: relations of pairs of sides, whose losses, searched silences."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

KEY = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "claim_pairs",
        sa.Column("claim", KEY, nullable=False),
        sa.Column("left", KEY, nullable=False),
        sa.Column("right", KEY, nullable=False),
        sa.Column("relation", KEY, nullable=False),
        sa.PrimaryKeyConstraint("claim", "left", "right", name="pk_claim_pairs"),
        sa.ForeignKeyConstraint(
            ["claim"], ["claims.id"], name="fk_claim_pairs_claim", ondelete="CASCADE"
        ),
    )
    op.create_index(
        "ix_claim_pairs_left_right_relation", "claim_pairs", ["left", "right", "relation"]
    )
    op.create_table(
        "claim_losses",
        sa.Column("claim", KEY, nullable=False),
        sa.Column("side", KEY, nullable=False),
        sa.PrimaryKeyConstraint("claim", "side", name="pk_claim_losses"),
        sa.ForeignKeyConstraint(
            ["claim"], ["claims.id"], name="fk_claim_losses_claim", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_claim_losses_side", "claim_losses", ["side"])
    op.add_column(
        "claim_sides",
        sa.Column("searched", sa.Boolean(), nullable=False, server_default=sa.false()),
    )


def downgrade() -> None:
    op.drop_column("claim_sides", "searched")
    op.drop_table("claim_losses")
    op.drop_table("claim_pairs")
