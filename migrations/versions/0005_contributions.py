"""Contributions: keys, submissions and the checks of their words, answers given, and limits."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

KEY = sa.String().with_variant(sa.String(collation="C"), "postgresql")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    create_keys()
    create_submissions()
    create_submission_quotes()
    create_answers_and_limits()


def downgrade() -> None:
    for table in (
        "rate_windows",
        "remembered_answers",
        "submission_quotes",
        "submissions",
        "api_keys",
    ):
        op.drop_table(table)


def create_keys() -> None:
    op.create_table(
        "api_keys",
        sa.Column("id", KEY, nullable=False),
        sa.Column("name", KEY, nullable=False),
        sa.Column("role", KEY, nullable=False),
        sa.Column("secret_hash", KEY, nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("last_used_at", MOMENT, nullable=True),
        sa.Column("revoked_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_api_keys"),
        sa.UniqueConstraint("secret_hash", name="uq_api_keys_secret_hash"),
        sa.CheckConstraint(
            "role IN ('contributor', 'moderator', 'admin')", name=op.f("ck_api_keys_role")
        ),
    )
    unique_where("uq_api_keys_name_of_live", "api_keys", "name", "revoked_at IS NULL")


def create_submissions() -> None:
    op.create_table(
        "submissions",
        sa.Column("id", KEY, nullable=False),
        sa.Column("kind", KEY, nullable=False),
        sa.Column("state", KEY, nullable=False),
        sa.Column("key", KEY, nullable=False),
        sa.Column("author", KEY, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("claim", KEY, nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("statement", KEY, nullable=False),
        sa.Column("batch", KEY, nullable=True),
        sa.Column("decided_by", KEY, nullable=True),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_submissions"),
        sa.CheckConstraint("kind IN ('citation', 'claim')", name=op.f("ck_submissions_kind")),
        sa.CheckConstraint(
            "state IN ('pending', 'accepted', 'rejected', 'withdrawn')",
            name=op.f("ck_submissions_state"),
        ),
        sa.CheckConstraint(
            "(state = 'pending') = (decided_at IS NULL)", name=op.f("ck_submissions_decided")
        ),
        sa.ForeignKeyConstraint(["key"], ["api_keys.id"], name="fk_submissions_key"),
        sa.ForeignKeyConstraint(["revision"], ["revisions.number"], name="fk_submissions_revision"),
    )
    unique_where(
        "uq_submissions_statement_of_pending", "submissions", "statement", "state = 'pending'"
    )
    op.create_index("ix_submissions_statement", "submissions", ["statement"])
    for column in ("state", "key", "author", "claim", "batch"):
        op.create_index(f"ix_submissions_{column}_id", "submissions", [column, "id"])
    op.create_index("ix_submissions_revision", "submissions", ["revision"])


def create_submission_quotes() -> None:
    op.create_table(
        "submission_quotes",
        sa.Column("submission", KEY, nullable=False),
        sa.Column("ordinal", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("citation", KEY, nullable=False),
        sa.Column("page", KEY, nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("page_check", sa.Integer(), nullable=True),
        sa.Column("finding", KEY, nullable=True),
        sa.Column("exact", sa.Text(), nullable=True),
        sa.Column("prefix", sa.Text(), nullable=True),
        sa.Column("suffix", sa.Text(), nullable=True),
        sa.Column("directive", sa.Text(), nullable=True),
        sa.Column("differences", sa.Text(), nullable=True),
        sa.Column("context_before", sa.Text(), nullable=True),
        sa.Column("context_exact", sa.Text(), nullable=True),
        sa.Column("context_after", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("submission", "ordinal", name="pk_submission_quotes"),
        sa.CheckConstraint(
            "finding IN ('verbatim', 'altered', 'missing',"
            " 'gone', 'blocked', 'unreachable', 'not-text')",
            name=op.f("ck_submission_quotes_finding"),
        ),
        sa.ForeignKeyConstraint(
            ["submission"],
            ["submissions.id"],
            name="fk_submission_quotes_submission",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["page_check"], ["page_checks.number"], name="fk_submission_quotes_page_check"
        ),
    )
    op.create_index("ix_submission_quotes_page", "submission_quotes", ["page"])
    op.create_index("ix_submission_quotes_page_check", "submission_quotes", ["page_check"])


def create_answers_and_limits() -> None:
    op.create_table(
        "remembered_answers",
        sa.Column("key", KEY, nullable=False),
        sa.Column("idempotency_key", KEY, nullable=False),
        sa.Column("body_hash", KEY, nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", "idempotency_key", name="pk_remembered_answers"),
        sa.ForeignKeyConstraint(["key"], ["api_keys.id"], name="fk_remembered_answers_key"),
    )
    op.create_table(
        "rate_windows",
        sa.Column("bucket", KEY, nullable=False),
        sa.Column("hits", sa.Integer(), nullable=False),
        sa.Column("ends_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("bucket", name="pk_rate_windows"),
    )
    op.create_index("ix_rate_windows_ends_at", "rate_windows", ["ends_at"])


def unique_where(name: str, table: str, column: str, condition: str) -> None:
    where = sa.text(condition)
    op.create_index(name, table, [column], unique=True, sqlite_where=where, postgresql_where=where)
