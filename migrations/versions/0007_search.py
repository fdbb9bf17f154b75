"""Full-text search: a row for everything that it finds, and the index over their words.

What is on record already is indexed by the next `variorum load` or `variorum migrate`. Who rebuilds
`search_rows` on SQLite makes its triggers anew: without them the index falls behind.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

KEY = sa.String().with_variant(sa.String(collation="C"), "postgresql")
OLD = (
    "INSERT INTO search_index (search_index, rowid, words) VALUES ('delete', old.number, old.words)"
)
NEW = "INSERT INTO search_index (rowid, words) VALUES (new.number, new.words)"
TRIGGERS = {"insert": (NEW,), "delete": (OLD,), "update": (OLD, NEW)}


def upgrade() -> None:
    op.create_table(
        "search_rows",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", KEY, nullable=False),
        sa.Column("claim", KEY, nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.Column("sort", KEY, nullable=False),
        sa.Column("version", KEY, nullable=False),
        sa.Column(
            "words", sa.Text().with_variant(postgresql.TSVECTOR(), "postgresql"), nullable=False
        ),
        sa.PrimaryKeyConstraint("number", name="pk_search_rows"),
        sa.UniqueConstraint("claim", "kind", "id", name="uq_search_rows_claim_kind_id"),
    )
    if op.get_bind().dialect.name == "postgresql":
        op.create_index("ix_search_rows_words", "search_rows", ["words"], postgresql_using="gin")
        return
    op.execute(
        "CREATE VIRTUAL TABLE search_index USING fts5 (words, content = 'search_rows',"
        " content_rowid = 'number', columnsize = 0, tokenize = 'ascii')"
    )
    for change, statements in TRIGGERS.items():
        op.execute(
            f"CREATE TRIGGER search_rows_index_{change} AFTER {change} ON search_rows"
            f" BEGIN {'; '.join(statements)}; END"
        )


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE search_index")
    op.drop_table("search_rows")
