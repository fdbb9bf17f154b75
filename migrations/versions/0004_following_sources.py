"""Following sources: checks of pages and quotations, snapshots, and what is due next."""

import hashlib
import json

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

KEY = sa.String().with_variant(sa.String(collation="C"), "postgresql")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    name_pages_of_documents()
    create_checks()
    create_queue()


def downgrade() -> None:
    for table in (
        "due_checks",
        "hosts",
        "archived_copies",
        "wording_changes",
        "quote_checks",
        "last_page_checks",
        "page_checks",
        "snapshots",
        "checks_head",
    ):
        op.drop_table(table)
    op.drop_index("ix_register_entries_page", "register_entries")
    op.drop_column("register_entries", "page")


def name_pages_of_documents() -> None:
    op.add_column("register_entries", sa.Column("page", KEY, nullable=True))
    op.create_index("ix_register_entries_page", "register_entries", ["page"])
    entries = sa.table(
        "register_entries", *(sa.column(name) for name in ("kind", "id", "body", "page"))
    )
    documents = entries.c.kind == "document"
    connection = op.get_bind()
    for row in connection.execute(sa.select(entries.c.id, entries.c.body).where(documents)).all():
        url = json.loads(row.body).get("url")
        if url:
            page = hashlib.sha256(url.partition("#")[0].encode()).hexdigest()
            connection.execute(
                entries.update().where(documents, entries.c.id == row.id).values(page=page)
            )


def create_checks() -> None:
    checks_head = op.create_table(
        "checks_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_checks_head"),
        sa.CheckConstraint("id = 1", name=op.f("ck_checks_head_one_row")),
    )
    op.bulk_insert(checks_head, [{"id": 1, "number": 0}])
    op.create_table(
        "snapshots",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("page", KEY, nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("final_url", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=True),
        sa.Column("encoding", sa.Text(), nullable=True),
        sa.Column("text_hash", KEY, nullable=False),
        sa.Column("warc", KEY, nullable=False),
        sa.Column("warc_offset", sa.BigInteger(), nullable=False),
        sa.Column("warc_length", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_snapshots"),
    )
    op.create_index("ix_snapshots_page_number", "snapshots", ["page", "number"])
    op.create_table(
        "page_checks",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("page", KEY, nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("state", KEY, nullable=False),
        sa.Column("rule", KEY, nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("final_url", sa.Text(), nullable=False),
        sa.Column("snapshot", sa.Integer(), nullable=True),
        sa.Column("took", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_page_checks"),
        sa.CheckConstraint(
            "state IN ('read', 'gone', 'blocked', 'unreachable', 'not-text')",
            name=op.f("ck_page_checks_state"),
        ),
        sa.ForeignKeyConstraint(["snapshot"], ["snapshots.number"], name="fk_page_checks_snapshot"),
    )
    op.create_index("ix_page_checks_page_number", "page_checks", ["page", "number"])
    op.create_index("ix_page_checks_snapshot", "page_checks", ["snapshot"])
    op.create_table(
        "last_page_checks",
        sa.Column("page", KEY, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("page", name="pk_last_page_checks"),
        sa.ForeignKeyConstraint(
            ["number"], ["page_checks.number"], name="fk_last_page_checks_number"
        ),
    )
    op.create_index("ix_last_page_checks_number", "last_page_checks", ["number"])
    op.create_table(
        "quote_checks",
        sa.Column("claim", KEY, nullable=False),
        sa.Column("citation", KEY, nullable=False),
        sa.Column("page_check", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("finding", KEY, nullable=False),
        sa.Column("exact", sa.Text(), nullable=True),
        sa.Column("prefix", sa.Text(), nullable=True),
        sa.Column("suffix", sa.Text(), nullable=True),
        sa.Column("directive", sa.Text(), nullable=True),
        sa.Column("differences", sa.Text(), nullable=True),
        sa.Column("context_before", sa.Text(), nullable=True),
        sa.Column("context_exact", sa.Text(), nullable=True),
        sa.Column("context_after", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("claim", "citation", "page_check", name="pk_quote_checks"),
        sa.CheckConstraint(
            "finding IN ('verbatim', 'altered', 'missing',"
            " 'gone', 'blocked', 'unreachable', 'not-text')",
            name=op.f("ck_quote_checks_finding"),
        ),
        sa.ForeignKeyConstraint(
            ["page_check"], ["page_checks.number"], name="fk_quote_checks_page_check"
        ),
    )
    op.create_index("ix_quote_checks_page_check", "quote_checks", ["page_check"])
    op.create_table(
        "wording_changes",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("page_check", sa.Integer(), nullable=False),
        sa.Column("document", KEY, nullable=False),
        sa.Column("claim", KEY, nullable=False),
        sa.Column("citation", KEY, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("finding_before", KEY, nullable=False),
        sa.Column("finding_after", KEY, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_wording_changes"),
        sa.ForeignKeyConstraint(
            ["page_check"], ["page_checks.number"], name="fk_wording_changes_page_check"
        ),
    )
    op.create_index("ix_wording_changes_claim_number", "wording_changes", ["claim", "number"])
    op.create_index("ix_wording_changes_page_check", "wording_changes", ["page_check"])


def create_queue() -> None:
    op.create_table(
        "archived_copies",
        sa.Column("page", KEY, nullable=False),
        sa.Column("archive", KEY, nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("copy_url", sa.Text(), nullable=False),
        sa.Column("copied_at", MOMENT, nullable=False),
        sa.Column("found_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("page", "archive", name="pk_archived_copies"),
    )
    op.create_table(
        "hosts",
        sa.Column("host", KEY, nullable=False),
        sa.Column("not_before", MOMENT, nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("lease", KEY, nullable=True),
        sa.Column("leased_page", KEY, nullable=True),
        sa.Column("leased_by", KEY, nullable=True),
        sa.PrimaryKeyConstraint("host", name="pk_hosts"),
    )
    op.create_table(
        "due_checks",
        sa.Column("page", KEY, nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("host", KEY, nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("page", name="pk_due_checks"),
        sa.ForeignKeyConstraint(["host"], ["hosts.host"], name="fk_due_checks_host"),
    )
    op.create_index("ix_due_checks_due_at_page", "due_checks", ["due_at", "page"])
    op.create_index("ix_due_checks_host_due_at_page", "due_checks", ["host", "due_at", "page"])
