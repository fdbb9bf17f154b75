"""What overviews count: facets of claims in narrow rows, documents by dossier, days of statements."""

from collections import defaultdict

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0006"
branch_labels = None
depends_on = None

KEY = sa.String().with_variant(sa.String(collation="C"), "postgresql")
AT_ONCE = 1000
SETS = {
    "flags": "SELECT claim, flag FROM claim_flags ORDER BY claim, flag",
    "sides": "SELECT claim, side FROM claim_sides WHERE position IN ('holds', 'divided', 'denies')"
    " ORDER BY claim, side",
    "places": "SELECT claim, place FROM claim_places ORDER BY claim, place",
}


def upgrade() -> None:
    facets = op.create_table(
        "claim_facets",
        sa.Column("claim", KEY, nullable=False),
        sa.Column("dossier", KEY, nullable=False),
        sa.Column("state", KEY, nullable=False),
        sa.Column("topic", KEY, nullable=False),
        sa.Column("kind", KEY, nullable=False),
        sa.Column("flags", sa.Text(), nullable=False),
        sa.Column("sides", sa.Text(), nullable=False),
        sa.Column("places", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("claim", name="pk_claim_facets"),
        sa.ForeignKeyConstraint(
            ["claim"], ["claims.id"], name="fk_claim_facets_claim", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_claim_facets_dossier", "claim_facets", ["dossier"])
    op.create_table(
        "dossier_documents",
        sa.Column("dossier", KEY, nullable=False),
        sa.Column("document", KEY, nullable=False),
        sa.Column("publisher", KEY, nullable=False),
        sa.Column("citations", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("dossier", "document", name="pk_dossier_documents"),
    )
    op.create_index(
        "ix_dossier_documents_dossier_publisher_citations",
        "dossier_documents",
        ["dossier", "publisher", "citations"],
    )
    op.create_index("ix_dossier_documents_document", "dossier_documents", ["document"])
    op.create_index("ix_citations_said_to_claim", "citations", ["said_to", "claim"])
    _count(op.get_bind(), facets)


def downgrade() -> None:
    op.drop_index("ix_citations_said_to_claim", "citations")
    op.drop_table("dossier_documents")
    op.drop_table("claim_facets")


def _count(connection: sa.Connection, facets: sa.Table) -> None:
    """Fill the new tables from what is on record."""
    connection.execute(
        sa.text(
            "INSERT INTO dossier_documents (dossier, document, publisher, citations)"
            " SELECT claims.dossier, citations.document, max(citations.publisher), count(*)"
            " FROM citations JOIN claims ON claims.id = citations.claim"
            " GROUP BY claims.dossier, citations.document"
        )
    )
    sets: dict[str, dict[str, list[str]]] = {}
    for name, statement in SETS.items():
        sets[name] = defaultdict(list)
        for claim, value in connection.execute(sa.text(statement)):
            sets[name][claim].append(value)
    rows = [
        {**claim, **{name: " ".join(found[claim["claim"]]) for name, found in sets.items()}}
        for claim in connection.execute(
            sa.text("SELECT id AS claim, dossier, state, topic, kind FROM claims")
        ).mappings()
    ]
    for start in range(0, len(rows), AT_ONCE):
        connection.execute(sa.insert(facets), rows[start : start + AT_ONCE])
