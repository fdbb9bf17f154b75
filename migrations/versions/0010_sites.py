"""Where documents and publishers are on the web, so that an address finds them by an index."""

import json

import ada_url
import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

KEY = sa.String().with_variant(sa.String(collation="C"), "postgresql")
AT_ONCE = 500
LONGEST = 300


def upgrade() -> None:
    op.add_column("register_entries", sa.Column("site", KEY, nullable=True))
    op.create_index("ix_register_entries_site", "register_entries", ["site"])
    names = ("kind", "id", "body", "site")
    entries = sa.table("register_entries", *(sa.column(name) for name in names))
    with_address = entries.c.kind.in_(("publisher", "document"))
    found = sa.select(entries.c.kind, entries.c.id, entries.c.body).where(with_address)
    connection = op.get_bind()
    rows = [
        {"of_kind": row.kind, "of_id": row.id, "at": site}
        for row in connection.execute(found)
        if (site := site_of(json.loads(row.body).get("url") or ""))
    ]
    one = (entries.c.kind == sa.bindparam("of_kind")) & (entries.c.id == sa.bindparam("of_id"))
    for start in range(0, len(rows), AT_ONCE):
        named = rows[start : start + AT_ONCE]
        connection.execute(entries.update().where(one).values(site=sa.bindparam("at")), named)


def downgrade() -> None:
    op.drop_index("ix_register_entries_site", "register_entries")
    op.drop_column("register_entries", "site")


def site_of(url: str) -> str | None:
    try:
        parsed = ada_url.URL(url)
    except ValueError:
        return None
    host = parsed.hostname.rstrip(".").removeprefix("www.")
    if parsed.protocol not in ("http:", "https:") or not host:
        return None
    return f"{host}{parsed.pathname.rstrip('/') or '/'}"[:LONGEST]
