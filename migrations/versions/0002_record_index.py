"""The index over the record: registers, claims, and what lists and filters read."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

KEY = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "register_entries",
        sa.Column("kind", KEY, nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("publisher", KEY, nullable=True),
        sa.Column("side", KEY, nullable=True),
        sa.Column("dossier", KEY, nullable=True),
        sa.PrimaryKeyConstraint("kind", "id", name="pk_register_entries"),
        sa.ForeignKeyConstraint(
            ["revision"], ["revisions.number"], name="fk_register_entries_revision"
        ),
    )
    op.create_index("ix_register_entries_kind_dossier", "register_entries", ["kind", "dossier"])
    op.create_index(
        "ix_register_entries_kind_ordinal_id", "register_entries", ["kind", "ordinal", "id"]
    )
    op.create_index("ix_register_entries_kind_publisher", "register_entries", ["kind", "publisher"])
    op.create_table(
        "claims",
        sa.Column("id", KEY, nullable=False),
        sa.Column("dossier", KEY, nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("kind", KEY, nullable=False),
        sa.Column("nature", KEY, nullable=False),
        sa.Column("topic", KEY, nullable=False),
        sa.Column("event", KEY, nullable=True),
        sa.Column("happened", KEY, nullable=True),
        sa.Column("happened_from", sa.BigInteger(), nullable=True),
        sa.Column("happened_to", sa.BigInteger(), nullable=True),
        sa.Column("state", KEY, nullable=False),
        sa.Column("gap_kind", KEY, nullable=True),
        sa.Column("gap_difference", sa.Float(), nullable=True),
        sa.Column("state_rank", sa.Integer(), nullable=False),
        sa.Column("happened_sort", sa.BigInteger(), nullable=False),
        sa.Column("gap_rank", sa.Integer(), nullable=False),
        sa.Column("gap_sort", sa.Float(), nullable=False),
        sa.Column("question_sort", KEY, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("compared_at", sa.Integer(), nullable=False),
        sa.Column("engine", KEY, nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("comparison", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_claims"),
        sa.ForeignKeyConstraint(["revision"], ["revisions.number"], name="fk_claims_revision"),
        sa.UniqueConstraint("revision", name="uq_claims_revision"),
    )
    op.create_index(
        "ix_claims_dossier_state_rank_happened_sort_id",
        "claims",
        ["dossier", "state_rank", "happened_sort", "id"],
    )
    op.create_index("ix_claims_event", "claims", ["event"])
    op.create_index("ix_claims_gap_rank_gap_sort_id", "claims", ["gap_rank", "gap_sort", "id"])
    op.create_index("ix_claims_happened_sort_id", "claims", ["happened_sort", "id"])
    op.create_index("ix_claims_kind", "claims", ["kind"])
    op.create_index("ix_claims_question_sort_id", "claims", ["question_sort", "id"])
    op.create_index(
        "ix_claims_state_rank_happened_sort_id", "claims", ["state_rank", "happened_sort", "id"]
    )
    op.create_index("ix_claims_topic", "claims", ["topic"])
    op.create_table(
        "accounts",
        sa.Column("claim", KEY, nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("wording", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("claim", "id", name="pk_accounts"),
        sa.ForeignKeyConstraint(
            ["claim"], ["claims.id"], name="fk_accounts_claim", ondelete="CASCADE"
        ),
    )
    op.create_table(
        "citations",
        sa.Column("claim", KEY, nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.Column("account", KEY, nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("document", KEY, nullable=False),
        sa.Column("publisher", KEY, nullable=False),
        sa.Column("said", KEY, nullable=True),
        sa.Column("said_from", sa.BigInteger(), nullable=True),
        sa.Column("said_to", sa.BigInteger(), nullable=True),
        sa.Column("stance", KEY, nullable=False),
        sa.PrimaryKeyConstraint("claim", "id", name="pk_citations"),
        sa.ForeignKeyConstraint(
            ["claim", "account"],
            ["accounts.claim", "accounts.id"],
            name="fk_citations_claim_account",
            ondelete="CASCADE",
        ),
    )
    op.create_index("ix_citations_document", "citations", ["document"])
    op.create_index("ix_citations_publisher", "citations", ["publisher"])
    op.create_table(
        "citation_speakers",
        sa.Column("claim", KEY, nullable=False),
        sa.Column("citation", KEY, nullable=False),
        sa.Column("speaker", KEY, nullable=False),
        sa.PrimaryKeyConstraint("claim", "citation", "speaker", name="pk_citation_speakers"),
        sa.ForeignKeyConstraint(
            ["claim", "citation"],
            ["citations.claim", "citations.id"],
            name="fk_citation_speakers_claim_citation",
            ondelete="CASCADE",
        ),
    )
    op.create_index("ix_citation_speakers_speaker", "citation_speakers", ["speaker"])
    op.create_table(
        "claim_places",
        sa.Column("claim", KEY, nullable=False),
        sa.Column("place", KEY, nullable=False),
        sa.PrimaryKeyConstraint("claim", "place", name="pk_claim_places"),
        sa.ForeignKeyConstraint(
            ["claim"], ["claims.id"], name="fk_claim_places_claim", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_claim_places_place", "claim_places", ["place"])
    op.create_table(
        "claim_flags",
        sa.Column("claim", KEY, nullable=False),
        sa.Column("flag", KEY, nullable=False),
        sa.PrimaryKeyConstraint("claim", "flag", name="pk_claim_flags"),
        sa.ForeignKeyConstraint(
            ["claim"], ["claims.id"], name="fk_claim_flags_claim", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_claim_flags_flag", "claim_flags", ["flag"])
    op.create_table(
        "claim_sides",
        sa.Column("claim", KEY, nullable=False),
        sa.Column("side", KEY, nullable=False),
        sa.Column("position", KEY, nullable=False),
        sa.PrimaryKeyConstraint("claim", "side", name="pk_claim_sides"),
        sa.ForeignKeyConstraint(
            ["claim"], ["claims.id"], name="fk_claim_sides_claim", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_claim_sides_side_position", "claim_sides", ["side", "position"])
    op.create_table(
        "claim_references",
        sa.Column("claim", KEY, nullable=False),
        sa.Column("kind", KEY, nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.PrimaryKeyConstraint("claim", "kind", "id", name="pk_claim_references"),
        sa.ForeignKeyConstraint(
            ["claim"], ["claims.id"], name="fk_claim_references_claim", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["kind", "id"],
            ["register_entries.kind", "register_entries.id"],
            name="fk_claim_references_kind_id",
            deferrable=True,
            initially="DEFERRED",
        ),
    )
    op.create_index("ix_claim_references_kind_id", "claim_references", ["kind", "id"])
    op.create_table(
        "former_ids",
        sa.Column("kind", KEY, nullable=False),
        sa.Column("former", KEY, nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.PrimaryKeyConstraint("kind", "former", name="pk_former_ids"),
    )
    op.create_index("ix_former_ids_kind_id", "former_ids", ["kind", "id"])


def downgrade() -> None:
    op.drop_table("former_ids")
    op.drop_table("claim_references")
    op.drop_table("claim_sides")
    op.drop_table("claim_flags")
    op.drop_table("claim_places")
    op.drop_table("citation_speakers")
    op.drop_table("citations")
    op.drop_table("accounts")
    op.drop_table("claims")
    op.drop_table("register_entries")
