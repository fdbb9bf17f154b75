"""What overviews count and sort by: facets of claims as bits, documents by dossier."""

from collections import defaultdict

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

KEY = sa.String().with_variant(sa.String(collation="C"), "postgresql")
AT_ONCE = 1000
BLOCK = 4096  # slots in a row of bits
FACETS = (
    "SELECT id, 'state:' || state FROM claims",
    "SELECT id, 'topic:' || topic FROM claims",
    "SELECT id, 'kind:' || kind FROM claims",
    "SELECT claim, 'flag:' || flag FROM claim_flags ORDER BY claim, flag",
    "SELECT claim, 'side:' || side FROM claim_sides"
    " WHERE position IN ('holds', 'divided', 'denies') ORDER BY claim, side",
    "SELECT claim, 'place:' || place FROM claim_places ORDER BY claim, place",
)
INDEXES = (
    ["dossier", "happened_sort", "id"],
    ["dossier", "gap_rank", "gap_sort", "id"],
    ["dossier", "question_sort", "id"],
    ["dossier", "revision"],
    ["dossier", "event"],
)


def upgrade() -> None:
    facets = op.create_table(
        "claim_facets",
        sa.Column("claim", KEY, nullable=False),
        sa.Column("dossier", KEY, nullable=False),
        sa.Column("slot", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("claim", name="pk_claim_facets"),
        sa.UniqueConstraint("dossier", "slot", name="uq_claim_facets_dossier_slot"),
        sa.ForeignKeyConstraint(
            ["claim"], ["claims.id"], name="fk_claim_facets_claim", ondelete="CASCADE"
        ),
    )
    bits = op.create_table(
        "facet_bits",
        sa.Column("dossier", KEY, nullable=False),
        sa.Column("word", KEY, nullable=False),
        sa.Column("block", sa.Integer(), nullable=False),
        sa.Column("bits", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("dossier", "word", "block", name="pk_facet_bits"),
    )
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
    for columns in INDEXES:
        op.create_index(f"ix_claims_{'_'.join(columns)}", "claims", columns)
    connection = op.get_bind()
    _count_documents(connection)
    _count_facets(connection, facets, bits)


def downgrade() -> None:
    for columns in INDEXES:
        op.drop_index(f"ix_claims_{'_'.join(columns)}", "claims")
    op.drop_table("dossier_documents")
    op.drop_table("facet_bits")
    op.drop_table("claim_facets")


def _count_documents(connection: sa.Connection) -> None:
    connection.execute(
        sa.text(
            "INSERT INTO dossier_documents (dossier, document, publisher, citations)"
            " SELECT claims.dossier, citations.document, max(citations.publisher), count(*)"
            " FROM citations JOIN claims ON claims.id = citations.claim"
            " GROUP BY claims.dossier, citations.document"
        )
    )


def _count_facets(connection: sa.Connection, facets: sa.Table, bits: sa.Table) -> None:
    words: dict[str, list[str]] = defaultdict(list)
    for statement in FACETS:
        for claim, word in connection.execute(sa.text(statement)):
            words[claim].append(word)
    slots: dict[str, int] = defaultdict(int)
    held: dict[tuple[str, str, int], int] = defaultdict(int)
    rows = []
    for claim, dossier in connection.execute(sa.text("SELECT id, dossier FROM claims ORDER BY id")):
        slot = slots[dossier]
        slots[dossier] += 1
        block, place = divmod(slot, BLOCK)
        rows.append(
            {"claim": claim, "dossier": dossier, "slot": slot, "words": " ".join(words[claim])}
        )
        for word in words[claim]:
            held[dossier, word, block] |= 1 << place
    _insert(connection, facets, rows)
    _insert(
        connection,
        bits,
        [
            {
                "dossier": dossier,
                "word": word,
                "block": block,
                "bits": number.to_bytes((number.bit_length() + 7) // 8, "little"),
            }
            for (dossier, word, block), number in held.items()
        ],
    )


def _insert(connection: sa.Connection, table: sa.Table, rows: list[dict[str, object]]) -> None:
    for start in range(0, len(rows), AT_ONCE):
        connection.execute(sa.insert(table), rows[start : start + AT_ONCE])
