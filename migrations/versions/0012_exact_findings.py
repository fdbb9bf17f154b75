"""Findings that say more exactly why words were not found.

Words that a page strikes out; a page that is not shown, or whose characters or text cannot be read.
Before, the last two were `not-text`, as only a media type without words is now.
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

TABLES = (("page_checks", "state"), ("quote_checks", "finding"), ("submission_quotes", "finding"))
STATES = ("gone", "blocked", "unreachable", "not-text")
VERDICTS = ("verbatim", "altered", "missing")
NEW_STATES = ("not-shown", "undecodable", "unreadable")
NEW = {
    "state": ("read", *STATES, *NEW_STATES),
    "finding": (*VERDICTS, "struck-out", *STATES, *NEW_STATES),
}
OLD = {"state": ("read", *STATES), "finding": (*VERDICTS, *STATES)}
# The nearest thing to say where these words are not known. A page that was not shown was not read.
BEFORE = {
    "struck-out": "altered",
    "not-shown": "unreachable",
    "undecodable": "not-text",
    "unreadable": "not-text",
}


def upgrade() -> None:
    restrict(NEW)
    checks = sa.table("page_checks", *(sa.column(name) for name in ("number", "state", "rule")))
    undecodable = checks.c.rule == "undecodable"
    for state, ruled in (
        ("undecodable", undecodable),
        ("unreadable", sa.not_(undecodable) & (checks.c.rule != "media-type")),
    ):
        those = sa.select(checks.c.number).where(checks.c.state == "not-text", ruled)
        for name in ("quote_checks", "submission_quotes"):
            table = sa.table(name, sa.column("finding"), sa.column("page_check"))
            op.execute(table.update().where(table.c.page_check.in_(those)).values(finding=state))
        op.execute(checks.update().where(checks.c.state == "not-text", ruled).values(state=state))


def downgrade() -> None:
    for name, key in TABLES:
        table = sa.table(name, sa.column(key))
        for word, before in BEFORE.items():
            op.execute(table.update().where(table.c[key] == word).values({key: before}))
    restrict(OLD)


def restrict(to: dict[str, tuple[str, ...]]) -> None:
    """Let each table hold these words and no others; none of the three has a trigger."""
    for name, key in TABLES:
        among = ", ".join(f"'{word}'" for word in to[key])
        constraint = op.f(f"ck_{name}_{key}")
        with op.batch_alter_table(name) as batch:
            batch.drop_constraint(constraint, type_="check")
            batch.create_check_constraint(constraint, f"{key} IN ({among})")
