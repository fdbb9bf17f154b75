"""Which claim counts a part of which other, so that the parts of a whole are found by an index."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

KEY = sa.String().with_variant(sa.String(collation="C"), "postgresql")
AT_ONCE = 500


def upgrade() -> None:
    op.add_column("claims", sa.Column("part_of", KEY, nullable=True))
    op.create_index("ix_claims_part_of", "claims", ["part_of"])
    claims = sa.table("claims", *(sa.column(name) for name in ("id", "document", "part_of")))
    naming = sa.select(claims.c.id, claims.c.document).where(
        claims.c.document.contains('"part_of":')
    )
    connection = op.get_bind()
    rows = [
        {"of_id": row.id, "whole": whole}
        for row in connection.execute(naming)
        if (whole := json.loads(row.document).get("part_of"))
    ]
    one = claims.c.id == sa.bindparam("of_id")
    for start in range(0, len(rows), AT_ONCE):
        named = rows[start : start + AT_ONCE]
        connection.execute(claims.update().where(one).values(part_of=sa.bindparam("whole")), named)


def downgrade() -> None:
    op.drop_index("ix_claims_part_of", "claims")
    op.drop_column("claims", "part_of")
