"""The chain of revisions, its head, and the triggers that keep it from being changed."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

KEY = sa.String().with_variant(sa.String(collation="C"), "postgresql")
GENESIS = "0" * 64


def upgrade() -> None:
    head = op.create_table(
        "head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("hash", KEY, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_head"),
        sa.CheckConstraint("id = 1", name=op.f("ck_head_one_row")),
    )
    op.bulk_insert(head, [{"id": 1, "number": 0, "hash": GENESIS}])
    op.create_table(
        "revisions",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("origin", KEY, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("subject_kind", KEY, nullable=False),
        sa.Column("subject_id", KEY, nullable=False),
        sa.Column("previous_hash", KEY, nullable=False),
        sa.Column("hash", KEY, nullable=False),
        sa.Column("body_hash", KEY, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_revisions"),
        sa.CheckConstraint("origin IN ('files', 'api')", name=op.f("ck_revisions_origin")),
    )
    op.create_index(
        "ix_revisions_subject_kind_subject_id_number",
        "revisions",
        ["subject_kind", "subject_id", "number"],
    )
    op.create_table(
        "revision_bodies",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("body", sa.Text(), nullable=True),
        sa.Column("engine", KEY, nullable=True),
        sa.Column("comparison", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("number", name="pk_revision_bodies"),
        sa.ForeignKeyConstraint(["number"], ["revisions.number"], name="fk_revision_bodies_number"),
    )
    guard_revisions(op.get_bind().dialect.name)


def guard_revisions(dialect: str) -> None:
    if dialect == "postgresql":
        op.execute(
            """
            CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                RAISE EXCEPTION 'revisions are never changed and never removed'
                    USING ERRCODE = 'integrity_constraint_violation';
            END $$
            """
        )
    for guard in GUARDS[dialect]:
        op.execute(f"CREATE TRIGGER {guard} {REFUSAL[dialect]}")


def downgrade() -> None:
    op.drop_table("revision_bodies")
    op.drop_table("revisions")
    op.drop_table("head")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_change()")


# A body may be emptied, and its comparison with it: a court's takedown. Nothing else may change.
# SQLite's REPLACE fires delete triggers only on connections with recursive_triggers on, so an
# insert over a row that is there is refused too.
GUARDS = {
    "sqlite": [
        "revisions_refuse_update BEFORE UPDATE ON revisions",
        "revisions_refuse_delete BEFORE DELETE ON revisions",
        """revisions_refuse_replace BEFORE INSERT ON revisions
            WHEN EXISTS (SELECT 1 FROM revisions WHERE number = NEW.number)""",
        """revision_bodies_refuse_update BEFORE UPDATE ON revision_bodies
            WHEN NOT (NEW.body IS NULL AND NEW.number = OLD.number AND NEW.engine IS OLD.engine
                AND (NEW.comparison IS NULL OR NEW.comparison IS OLD.comparison))""",
        "revision_bodies_refuse_delete BEFORE DELETE ON revision_bodies",
        """revision_bodies_refuse_replace BEFORE INSERT ON revision_bodies
            WHEN EXISTS (SELECT 1 FROM revision_bodies WHERE number = NEW.number)""",
    ],
    "postgresql": [
        "revisions_refuse_update BEFORE UPDATE ON revisions FOR EACH ROW",
        "revisions_refuse_delete BEFORE DELETE ON revisions FOR EACH ROW",
        "revisions_refuse_truncate BEFORE TRUNCATE ON revisions FOR EACH STATEMENT",
        """revision_bodies_refuse_update BEFORE UPDATE ON revision_bodies FOR EACH ROW
            WHEN (NOT (NEW.body IS NULL AND NEW.number = OLD.number
                AND NEW.engine IS NOT DISTINCT FROM OLD.engine
                AND (NEW.comparison IS NULL
                    OR NEW.comparison IS NOT DISTINCT FROM OLD.comparison)))""",
        "revision_bodies_refuse_delete BEFORE DELETE ON revision_bodies FOR EACH ROW",
        "revision_bodies_refuse_truncate BEFORE TRUNCATE ON revision_bodies FOR EACH STATEMENT",
    ],
}
REFUSAL = {
    "sqlite": """
        BEGIN SELECT RAISE(ABORT, 'revisions are never changed and never removed'); END""",
    "postgresql": "EXECUTE FUNCTION refuse_change()",
}
